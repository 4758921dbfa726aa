import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Person } from '@byline/testkit/person.ts';
import { speak } from '@byline/testkit/speech.ts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './accessibility.ts';
import { act, field, message, twoPeople, write } from './people.ts';
import { overflow, startSite } from './site.ts';
import type { Site } from './site.ts';

let folder: string;
let site: Site;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'byline-chats-'));
  const { path } = await speak('The seeds are on the shelf by the window.', join(folder, 'spoken.wav'));
  site = await startSite({ microphone: path });
});
afterAll(async () => {
  await site.close();
  await rm(folder, { recursive: true });
});

describe('two people talk', () => {
  it('words arrive, are seen to be typed, and are seen to be read', async () => {
    const { anna, ben, close } = await twoPeople(site);
    await field(ben.page).pressSequentially('It is g');
    await anna.page.getByText('is typing').waitFor();
    await write(ben.page, 'It is good to hear you');
    await message(anna.page, 'It is good to hear you').waitFor();
    await anna.page.getByText('is typing').waitFor({ state: 'detached' });
    await anna.page.bringToFront();
    await write(anna.page, 'And you\nsee https://greenhouse.example/times');
    await message(ben.page, 'And you').waitFor();
    expect(await message(ben.page, 'And you').getByRole('link').getAttribute('href')).toBe(
      'https://greenhouse.example/times',
    );
    await message(anna.page, 'And you').getByText('Read', { exact: true }).waitFor();
    expect(await violations(anna.page)).toEqual([]);
    expect(await violations(ben.page)).toEqual([]);
    expect([await overflow(anna.page), await overflow(ben.page)]).toEqual([0, 0]);
    expect([anna.complaints, ben.complaints]).toEqual([[], []]);
    await close();
  });

  it('a reply shows what it answers, and leads there', async () => {
    const { anna, ben, close } = await twoPeople(site);
    await act(anna.page, 'Good morning', 'Reply');
    await anna.page.getByText('Reply to Ben').waitFor();
    await write(anna.page, 'Good morning to you');
    const reply = message(ben.page, 'Good morning to you');
    await reply.getByRole('button', { name: /^Ben Good morning$/ }).click();
    await ben.page.locator('[data-highlighted]').waitFor();
    expect(await violations(ben.page)).toEqual([]);
    await close();
  });

  it('reactions are given and taken back', async () => {
    const { anna, ben, close } = await twoPeople(site);
    await message(anna.page, 'Good morning').hover();
    await message(anna.page, 'Good morning').getByRole('button', { name: 'React' }).click();
    await anna.page.getByRole('button', { name: '👍' }).click();
    const seen = message(ben.page, 'Good morning').getByRole('button', { name: '👍 from Anna' });
    await seen.waitFor();
    await seen.click();
    const both = message(anna.page, 'Good morning').getByRole('button', { name: /👍 from/, pressed: true });
    await both.getByText('2').waitFor();
    expect(await violations(anna.page)).toEqual([]);
    await both.click();
    await message(ben.page, 'Good morning').getByRole('button', { name: '👍 from Ben' }).waitFor();
    await close();
  });

  it('what was said is changed by the arrow key, and deleted after a time to think again', async () => {
    const { anna, ben, close } = await twoPeople(site);
    await write(anna.page, 'At noo');
    await message(ben.page, 'At noo').waitFor();
    await field(anna.page).press('ArrowUp');
    await anna.page.getByText('Edit message').waitFor();
    await field(anna.page).press('Escape');
    expect(await field(anna.page).inputValue()).toBe('');
    await field(anna.page).press('ArrowUp');
    await write(anna.page, 'At noon');
    await message(ben.page, 'At noon').getByText('edited').waitFor();
    await act(anna.page, 'At noon', 'Delete for everyone');
    await message(anna.page, 'At noon').waitFor({ state: 'detached' });
    await anna.page.getByRole('button', { name: 'Undo' }).click();
    await message(anna.page, 'At noon').waitFor();
    await act(anna.page, 'At noon', 'Delete for everyone');
    // Leaving the page carries out what was decided.
    await anna.page.reload();
    await message(ben.page, 'Message deleted').waitFor();
    await message(anna.page, 'Message deleted').waitFor();
    await close();
  });

  it('a picture appears at once, arrives, and can be seen whole', async () => {
    const { anna, ben, close } = await twoPeople(site);
    const picture = join(folder, 'heron.png');
    await writeFile(picture, await drawing(anna.page, 600, 300));
    await anna.page.getByRole('button', { name: 'Add a picture, a file or a poll' }).click();
    const chooser = anna.page.waitForEvent('filechooser');
    await anna.page.getByRole('menuitem', { name: 'Pictures' }).click();
    await (await chooser).setFiles(picture);
    const shown = ben.page.getByRole('button', { name: 'Open the picture heron.png' });
    await shown.locator('img').waitFor();
    const { width, height } = await sizeOf(shown);
    expect([width > 250 && width <= 320, Math.abs(width / height - 2) < 0.02]).toEqual([true, true]);
    await message(anna.page, '')
      .getByText(/Sent|Read/)
      .waitFor();
    await shown.click();
    const whole = ben.page.getByRole('dialog').getByRole('img', { name: 'heron.png' });
    await whole.waitFor();
    await expect.poll(() => whole.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(600);
    expect(await violations(ben.page)).toEqual([]);
    await ben.page.keyboard.press('Escape');
    await whole.waitFor({ state: 'detached' });
    await close();
  });

  it('a file arrives under its name', async () => {
    const { anna, ben, close } = await twoPeople(site);
    const list = join(folder, 'seeds.txt');
    await writeFile(list, 'beans, peas');
    await anna.page.locator('input[type=file]:not([accept])').setInputFiles(list);
    const saved = ben.page.waitForEvent('download');
    await ben.page.getByRole('button', { name: 'Save seeds.txt' }).click();
    expect((await saved).suggestedFilename()).toBe('seeds.txt');
    await close();
  });

  it('a voice note is heard as long as it was spoken', async () => {
    const { anna, ben, annaPerson, roomId, close } = await twoPeople(site);
    await anna.page.getByRole('button', { name: 'Record a voice note' }).click();
    await anna.page.getByRole('timer').getByText('0:03').waitFor();
    await anna.page.getByRole('button', { name: 'Stop recording' }).click();
    await anna.page.getByRole('button', { name: 'Send voice note' }).click();
    const note = message(ben.page, '0:03');
    await note.getByRole('button', { name: 'Play' }).waitFor();
    const sent = await lastContent(annaPerson, roomId);
    expect(sent).toMatchObject({ msgtype: 'm.audio', info: { mimetype: 'audio/ogg' }, 'org.matrix.msc3245.voice': {} });
    const { duration, waveform } = sent['org.matrix.msc1767.audio'];
    expect(waveform.length).toBeGreaterThan(20);
    expect(waveform.length).toBeLessThanOrEqual(100);
    expect(Math.max(...waveform)).toBe(1024);
    // What the other one hears is measured by the player itself once it has the sound.
    await note.getByRole('button', { name: 'Play' }).click();
    await note.getByRole('button', { name: 'Pause' }).waitFor();
    const heard = await ben.page.evaluate(
      async (token) => {
        const { url, token: bearer } = JSON.parse(token) as { url: string; token: string };
        const answer = await fetch(url, { headers: { authorization: `Bearer ${bearer}` } });
        const sound = await new OfflineAudioContext(1, 1, 48_000).decodeAudioData(await answer.arrayBuffer());
        return sound.duration;
      },
      JSON.stringify({ url: mediaPath(sent.url), token: annaPerson.token }),
    );
    expect(Math.abs(heard - duration / 1000)).toBeLessThan(0.2);
    expect(heard).toBeGreaterThan(2.8);
    expect(await violations(ben.page)).toEqual([]);
    await close();
  });
});

describe('other ways to a message', () => {
  it('a finger that rests opens what may be done; a key that is pressed begins to write', async () => {
    const { anna, ben, close } = await twoPeople(site);
    const bubble = message(ben.page, 'Good morning').getByText('Good morning', { exact: true });
    const finger = { pointerType: 'touch', clientX: 60, clientY: 200 };
    await bubble.dispatchEvent('pointerdown', finger);
    // Shorter than a rest: nothing opens.
    await bubble.dispatchEvent('pointerup', finger);
    expect(await ben.page.getByRole('dialog').count()).toBe(0);
    await bubble.dispatchEvent('pointerdown', finger);
    await ben.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 600)));
    await bubble.dispatchEvent('pointerup', finger);
    const sheet = ben.page.getByRole('dialog', { name: 'Message' });
    await sheet.getByRole('button', { name: 'Edit' }).waitFor();
    await sheet.getByRole('button', { name: '🙏' }).click();
    await sheet.waitFor({ state: 'detached' });
    await message(anna.page, 'Good morning').getByRole('button', { name: '🙏 from Ben' }).waitFor();

    await anna.page.getByRole('heading', { level: 1 }).focus();
    await anna.page.keyboard.type('Hello');
    expect(await field(anna.page).inputValue()).toBe('Hello');
    await close();
  });
});

