import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { speak } from '@byline/testkit/speech.ts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './accessibility.ts';
import { overflow, startSite } from './site.ts';
import type { Look, Site } from './site.ts';

const run = promisify(execFile);

let folder: string;
let site: Site;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'byline-voice-'));
  const { path } = await speak('The ferry leaves at noon, and the library stays open.', join(folder, 'spoken.wav'));
  site = await startSite({ microphone: path });
});
afterAll(async () => {
  await site.close();
  await rm(folder, { recursive: true });
});

const PHONE = { width: 390 } as const;
const openVoice = (look: Look = PHONE) => site.open('/gallery.html?section=voice', look);
const record = (page: Page) => page.getByRole('button', { name: 'Record a voice note' }).first();
const stop = (page: Page) => page.getByRole('button', { name: 'Stop recording' });
const send = (page: Page) => page.getByRole('button', { name: 'Send voice note' });

/** Waits until the recorder itself shows so many seconds. */
const recorded = (page: Page, seconds: number) => page.getByRole('timer').getByText(`0:0${seconds}`).waitFor();

/** Records until the clock shows so many seconds, and sends. Gives how long it really took, in seconds. */
async function recordAndSend(page: Page, seconds: number): Promise<number> {
  await record(page).click();
  await page.getByRole('timer').waitFor();
  const from = performance.now();
  await recorded(page, seconds);
  const took = (performance.now() - from) / 1000;
  await stop(page).click();
  await send(page).click();
  await send(page).waitFor({ state: 'detached' });
  return took;
}

interface Sent {
  readonly type: string;
  readonly length: number;
  readonly peaks: readonly number[];
  readonly bytes: readonly number[];
}

const lastSent = (page: Page): Promise<Sent> =>
  page.evaluate(async () => {
    const recording = globalThis.bylineRecordings?.at(-1);
    if (!recording) throw new Error('nothing was sent');
    const bytes = [...new Uint8Array(await recording.file.arrayBuffer())];
    return { type: recording.file.type, length: recording.length, peaks: recording.peaks, bytes };
  });

/** How many microphones are held; the page's own count of them, from before its first script. */
const heldMicrophones = (page: Page): Promise<number> =>
  page.evaluate(() => globalThis.heldTracks?.filter((track) => track.readyState === 'live').length ?? 0);

declare global {
  var heldTracks: MediaStreamTrack[] | undefined;
}

async function countMicrophones(page: Page): Promise<void> {
  await page.evaluate(() => {
    globalThis.heldTracks = [];
    const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (wanted) => {
      const stream = await open(wanted);
      globalThis.heldTracks?.push(...stream.getTracks());
      return stream;
    };
  });
}

