import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './accessibility.ts';
import { DESKTOP, message, PHONE, write } from './people.ts';
import { overflow, startSite } from './site.ts';
import type { Site } from './site.ts';
import { backedUp, beginTalk, goOn, makeRecoveryKey, newName, PASSWORD, signInHere, signUpHere } from './trust.ts';

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

describe('a recovery key', () => {
  it('is shown once, kept in the way one likes, and put to use when it is kept', async () => {
    const { page, context, complaints } = await signUpHere(site, newName('anna'), PHONE);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Make my recovery key' }).click();
    const key = page.getByLabel('Recovery key', { exact: true });
    expect((await key.textContent())?.trim()).toMatch(/^(?:[1-9A-HJ-NP-Za-km-z]{4} ){11}[1-9A-HJ-NP-Za-km-z]{4}$/);
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as a file' }).click();
    const file = await (await saved).path();
    expect(await readFile(file, 'utf8')).toContain((await key.textContent())?.trim());
    await page.getByRole('button', { name: 'Finish' }).click();
    await page.getByText('Please keep the key first').waitFor();
    expect([await violations(page), await overflow(page)]).toEqual([[], 0]);
    await page.getByRole('checkbox', { name: 'I have kept my recovery key' }).check();
    await page.getByRole('button', { name: 'Finish' }).click();
    await page.getByRole('heading', { level: 1, name: 'Chats' }).waitFor();
    await page.goto(new URL('/me/safety', page.url()).href);
    await page.getByText('Your conversations are safe').waitFor();
    expect(await page.getByText('Keep your conversations safe').count()).toBe(0);
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('can wait, and is found again', async () => {
    const { page, context } = await signUpHere(site, newName('bea'), DESKTOP);
    await goOn(page);
    await page.getByText('With a recovery key nothing is lost').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByText('With a recovery key nothing is lost').waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Chats' }).waitFor();
    await page.getByRole('link', { name: 'Me', exact: true }).click();
    await page.getByText('With a recovery key nothing is lost').waitFor();
    await page.getByRole('link', { name: /^Sign out/ }).click();
    await page.getByText('You would lose your messages').waitFor();
    await page.getByRole('link', { name: /^Safety/ }).click();
    await makeRecoveryKey(page);
    await page.getByText('Your conversations are safe').waitFor();
    await context.close();
  });
});

describe('a lost device', () => {
  it('is no loss to who has the recovery key: old messages are read on a new one', async () => {
    const [annaName, benName] = [newName('clara'), newName('dirk')];
    const anna = await signUpHere(site, annaName, PHONE);
    const key = await makeRecoveryKey(anna.page);
    const ben = await signUpHere(site, benName, DESKTOP);
    await goOn(ben.page);
    await anna.page.getByRole('heading', { level: 1, name: 'Chats' }).waitFor();
    const address = await beginTalk(anna.page, benName);
    await write(anna.page, 'From the phone that will be lost');
    await ben.page.getByRole('button', { name: 'Accept' }).click();
    await write(ben.page, 'An answer to the lost phone');
    await message(anna.page, 'An answer to the lost phone').waitFor();
    await backedUp(anna.page, 2);
    await anna.context.close();

    const { page, context } = await signInHere(site, annaName);
    await page.getByRole('heading', { name: 'Confirm that it is you' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Later' }).click();
    await page.getByText('Earlier messages cannot be read on this device yet.').waitFor();
    await page.goto(new URL(address, page.url()).href);
    await page.getByText('This message stays locked.').first().waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('link', { name: 'Confirm that it is you' }).first().click();
    await page.getByRole('button', { name: 'With your recovery key' }).click();
    await page.getByLabel('Recovery key').fill(`${key.slice(0, -1)}x`);
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByText('This is not the recovery key of your account.').waitFor();
    expect(await violations(page)).toEqual([]);
    // Without its spaces it is the same key.
    await page.getByLabel('Recovery key').fill(key.replaceAll(' ', ''));
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByText('Your conversations are safe').waitFor();
    await page.goto(new URL(address, page.url()).href);
    await message(page, 'From the phone that will be lost').waitFor();
    await message(page, 'An answer to the lost phone').waitFor();
    await write(page, 'It is me again');
    await message(ben.page, 'It is me again').waitFor();

    // The lost one is signed out, with the password.
    await page.goto(new URL('/me/devices', page.url()).href);
    await page.getByText('Confirmed', { exact: true }).first().waitFor();
    await page.getByRole('button', { name: /^Sign out of Byline/ }).click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Your password' }).fill(PASSWORD);
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('The device was signed out.').waitFor();
    expect(await page.getByText('Confirmed', { exact: true }).count()).toBe(1);
    await context.close();
    await ben.context.close();
  });

  it('and a lost key: one begins anew, and is told what is lost', async () => {
    const [annaName, benName] = [newName('edda'), newName('falk')];
    const anna = await signUpHere(site, annaName, PHONE);
    await goOn(anna.page);
    const ben = await signUpHere(site, benName, DESKTOP);
    await goOn(ben.page);
    const address = await beginTalk(anna.page, benName);
    await write(anna.page, 'Nobody can open this again');
    await ben.page.getByRole('button', { name: 'Accept' }).click();
    await message(ben.page, 'Nobody can open this again').waitFor();
    await anna.context.close();

    const { page, context } = await signInHere(site, annaName, PHONE);
    await page.getByRole('button', { name: 'I have neither' }).click();
    await page.getByText('Nobody can make your earlier messages readable').waitFor();
    expect([await violations(page), await overflow(page)]).toEqual([[], 0]);
    await page.getByRole('button', { name: 'Begin anew' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Your password' }).fill('not the password');
    await dialog.getByRole('button', { name: 'Begin anew' }).click();
    await dialog.getByText('This is not the password of your account.').waitFor();
    await dialog.getByRole('textbox', { name: 'Your password' }).fill(PASSWORD);
    await dialog.getByRole('button', { name: 'Begin anew' }).click();
    await makeRecoveryKey(page);
    await page.getByRole('heading', { level: 1, name: 'Chats' }).waitFor();
    await page.goto(new URL(address, page.url()).href);
    await page.getByText(/its key was not kept for you|Its key is being looked for/).waitFor();

    // The other side is told once.
    await ben.page.getByText(/has new keys, mostly because of a new device/).waitFor();
    expect(await violations(ben.page)).toEqual([]);
    await ben.page.getByRole('button', { name: 'All right' }).click();
    await ben.page.getByText(/has new keys/).waitFor({ state: 'detached' });
    await write(ben.page, 'Good to have you back');
    await message(page, 'Good to have you back').waitFor();
    await context.close();
    await ben.context.close();
  });
});
