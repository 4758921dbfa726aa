import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { speak } from '@byline/testkit/speech.ts';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './accessibility.ts';
import { act, DESKTOP, field, log, message, PHONE, twoPeople, write } from './people.ts';
import { overflow, startSite } from './site.ts';
import type { Site } from './site.ts';
import { encryptedTalk, goOn, newName, signUpHere } from './trust.ts';

let folder: string;
let site: Site;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'byline-encryption-'));
  const { path } = await speak('Nobody else hears this.', join(folder, 'spoken.wav'));
  site = await startSite({ microphone: path });
});
afterAll(async () => {
  await site.close();
  await rm(folder, { recursive: true });
});

/** Everything that the server keeps, as one text of bytes. */
async function allThatIsKept(): Promise<Buffer> {
  const { dataFolder } = site.server.config;
  const files = await readdir(dataFolder, { recursive: true, withFileTypes: true });
  const whole = files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name)));
  return Buffer.concat(await Promise.all(whole));
}

describe('what two people say', () => {
  it('is read by both and never by the server', async () => {
    const { anna, ben, close } = await encryptedTalk(site);
    await write(anna.page, 'The herons are back at Alder Pond');
    await message(ben.page, 'The herons are back at Alder Pond').waitFor();
    await write(ben.page, 'I saw four of them by the sluice gate');
    await message(anna.page, 'I saw four of them by the sluice gate').waitFor();

    await act(anna.page, 'by the sluice gate', 'Reply');
    await write(anna.page, 'Then tomorrow before breakfast');
    await message(ben.page, 'Then tomorrow before breakfast')
      .getByRole('button', { name: /I saw four of them/ })
      .waitFor();

    await field(anna.page).press('ArrowUp');
    await write(anna.page, 'Then tomorrow before luncheon');
    await message(ben.page, 'before luncheon').getByText('edited').waitFor();

    await message(anna.page, 'by the sluice gate').hover();
    await message(anna.page, 'by the sluice gate').getByRole('button', { name: 'React' }).click();
    await anna.page.getByRole('button', { name: '👍' }).click();
    await message(ben.page, 'by the sluice gate')
      .getByRole('button', { name: /👍 from/ })
      .waitFor();

    await act(anna.page, 'herons are back', 'Delete for everyone');
    await anna.page.reload();
    await message(ben.page, 'Message deleted').waitFor();
    // After a reload the keys are there again.
    await message(anna.page, 'I saw four of them').waitFor();

    await ben.page.getByRole('button', { name: 'Back' }).click();
    await ben.page.getByRole('link', { name: /Then tomorrow before luncheon/ }).waitFor();
    await write(anna.page, 'And bring the spyglass');
    await ben.page.getByRole('link', { name: /And bring the spyglass.*1 unread message/ }).waitFor();

    const kept = await allThatIsKept();
    expect(kept.includes('m.megolm.v1.aes-sha2')).toBe(true);
    for (const words of ['herons are back', 'sluice gate', 'before breakfast', 'before luncheon', 'spyglass'])
      expect([words, kept.includes(words)]).toEqual([words, false]);
    expect(await violations(anna.page)).toEqual([]);
    expect([await overflow(anna.page), await overflow(ben.page)]).toEqual([0, 0]);
    expect([anna.complaints, ben.complaints]).toEqual([[], []]);
    await close();
  });

  it('also in pictures, files and voice notes', async () => {
    const { anna, ben, close } = await encryptedTalk(site);
    const list = join(folder, 'seeds.txt');
    await writeFile(list, 'beans, peas, and the black kale of the north wall');
    await anna.page.locator('input[type=file]:not([accept])').setInputFiles(list);
    const saved = ben.page.waitForEvent('download');
    await ben.page.getByRole('button', { name: 'Save seeds.txt' }).click();
    expect(await readFile(await (await saved).path(), 'utf8')).toContain('black kale of the north wall');

    const picture = join(folder, 'heron.png');
    await writeFile(picture, await noise(anna.page));
    await anna.page.locator('input[type=file][accept^="image"]').setInputFiles(picture);
    const shown = ben.page.getByRole('button', { name: 'Open the picture heron.png' });
    await expect.poll(() => widthOf(shown.locator('img')), { timeout: 15_000 }).toBe(800);
    await shown.click();
    const whole = ben.page.getByRole('dialog').getByRole('img', { name: 'heron.png' });
    await expect.poll(() => widthOf(whole), { timeout: 15_000 }).toBe(1000);
    await ben.page.keyboard.press('Escape');

    await anna.page.getByRole('button', { name: 'Record a voice note' }).click();
    await anna.page.getByRole('timer').getByText('0:02').waitFor();
    await anna.page.getByRole('button', { name: 'Stop recording' }).click();
    await anna.page.getByRole('button', { name: 'Send voice note' }).click();
    const note = message(ben.page, '0:02');
    await note.getByRole('button', { name: 'Play' }).click();
    await note.getByRole('button', { name: 'Pause' }).waitFor();
    await note.getByRole('button', { name: 'Play' }).waitFor();

    const kept = await allThatIsKept();
    for (const trace of ['black kale', 'seeds.txt', 'heron.png', 'OggS', 'OpusHead', '\x89PNG'])
      expect([trace, kept.includes(Buffer.from(trace, 'latin1'))]).toEqual([trace, false]);
    await close();
  });

  it('goes also when it could not be sent at first, after a reload, once and in its order', async () => {
    const { anna, ben, close } = await encryptedTalk(site);
    await write(anna.page, 'Zero of three');
    await message(ben.page, 'Zero of three').waitFor();
    await anna.page.route('**/send/m.room.encrypted/**', (route) => route.abort());
    for (const line of ['One', 'Two', 'Three']) await write(anna.page, `${line} of three`);
    await message(anna.page, 'Three of three')
      .getByRole('button', { name: /Not sent/ })
      .waitFor();
    await anna.page.unroute('**/send/m.room.encrypted/**');
    await anna.page.reload();
    await message(anna.page, 'Three of three')
      .getByRole('button', { name: /Not sent/ })
      .click();
    await message(ben.page, 'Three of three').waitFor();
    const lines = log(ben.page).getByText(/of three$/);
    expect(await lines.allTextContents()).toEqual(['Zero of three', 'One of three', 'Two of three', 'Three of three']);
    await close();
  });
});

