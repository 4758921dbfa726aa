import { signIn, signUp } from '@byline/testkit/person.ts';
import type { Person } from '@byline/testkit/person.ts';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './accessibility.ts';
import { overflow, startSite } from './site.ts';
import type { Site } from './site.ts';

let site: Site;
let reader: Person;
beforeAll(async () => {
  site = await startSite();
  reader = await signUp(site.server, 'reader');
});
afterAll(() => site.close());

const PHONE = { width: 390 } as const;
const SECTIONS = [
  ['profile', 'Profile', '个人资料'],
  ['devices', 'Devices', '设备'],
  ['password', 'Password', '密码'],
  ['appearance', 'Appearance', '外观'],
  ['sign-out', 'Sign out', '退出登录'],
  ['account', 'Close account', '注销账号'],
] as const;
const LOOKS = [
  { width: 390, theme: 'light', language: 'en' },
  { width: 390, theme: 'dark', language: 'zh-CN' },
  { width: 1280, theme: 'dark', language: 'en' },
  { width: 1280, theme: 'light', language: 'zh-CN' },
] as const;

const profileOf = async ({ userId, ...person }: Person) =>
  (await person.get(`/_matrix/client/v3/profile/${userId}`)).body;
const notice = (page: Page, text: string) => page.getByRole('dialog').getByText(text, { exact: false });
const deviceAt = ({ deviceId }: Person) => `/_matrix/client/v3/devices/${deviceId}`;
const statusOf = async (person: Person) => (await person.get('/_matrix/client/v3/account/whoami')).status;