interface SentSound {
  readonly url: string;
  readonly 'org.matrix.msc1767.audio': { readonly duration: number; readonly waveform: readonly number[] };
}

async function lastContent(person: Person, roomId: string): Promise<SentSound> {
  const path = `/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}/messages?dir=b&limit=10`;
  const { chunk } = await person.expectOk.get<{ chunk: { type: string; content: SentSound }[] }>(path);
  const found = chunk.find(({ type }) => type === 'm.room.message');
  if (!found) throw new Error('nothing was sent');
  return found.content;
}

const mediaPath = (mxc: string): string => mxc.replace('mxc://', '/_matrix/client/v1/media/download/');

/** A picture of a kind that no program made a photograph of. */
async function drawing(page: Page, width: number, height: number): Promise<Buffer> {
  const bytes = await page.evaluate(
    async ([w, h]) => {
      const canvas = new OffscreenCanvas(w, h);
      const context = canvas.getContext('2d');
      if (!context) throw new Error('no canvas');
      context.fillStyle = '#2b5580';
      context.fillRect(0, 0, w, h);
      return [...new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer())];
    },
    [width, height] as const,
  );
  return Buffer.from(bytes);
}

async function sizeOf(element: ReturnType<Page['locator']>): Promise<{ width: number; height: number }> {
  const box = await element.boundingBox();
  return { width: Math.round(box?.width ?? 0), height: Math.round(box?.height ?? 0) };
}
