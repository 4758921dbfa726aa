import { signUp, signUpAdministrator } from '@byline/testkit/person.ts';
import type { Person } from '@byline/testkit/person.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './accessibility.ts';
import { overflow, startSite } from './site.ts';
import type { Site } from './site.ts';

let site: Site;
let administrator: Person;
let reader: Person;
beforeAll(async () => {
  site = await startSite();
  administrator = await signUpAdministrator(site.server, 'admin');
  reader = await signUp(site.server, 'reader');
});
afterAll(() => site.close());

const PHONE = { width: 390 } as const;
const DESKTOP = { width: 1280, height: 800 } as const;

const ADDRESSES = [
  ['/', 'Chats'],
  ['/chats', 'Chats'],
  ['/chats/!town%3Aexample.org', 'Chat'],
  ['/following', 'Following'],
  ['/following/harbour', 'Account'],
  ['/discover', 'Discover'],
  ['/me', 'Me'],
  ['/me/appearance', 'Appearance'],
  ['/desk', 'Desk'],
  ['/sign-in', 'Sign in'],
  ['/sign-up', 'Create an account'],
  ['/setup', 'Set up this server'],
  ['/no/such/place', 'Nothing is here'],
] as const;

/** The doors are for those who are not in yet. */
const DOORS: readonly string[] = ['/sign-in', '/sign-up', '/setup'];
const inside = (address: string): Person | undefined => (DOORS.includes(address) ? undefined : reader);

describe('every address', () => {
  it.each(ADDRESSES)('%s opens on a phone and on a desktop, in both themes', async (address, title) => {
    for (const look of [
      { ...PHONE, theme: 'light' },
      { ...DESKTOP, theme: 'dark' },
    ] as const) {
      const { page, context, complaints } = await site.open(address, { ...look, as: inside(address) });
      await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
      expect(await page.title()).toBe(`${title} · Byline`);
      expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
      expect(await violations(page)).toEqual([]);
      // A browser complains by itself of an account that is not there.
      expect(complaints.filter((each) => !each.includes('404'))).toEqual([]);
      await context.close();
    }
  });

  it.each(['/chats', '/me/appearance', '/sign-in'])('%s fits 200 %% zoom and a very narrow window', async (address) => {
    for (const look of [
      { width: 640, height: 400 },
      { width: 320, height: 480 },
    ]) {
      const { page, context } = await site.open(address, { ...look, as: inside(address) });
      expect(await overflow(page)).toBe(0);
      await context.close();
    }
  });
});

describe('the places', () => {
  it('are a bar at the bottom of a phone', async () => {
    const { page, context } = await site.open('/discover', { ...PHONE, as: reader });
    const bar = await page.getByRole('navigation', { name: 'Places' }).boundingBox();
    expect(bar?.width).toBe(390);
    expect((bar?.y ?? 0) + (bar?.height ?? 0)).toBe(844);
    expect(await page.getByRole('navigation').getByRole('link').allTextContents()).toEqual([
      'Chats',
      'Following',
      'Discover',
      'Me',
    ]);
    await context.close();
  });

  it('stand beside the list and the content from 900 px on', async () => {
    const { page, context } = await site.open('/me/appearance', { width: 900, height: 700, as: reader });
    const bar = await page.getByRole('navigation', { name: 'Places' }).boundingBox();
    const list = await page.getByRole('region', { name: 'Me', exact: true }).boundingBox();
    const content = await page.getByRole('region', { name: 'Appearance' }).boundingBox();
    expect(bar?.height).toBe(700);
    expect(list?.x).toBeGreaterThanOrEqual((bar?.x ?? 0) + (bar?.width ?? 0) - 1);
    expect(content?.x).toBeGreaterThanOrEqual((list?.x ?? 0) + (list?.width ?? 0));
    await context.close();
  });

  it('change the world, the title and the focus', async () => {
    const { page, context } = await site.open('/chats', { ...DESKTOP, as: reader });
    const world = () => page.evaluate(() => document.documentElement.dataset['world']);
    expect(await world()).toBe('ink');
    await page.getByRole('link', { name: 'Discover', exact: true }).click();
    const heading = page.getByRole('heading', { level: 1, name: 'Discover' });
    await heading.waitFor();
    expect(await world()).toBe('paper');
    expect(new URL(page.url()).pathname).toBe('/discover');
    await expect.poll(() => heading.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: 'Chats' }).waitFor();
    expect(await world()).toBe('ink');
    await context.close();
  });

  it('have a desk for staff only', async () => {
    const guest = await site.open('/desk', { ...PHONE, as: reader });
    await guest.page.getByText("The desk is for the provider's staff").waitFor();
    await guest.context.close();
    const staff = await site.open('/me', { ...PHONE, as: administrator });
    await staff.page.getByRole('link', { name: 'Desk' }).click();
    await staff.page.getByText('Before people can apply').waitFor();
    expect(await violations(staff.page)).toEqual([]);
    await staff.context.close();
  });
});