describe.each(SECTIONS)('/me/%s', (section, title, titleInChinese) => {
  it.each(LOOKS)('is accessible and fits: $width px, $theme, $language', async (look) => {
    const { page, context, complaints } = await site.open(`/me/${section}`, { ...look, as: reader });
    const name = look.language === 'en' ? title : titleInChinese;
    await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
    await page.locator('section[aria-label] [role=status]').waitFor({ state: 'detached' });
    expect(await violations(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    expect(complaints).toEqual([]);
    await context.close();
  });
});

describe('the profile', () => {
  it('has a name that is changed, and changed back', async () => {
    const anna = await signUp(site.server, 'anna');
    const { page, context } = await site.open('/me/profile', { ...PHONE, as: anna });
    await page.getByLabel('Name', { exact: true }).fill('Anna Bright');
    await page.getByRole('button', { name: 'Save name' }).click();
    await notice(page, 'Your name was saved').waitFor();
    expect(await profileOf(anna)).toMatchObject({ displayname: 'Anna Bright' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => page.getByLabel('Name', { exact: true }).inputValue()).not.toBe('Anna Bright');
    await expect.poll(() => profileOf(anna)).not.toMatchObject({ displayname: 'Anna Bright' });
    await context.close();
  });

  it('has a picture that is chosen, removed, and brought back', async () => {
    const berta = await signUp(site.server, 'berta');
    const { page, context, complaints } = await site.open('/me/profile', { ...PHONE, as: berta });
    const input = page.getByLabel('Choose a picture');
    const face = await sharp({ create: { width: 900, height: 600, channels: 3, background: '#357' } })
      .png()
      .toBuffer();
    await input.setInputFiles({ name: 'face.png', mimeType: 'image/png', buffer: face });
    await page.getByRole('region', { name: 'Picture' }).locator('img[src^="blob:"]').waitFor();
    const { avatar_url: chosen } = await profileOf(berta);
    expect(chosen).toMatch(/^mxc:\/\/byline\.test\//);
    await page.getByRole('button', { name: 'Remove' }).click();
    await notice(page, 'Your picture was removed').waitFor();
    expect(await profileOf(berta)).not.toHaveProperty('avatar_url');
    await page.getByRole('button', { name: 'Undo' }).first().click();
    await expect.poll(() => profileOf(berta)).toMatchObject({ avatar_url: chosen });

    await input.setInputFiles({ name: 'face.png', mimeType: 'image/png', buffer: Buffer.from('no picture') });
    await page.getByRole('alert').getByText('cannot be read as a picture').waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('that can not be had says so, and is there at the next attempt', async () => {
    const { page, context } = await site.open('/me', { ...PHONE, as: reader });
    await page.route('**/profile/**', (route) => route.abort());
    await page.reload();
    await page.getByRole('link', { name: /Your name and picture/ }).click();
    const problem = page.getByRole('alert').getByText('The server cannot be reached');
    await problem.waitFor();
    await page.unroute('**/profile/**');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByLabel('Name', { exact: true }).waitFor();
    expect(await problem.count()).toBe(0);
    await context.close();
  });
});

describe('devices', () => {
  it('stand with this one first, are renamed, and signed out with the password', async () => {
    const carla = await signUp(site.server, 'carla');
    const [lost, old] = [await signIn(site.server, 'carla'), await signIn(site.server, 'carla')];
    await carla.expectOk.put(deviceAt(lost), { display_name: 'Lost phone' });
    await carla.expectOk.put(deviceAt(old), { display_name: 'Old laptop' });
    const { page, context } = await site.open('/me/devices', { ...PHONE, as: carla });
    const items = page.getByRole('listitem').filter({ has: page.getByRole('button', { name: /^Rename/ }) });
    await items.first().getByText('This device').waitFor();
    expect(await items.count()).toBe(3);

    await page.getByRole('button', { name: 'Rename Old laptop' }).click();
    await page.getByLabel('Name of the device').fill('Attic');
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Rename Attic' }).waitFor();
    expect((await carla.get(deviceAt(old))).body).toMatchObject({ display_name: 'Attic' });

    await page.getByRole('button', { name: 'Sign out of Lost phone' }).click();
    const dialog = page.getByRole('dialog', { name: 'Sign out of “Lost phone”?' });
    await dialog.getByRole('textbox', { name: 'Your password' }).and(page.locator(':focus')).waitFor();
    await dialog.getByLabel('Your password').fill('not hers');
    await dialog.getByRole('button', { name: 'Sign out' }).click();
    await dialog.getByText('not the password of your account').waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await statusOf(lost)).toBe(200);
    await dialog.getByLabel('Your password').fill(carla.password);
    await dialog.getByRole('button', { name: 'Sign out' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await items.count()).toBe(2);
    expect([await statusOf(lost), await statusOf(old), await statusOf(carla)]).toEqual([401, 200, 200]);
    await context.close();
  });

  it('are signed out all at once, but for this one', async () => {
    const dora = await signUp(site.server, 'dora');
    const others = [await signIn(site.server, 'dora'), await signIn(site.server, 'dora')];
    const { page, context } = await site.open('/me/devices', { ...PHONE, as: dora });
    await page.getByRole('button', { name: 'Sign out of all other devices' }).click();
    const dialog = page.getByRole('dialog', { name: 'Sign out of 2 devices?' });
    await dialog.getByLabel('Your password').fill(dora.password);
    await page.keyboard.press('Enter');
    await notice(page, '2 devices were signed out').waitFor();
    expect(await Promise.all([...others, dora].map(statusOf))).toEqual([401, 401, 200]);
    await context.close();
  });
});

describe('the password', () => {
  it('is changed with the current one, and the others are signed out unless one says otherwise', async () => {
    const emil = await signUp(site.server, 'emil');
    const other = await signIn(site.server, 'emil');
    const { page, context } = await site.open('/me/password', { ...PHONE, as: emil });
    const change = async (current: string, next: string): Promise<void> => {
      await page.getByLabel('Current password').fill(current);
      await page.getByLabel('New password').fill(next);
      await page.getByRole('button', { name: 'Change password' }).click();
    };
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByText('Please enter your password.').waitFor();
    await change('wrong', 'another long word');
    await page.getByRole('alert').getByText('not the password of your account').waitFor();
    expect(await page.getByLabel('New password').inputValue()).toBe('another long word');

    await page.getByRole('checkbox').uncheck();
    await change(emil.password, 'another long word');
    await notice(page, 'Your password was changed').waitFor();
    expect(await statusOf(other)).toBe(200);
    await change('another long word', 'yet another long word');
    await notice(page, 'All other devices were signed out').waitFor();
    expect([await statusOf(other), await statusOf(emil)]).toEqual([401, 200]);
    expect((await signIn(site.server, 'emil', 'yet another long word')).userId).toBe(emil.userId);
    await context.close();
  });
});

describe('leaving', () => {
  it('signs this device out, and leads to the door', async () => {
    const frida = await signUp(site.server, 'frida');
    const { page, context } = await site.open('/me', { ...PHONE, as: frida });
    await page.getByRole('link', { name: /^Sign out/ }).click();
    await page.getByRole('button', { name: 'Sign out on this device' }).click();
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
    expect(await statusOf(frida)).toBe(401);
    await context.close();
  });

  it('closes the account only when its name was typed and the password is right', async () => {
    const gustav = await signUp(site.server, 'gustav');
    const { page, context } = await site.open('/me/account', { ...PHONE, as: gustav });
    const close = page.getByRole('button', { name: 'Close account for good' });
    await page.getByLabel('Type your username').fill('gusta');
    await page.getByLabel('Your password').fill(gustav.password);
    await close.click();
    await page.getByText('Please type gustav').waitFor();
    await page.getByLabel('Type your username').fill('gustav');
    await page.getByLabel('Your password').fill('wrong');
    await close.click();
    await page.getByRole('alert').getByText('not the password of your account').waitFor();
    expect(await statusOf(gustav)).toBe(200);
    await page.getByLabel('Your password').fill(gustav.password);
    await close.click();
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
    expect(await statusOf(gustav)).toBe(401);
    await expect(signIn(site.server, 'gustav')).rejects.toThrow('M_USER_DEACTIVATED');
    await context.close();
  });
});