describe('a voice note', () => {
  it('is Ogg Opus, as long as one spoke, with the shape of the voice', async () => {
    const { page, context, complaints } = await openVoice();
    const took = await recordAndSend(page, 3);
    const { type, length, peaks, bytes } = await lastSent(page);
    expect(type).toBe('audio/ogg');
    expect(Math.abs(length - took)).toBeLessThan(0.4);
    expect(peaks.length).toBeLessThanOrEqual(100);
    expect(peaks.length).toBeGreaterThan(40);
    expect(Math.max(...peaks)).toBe(1);
    expect(Math.min(...peaks)).toBeLessThan(0.3);

    const path = join(folder, 'recorded.ogg');
    await writeFile(path, Buffer.from(bytes));
    const entries = 'format=format_name,duration:stream=codec_name,channels';
    const { stdout } = await run('ffprobe', ['-v', 'error', '-show_entries', entries, '-of', 'json', path]);
    const { format, streams } = JSON.parse(stdout);
    expect([format.format_name, streams.length, streams[0].codec_name]).toEqual(['ogg', 1, 'opus']);
    expect(Math.abs(Number(format.duration) - length)).toBeLessThan(0.2);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('plays, pauses, goes where one presses, and faster', async () => {
    const { page, context, complaints } = await openVoice();
    await recordAndSend(page, 3);
    const { length } = await lastSent(page);
    const slider = page.getByRole('slider').first();
    const position = () => slider.getAttribute('aria-valuenow').then(Number);
    await page.getByRole('button', { name: 'Play' }).click();
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await expect.poll(position).toBeGreaterThanOrEqual(1);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('button', { name: 'Play' }).waitFor();

    const box = await slider.boundingBox();
    if (!box) throw new Error('the waveform is not in sight');
    await page.mouse.click(box.x + box.width * 0.7, box.y + box.height / 2);
    await expect.poll(position).toBe(Math.round(length * 0.7));
    await slider.press('Home');
    expect(await position()).toBe(0);

    await page.getByRole('button', { name: 'Speed 1' }).click();
    await page.getByRole('button', { name: 'Speed 1.5' }).click();
    const from = performance.now();
    await page.getByRole('button', { name: 'Play' }).click();
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await page.getByRole('button', { name: 'Play' }).waitFor();
    expect((performance.now() - from) / 1000).toBeLessThan(length * 0.8);
    expect(await position()).toBe(0);

    await page.reload();
    await recordAndSend(page, 1);
    expect(await page.getByRole('button', { name: 'Speed 2' }).count()).toBeGreaterThan(0);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('plays on in a bar of its own when it is out of sight, and one at a time', async () => {
    const { page, context } = await openVoice();
    await recordAndSend(page, 3);
    await page.getByRole('button', { name: 'Play' }).click();
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    const bar = page.getByRole('region', { name: 'Playing now' }).first();
    expect(await bar.count()).toBe(0);
    await page.getByRole('checkbox', { name: 'Show what was sent' }).first().uncheck();
    await bar.getByText('Voice notes').waitFor();
    await bar.getByRole('button', { name: 'Pause' }).click();
    expect(await violations(page)).toEqual([]);
    await bar.getByRole('button', { name: 'Play', exact: true }).click();
    await bar.getByRole('button', { name: 'Stop playing' }).click();
    await bar.waitFor({ state: 'detached' });
    await context.close();
  });
});

describe('recording', () => {
  it('is held, and ends when one lets go', async () => {
    const { page, context } = await openVoice();
    await countMicrophones(page);
    await record(page).hover();
    await page.mouse.down();
    await recorded(page, 1);
    await page.getByText('Slide to cancel').waitFor();
    expect(await heldMicrophones(page)).toBe(1);
    await page.mouse.up();
    await send(page).waitFor();
    expect(await heldMicrophones(page)).toBe(0);
    await context.close();
  });

  it('is slid away, and nothing stays', async () => {
    const { page, context } = await openVoice();
    await countMicrophones(page);
    await record(page).hover();
    await page.mouse.down();
    await page.getByRole('timer').waitFor();
    const box = await stop(page).boundingBox();
    if (!box) throw new Error('the button is not in sight');
    await page.mouse.move(box.x - 150, box.y + 20, { steps: 8 });
    await page.getByRole('timer').waitFor({ state: 'detached' });
    await page.mouse.up();
    expect(await record(page).isVisible()).toBe(true);
    expect(await heldMicrophones(page)).toBe(0);
    await context.close();
  });

  it('goes by the keyboard: start, stop, listen, and away', async () => {
    const { page, context } = await openVoice();
    await countMicrophones(page);
    await record(page).focus();
    await page.keyboard.press('Space');
    await recorded(page, 1);
    await page.keyboard.press('Enter');
    await send(page).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await page.keyboard.press('Escape');
    await send(page).waitFor({ state: 'detached' });
    expect(await record(page).evaluate((element) => element === document.activeElement)).toBe(true);

    await page.keyboard.press('Enter');
    await page.getByRole('timer').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('timer').waitFor({ state: 'detached' });
    expect(await heldMicrophones(page)).toBe(0);
    await context.close();
  });

  it('that is too short says so', async () => {
    const { page, context } = await openVoice();
    await page.evaluate(() => {
      const stopAtOnce = new MutationObserver(() => {
        if (!document.querySelector('[role=timer]')) return;
        stopAtOnce.disconnect();
        document.querySelector<HTMLElement>('[aria-label="Stop recording"]')?.click();
      });
      stopAtOnce.observe(document.body, { subtree: true, childList: true });
    });
    await record(page).click();
    const problem = page.getByRole('alert').getByText('Nothing was recorded');
    await problem.waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    await problem.waitFor({ state: 'detached' });
    expect(await record(page).isVisible()).toBe(true);
    await context.close();
  });

  it.each([
    ['NotAllowedError', 'does not let Byline use the microphone'],
    ['NotFoundError', 'no microphone here'],
    ['NotReadableError', 'Another program'],
  ])('that meets %s says what to do, and tries again', async (name, sentence) => {
    const { page, context } = await openVoice();
    await page.evaluate((problem) => {
      const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      navigator.mediaDevices.getUserMedia = () => {
        navigator.mediaDevices.getUserMedia = open;
        return Promise.reject(new DOMException('', problem));
      };
    }, name);
    await record(page).click();
    await page.getByRole('alert').getByText(sentence).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('timer').waitFor();
    await context.close();
  });
});

describe.each(['light', 'dark'] as const)('every step is accessible and fits, %s', (theme) => {
  it.each(['en', 'zh-CN'] as const)('%s', async (language) => {
    for (const width of [320, 1280]) {
      const lang = language === 'en' ? 'en' : 'zh-Hans';
      const { page, context, complaints } = await site.open(`/gallery.html?section=voice&lang=${lang}`, {
        width,
        theme,
        language,
      });
      const step = async (name: string): Promise<void> => {
        expect([name, await violations(page), await overflow(page)]).toEqual([name, [], 0]);
      };
      await step('idle');
      const [button] = await page.getByRole('button', { name: /voice note|录制/ }).all();
      await button?.click();
      await recorded(page, 1);
      await step('recording');
      await page.getByRole('button', { name: /Stop recording|停止录音/ }).click();
      await page.getByRole('button', { name: /Send voice note|发送语音/ }).waitFor();
      await step('recorded');
      await page.getByRole('button', { name: /Send voice note|发送语音/ }).click();
      await page.getByRole('button', { name: /Play|播放/ }).waitFor();
      await step('sent');
      expect(complaints).toEqual([]);
      await context.close();
    }
  });
});