describe('a conversation that is not encrypted', () => {
  it('says so, and is encrypted from now on by who may', async () => {
    const { anna, ben, close } = await twoPeople(site);
    await anna.page.getByRole('link', { name: /Ben.*Not encrypted/ }).click();
    await anna.page.getByRole('heading', { name: 'Not encrypted' }).waitFor();
    expect(await violations(anna.page)).toEqual([]);
    await anna.page.getByRole('button', { name: 'Encrypt from now on' }).click();
    await anna.page.getByRole('dialog').getByRole('button', { name: 'Encrypt from now on' }).click();
    await anna.page.getByRole('heading', { name: 'Encrypted', exact: true }).waitFor();
    await ben.page.getByText('Anna encrypted this chat.').waitFor();
    await anna.page.goBack();
    await write(anna.page, 'Now it is between us');
    await message(ben.page, 'Now it is between us').waitFor();
    await message(ben.page, 'Good morning').waitFor();
    expect((await allThatIsKept()).includes('Now it is between us')).toBe(false);
    await close();
  });
});

describe('a group', () => {
  it('is encrypted for all who are in it', async () => {
    const names = [newName('gerd'), newName('hanna')] as const;
    const [gerd, hanna] = [await signUpHere(site, names[0], DESKTOP), await signUpHere(site, names[1], PHONE)];
    await goOn(gerd.page);
    await goOn(hanna.page);
    await gerd.page.goto(new URL('/chats/new-group', gerd.page.url()).href);
    await gerd.page.getByLabel('Name of the group').fill('Choir');
    await gerd.page.getByRole('searchbox', { name: 'Name or username' }).fill(names[1]);
    await gerd.page.getByRole('button', { name: new RegExp(names[1]) }).click();
    await gerd.page.getByRole('button', { name: 'Make the group' }).click();
    await gerd.page.getByRole('heading', { level: 1, name: 'Choir' }).waitFor();
    await gerd.page.getByText('Encrypted: only those who take part').first().waitFor();
    // What is said before somebody has accepted is for them, too.
    await write(gerd.page, 'We begin at eight');
    await message(gerd.page, 'We begin at eight').getByText('Sent').waitFor();
    await hanna.page.getByRole('button', { name: 'Accept' }).click();
    await message(hanna.page, 'We begin at eight').waitFor();
    expect((await allThatIsKept()).includes('We begin at eight')).toBe(false);
    await gerd.context.close();
    await hanna.context.close();
  });
});

describe('signing out', () => {
  it('leaves no keys in the browser', async () => {
    const { page, context } = await signUpHere(site, newName('ida'), DESKTOP);
    const kept = () => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
    await goOn(page);
    expect((await kept()).some((name) => name?.includes('matrix-sdk-crypto'))).toBe(true);
    await page.goto(new URL('/me/sign-out', page.url()).href);
    await page.getByRole('button', { name: 'Sign out on this device' }).click();
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
    await expect.poll(kept, { timeout: 10_000 }).toEqual([]);
    await context.close();
  });
});

describe('a second tab', () => {
  it('says where the work goes on, and takes it over', async () => {
    const { anna, ben, address, close } = await encryptedTalk(site);
    await write(anna.page, 'From the first tab');
    const second = await anna.context.newPage();
    await second.goto(new URL(address, anna.page.url()).href);
    await second.getByRole('heading', { name: 'Byline is open in another tab' }).waitFor();
    expect(await violations(second)).toEqual([]);
    await second.getByRole('button', { name: 'Use Byline here' }).click();
    await message(second, 'From the first tab').waitFor();
    await anna.page.getByRole('heading', { name: 'Byline is open in another tab' }).waitFor();
    await write(second, 'From the second tab');
    await message(ben.page, 'From the second tab').waitFor();
    await anna.page.getByRole('button', { name: 'Use Byline here' }).click();
    await message(anna.page, 'From the second tab').waitFor();
    await write(anna.page, 'From the first again');
    await message(ben.page, 'From the first again').waitFor();
    await close();
  });
});

const widthOf = (picture: Locator): Promise<number> =>
  picture.evaluate((image: HTMLImageElement) => image.naturalWidth);

/** A picture of which no smaller file can be made without losing something. */
async function noise(page: Page): Promise<Buffer> {
  const bytes = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(1000, 500);
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no canvas');
    const image = context.createImageData(1000, 500);
    for (let at = 0; at < image.data.length; at += 65_536)
      crypto.getRandomValues(image.data.subarray(at, Math.min(at + 65_536, image.data.length)));
    context.putImageData(image, 0, 0);
    return [...new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer())];
  });
  return Buffer.from(bytes);
}