describe('going back', () => {
  it('is one step in the history, by the button as by the browser', async () => {
    const { page, context } = await site.open('/me', { ...PHONE, as: reader });
    const steps = () => page.evaluate(() => history.length);
    await page.getByRole('link', { name: 'Appearance' }).click();
    await page.getByRole('heading', { level: 1, name: 'Appearance' }).waitFor();
    const deep = await steps();
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByRole('heading', { level: 1, name: 'Me' }).waitFor();
    expect(await steps()).toBe(deep);
    await page.goForward();
    await page.getByRole('heading', { level: 1, name: 'Appearance' }).waitFor();
    await context.close();
  });

  it('leads to the list when the page was opened by its address', async () => {
    const { page, context } = await site.open('/me/appearance', { ...PHONE, as: reader });
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByRole('heading', { level: 1, name: 'Me' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/me');
    await context.close();
  });
});

describe('by keyboard', () => {
  it('the first stop skips to the content', async () => {
    const { page, context } = await site.open('/me', { ...DESKTOP, as: reader });
    await page.keyboard.press('Tab');
    const skip = page.getByRole('link', { name: 'Skip to content' });
    expect(await skip.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('main')?.id)).toBe('content');
    await context.close();
  });
});

describe('the person’s choices', () => {
  it('theme: holds at once and after a reload', async () => {
    const { page, context } = await site.open('/me/appearance', { ...PHONE, theme: 'light', as: reader });
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await ground();
    await page.getByRole('radio', { name: 'Dark' }).check();
    const dark = await ground();
    expect(dark).not.toBe(light);
    await page.reload();
    await page.getByRole('radio', { name: 'Dark', checked: true }).waitFor();
    expect(await ground()).toBe(dark);
    await page.getByRole('radio', { name: 'Like this device' }).first().check();
    expect(await ground()).toBe(light);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await ground()).toBe(dark);
    await context.close();
  });

  it('language: the browser’s, or the chosen one, told to the document', async () => {
    const { page, context } = await site.open('/me/appearance', { ...PHONE, language: 'zh-CN', as: reader });
    await page.getByRole('heading', { level: 1, name: '外观' }).waitFor();
    expect(await page.getAttribute('html', 'lang')).toBe('zh-Hans');
    await page.getByRole('radio', { name: 'English' }).check();
    await page.getByRole('heading', { level: 1, name: 'Appearance' }).waitFor();
    expect(await page.getAttribute('html', 'lang')).toBe('en');
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Appearance' }).waitFor();
    expect(await page.title()).toBe('Appearance · Byline');
    await context.close();
  });
});

describe('when a part cannot be fetched', () => {
  it('says so in a sentence, and tries again when asked', async () => {
    const { page, context } = await site.open('/chats', { ...DESKTOP, as: reader });
    await page.route(/DiscoverPlace.*\.js/, (route) => route.abort());
    await page.getByRole('link', { name: 'Discover', exact: true }).click();
    await page.getByRole('alert').getByText('This part of Byline stopped working').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('link', { name: 'Chats', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Chats' }).waitFor();
    await page.getByRole('link', { name: 'Discover', exact: true }).click();
    await page.unroute(/DiscoverPlace.*\.js/);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { level: 1, name: 'Discover' }).waitFor();
    await context.close();
  });
});
