import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { encodeQR } from 'qr';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './accessibility.ts';
import { DESKTOP, PHONE } from './people.ts';
import { overflow, startSite } from './site.ts';
import type { Site } from './site.ts';
import { goOn, newName, signInHere, signUpHere } from './trust.ts';

const [WIDTH, HEIGHT] = [640, 480] as const;

let folder: string;
let camera: string;
let site: Site;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'byline-scanning-'));
  camera = join(folder, 'seen.y4m');
  await holdUp(
    await sharp({ create: { width: 9, height: 9, channels: 3, background: '#777' } })
      .png()
      .toBuffer(),
  );
  site = await startSite({ camera });
});
afterAll(async () => {
  await site.close();
  await rm(folder, { recursive: true });
});

/** What the camera sees from when it is next turned on: two pictures of the same, as a film without colours. */
async function holdUp(picture: Buffer): Promise<void> {
  const light = await sharp(picture)
    .resize(WIDTH, HEIGHT - 60, { fit: 'contain', background: '#999' })
    .extend({ top: 30, bottom: 30, background: '#999' })
    .greyscale()
    .raw()
    .toBuffer();
  const frame = Buffer.concat([Buffer.from('FRAME\n'), light, Buffer.alloc((WIDTH * HEIGHT) / 2, 128)]);
  await writeFile(
    camera,
    Buffer.concat([Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`), frame, frame]),
  );
}

const codeOf = (page: Page) => page.getByRole('img', { name: 'Code to be scanned by the other device' });
const useCamera = (page: Page) => page.getByRole('button', { name: 'Scan with the camera' }).click();

/** Two devices of one person who have agreed to compare. */
async function twoDevices(username: string) {
  const phone = await signUpHere(site, username, PHONE);
  await goOn(phone.page);
  const desk = await signInHere(site, username, DESKTOP);
  await desk.page.getByRole('button', { name: 'With another of your devices' }).click();
  await phone.page.getByRole('button', { name: 'Compare' }).click();
  for (const { page } of [phone, desk]) await codeOf(page).waitFor();
  return { phone, desk };
}

describe('a code that another device shows', () => {
  it('is read with the camera, which is on only as long as that takes', async () => {
    const { phone, desk } = await twoDevices(newName('anna'));
    expect([await violations(phone.page), await overflow(phone.page)]).toEqual([[], 0]);
    await phone.page.evaluate(() => {
      const { mediaDevices } = navigator;
      const open = mediaDevices.getUserMedia.bind(mediaDevices);
      const opened: MediaStreamTrack[] = [];
      mediaDevices.getUserMedia = async (wanted) => {
        const stream = await open(wanted);
        opened.push(...stream.getTracks());
        return stream;
      };
      Object.assign(globalThis, { opened });
    });
    const tracks = () =>
      phone.page.evaluate(() =>
        (globalThis as unknown as { opened: MediaStreamTrack[] }).opened.map(({ readyState }) => readyState),
      );

    await holdUp(Buffer.from(encodeQR('a ticket for the ferry', 'gif', { scale: 8 })));
    expect(await tracks()).toEqual([]);
    await useCamera(phone.page);
    await phone.page.getByText('This is another code.').waitFor();
    expect([await violations(phone.page), await overflow(phone.page)]).toEqual([[], 0]);
    expect((await tracks()).at(-1)).toBe('live');
    await phone.page.getByRole('button', { name: 'Close the camera' }).click();
    await codeOf(phone.page).waitFor();
    expect(new Set(await tracks())).toEqual(new Set(['ended']));

    await holdUp(await codeOf(desk.page).screenshot());
    await useCamera(phone.page);
    await phone.page.getByText('The code is right.').waitFor();
    expect(new Set(await tracks())).toEqual(new Set(['ended']));
    await desk.page.getByText('Does the other device say that the code was right?').waitFor();
    await desk.page.getByRole('button', { name: 'Yes' }).click();
    for (const { page } of [phone, desk])
      await page.getByText('Confirmed. Your earlier messages open by themselves.').waitFor();
    expect([phone.complaints, desk.complaints]).toEqual([[], []]);
    for (const { context } of [phone, desk]) await context.close();
  });

  it('need not be: where the camera may not be used, pictures are compared', async () => {
    const { phone, desk } = await twoDevices(newName('bea'));
    await phone.page.evaluate(() => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'));
    });
    await useCamera(phone.page);
    await phone.page.getByText('The camera cannot be used.').waitFor();
    expect(await violations(phone.page)).toEqual([]);
    await phone.page.getByRole('button', { name: 'Compare pictures' }).click();
    for (const { page } of [phone, desk]) await page.getByRole('button', { name: 'They are the same' }).click();
    for (const { page } of [phone, desk])
      await page.getByText('Confirmed. Your earlier messages open by themselves.').waitFor();
    for (const { context } of [phone, desk]) await context.close();
  });
});
