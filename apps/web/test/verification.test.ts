import { createClient, ClientEvent, type MatrixClient } from 'matrix-js-sdk';
import {
  VerificationPhase,
  type VerificationRequest,
  VerificationRequestEvent,
} from 'matrix-js-sdk/lib/crypto-api/index.js';
import type { Logger } from 'matrix-js-sdk/lib/logger.js';
import { signIn } from '@byline/testkit/person.ts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './accessibility.ts';
import { DESKTOP, message, PHONE, write } from './people.ts';
import { readQrCode } from './qr-reader.ts';
import { overflow, startSite } from './site.ts';
import type { Site } from './site.ts';
import { backedUp, beginTalk, encryptedTalk, goOn, newName, PASSWORD, signInHere, signUpHere } from './trust.ts';

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

const compared = (page: Page) => page.getByRole('dialog').getByRole('listitem');

/** Both could scan, too. */
const choosePictures = (page: Page) => page.getByRole('button', { name: 'Compare pictures' }).click();

/** Both see the same seven pictures, and say so. */
async function compareEmoji(one: Page, other: Page): Promise<void> {
  await choosePictures(one);
  for (const page of [one, other]) await compared(page).nth(6).waitFor();
  expect(await compared(one).count()).toBe(7);
  expect(await compared(one).allTextContents()).toEqual(await compared(other).allTextContents());
  for (const page of [one, other]) {
    expect([await violations(page), await overflow(page)]).toEqual([[], 0]);
    await page.getByRole('button', { name: 'They are the same' }).click();
  }
}

describe('a new device', () => {
  it('is confirmed with another one by emoji, and reads what was said before', async () => {
    const [annaName, benName] = [newName('anna'), newName('ben')];
    const phone = await signUpHere(site, annaName, PHONE);
    const ben = await signUpHere(site, benName, DESKTOP);
    await goOn(phone.page);
    await goOn(ben.page);
    const address = await beginTalk(phone.page, benName);
    await write(phone.page, 'Said before the new device');
    await message(phone.page, 'Said before the new device').getByText('Sent').waitFor();
    await backedUp(phone.page, 1);

    const desk = await signInHere(site, annaName, DESKTOP);
    await desk.page.getByRole('button', { name: 'With another of your devices' }).click();
    await desk.page.getByText('Open Byline, or another app').waitFor();
    expect(await violations(desk.page)).toEqual([]);
    await phone.page.getByText('You signed in on another device.').waitFor();
    // It may come while one writes, and what is typed then answers nothing.
    await phone.page.keyboard.press('Enter');
    expect(await violations(phone.page)).toEqual([]);
    await phone.page.getByRole('button', { name: 'Compare' }).click();
    await compareEmoji(phone.page, desk.page);
    for (const { page } of [phone, desk]) {
      await page.getByText('Confirmed. Your earlier messages open by themselves.').waitFor();
      await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
    }
    await desk.page.goto(new URL(address, desk.page.url()).href);
    await message(desk.page, 'Said before the new device').waitFor();
    await desk.page.goto(new URL('/me/devices', desk.page.url()).href);
    await expect.poll(() => desk.page.getByText('Confirmed', { exact: true }).count(), { timeout: 10_000 }).toBe(2);
    expect(await violations(desk.page)).toEqual([]);
    for (const { context } of [phone, desk, ben]) await context.close();
  });

  it("is confirmed from the list of an older one, and what was locked opens before one's eyes", async () => {
    const [emmaName, finnName] = [newName('emma'), newName('finn')];
    const phone = await signUpHere(site, emmaName, PHONE);
    const finn = await signUpHere(site, finnName, DESKTOP);
    await goOn(phone.page);
    await goOn(finn.page);
    const address = await beginTalk(phone.page, finnName);
    await write(phone.page, 'Locked on the new device');
    await message(phone.page, 'Locked on the new device').getByText('Sent').waitFor();
    await backedUp(phone.page, 1);

    const desk = await signInHere(site, emmaName, DESKTOP);
    await goOn(desk.page);
    await desk.page.getByRole('link', { name: new RegExp(finnName) }).click();
    await desk.page.getByText('this message stays locked').waitFor();
    await phone.page.goto(new URL('/me/devices', phone.page.url()).href);
    await phone.page.getByRole('button', { name: /^Confirm Byline/ }).click();
    await desk.page.getByText('One of your other devices would like to confirm this one.').waitFor();
    await desk.page.getByRole('button', { name: 'Compare' }).click();
    await compareEmoji(phone.page, desk.page);
    await desk.page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
    await message(desk.page, 'Locked on the new device').waitFor({ timeout: 20_000 });
    expect(new URL(desk.page.url()).pathname).toBe(address);
    await desk.page.getByText('Earlier messages cannot be read').waitFor({ state: 'detached' });
    for (const { context } of [phone, desk, finn]) await context.close();
  });

  it('is not confirmed when the emoji differ, and one is told what that may mean', async () => {
    const name = newName('clara');
    const phone = await signUpHere(site, name, PHONE);
    await goOn(phone.page);
    const desk = await signInHere(site, name, DESKTOP);
    await desk.page.getByRole('button', { name: 'With another of your devices' }).click();
    await phone.page.getByRole('button', { name: 'Compare' }).click();
    await choosePictures(phone.page);
    await compared(desk.page).nth(6).waitFor();
    await compared(phone.page).nth(6).waitFor();
    await desk.page.getByRole('button', { name: 'They differ' }).click();
    for (const { page } of [phone, desk]) await page.getByText('so nothing was confirmed').waitFor();
    await phone.page.goto(new URL('/me/devices', phone.page.url()).href);
    await phone.page.getByText('Not confirmed').waitFor();
    expect(await violations(phone.page)).toEqual([]);
    await phone.context.close();
    await desk.context.close();
  });
});

describe('another person', () => {
  it('is confirmed by emoji, calmly, within the conversation', async () => {
    const { anna, ben, annaName, benName, close } = await encryptedTalk(site);
    await write(anna.page, 'Is it you');
    await message(ben.page, 'Is it you').waitFor();
    await anna.page
      .getByRole('link', { name: new RegExp(`${benName}.*Encrypted`) })
      .first()
      .click();
    await anna.page.getByRole('heading', { name: `Is it really ${benName}?` }).waitFor();
    expect(await violations(anna.page)).toEqual([]);
    await anna.page.getByRole('button', { name: 'Compare with them' }).click();
    await anna.page.getByText('They have been asked.').waitFor();
    await ben.page.getByText(`${annaName} would like to compare pictures with you`).waitFor();
    expect(await ben.page.getByRole('dialog').count()).toBe(0);
    expect(await violations(ben.page)).toEqual([]);
    await ben.page.getByRole('button', { name: 'Compare' }).click();
    await compareEmoji(anna.page, ben.page);
    for (const { page } of [anna, ben]) {
      await page.getByText('Confirmed. Nobody stands between you.').waitFor();
      await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
    }
    await anna.page.getByRole('heading', { name: `This is ${benName}` }).waitFor();
    await ben.page.getByText('You confirmed each other').waitFor();
    await close();
  });
});

describe('a code', () => {
  it('is shown to be scanned by another app, and confirms its device', async () => {
    const name = newName('dora');
    const { page, context } = await signUpHere(site, name, PHONE);
    await goOn(page);
    const scanner = await otherApp(name);
    // Who asks has to be known first.
    await page.goto(new URL('/me/devices', page.url()).href);
    await page.getByText('Not confirmed').waitFor();
    const asked = await scanner.getCrypto()?.requestOwnUserVerification();
    if (asked === undefined) throw new Error('the other app has no encryption');
    await page.getByRole('button', { name: 'Compare' }).click();
    const code = page.getByRole('img', { name: 'Code to be scanned by the other device' });
    await code.waitFor();
    expect([await violations(page), await overflow(page)]).toEqual([[], 0]);
    await reaches(asked, VerificationPhase.Ready);
    const verifier = await asked.scanQRCode(readQrCode(await modulesOf(page)));
    const done = verifier.verify();
    await page.getByText('Does the other device say that the code was right?').waitFor();
    await page.getByRole('button', { name: 'Yes' }).click();
    await done;
    await page.getByText('Confirmed. Your earlier messages open by themselves.').waitFor();
    scanner.stopClient();
    await context.close();
  });
});

const say = (): void => undefined;
const SILENT: Logger = { trace: say, debug: say, info: say, warn: say, error: say, getChild: () => SILENT };

/** A Matrix client of another make on a device of its own. It can scan. */
async function otherApp(username: string): Promise<MatrixClient> {
  const person = await signIn(site.server, username, PASSWORD);
  const client = createClient({
    baseUrl: site.server.url,
    userId: person.userId,
    deviceId: person.deviceId,
    accessToken: person.token,
    verificationMethods: ['m.qr_code.scan.v1', 'm.reciprocate.v1', 'm.sas.v1'],
    logger: SILENT,
  });
  await client.initRustCrypto({ useIndexedDB: false });
  const synced = new Promise((resolve) => {
    client.once(ClientEvent.Sync, resolve);
  });
  await client.startClient();
  await synced;
  await client.getCrypto()?.userHasCrossSigningKeys();
  return client;
}

const reaches = (request: VerificationRequest, phase: VerificationPhase): Promise<void> =>
  new Promise((resolve) => {
    const look = (): void => {
      if (request.phase >= phase) resolve();
    };
    request.on(VerificationRequestEvent.Change, look);
    look();
  });

/** The modules of the code that is drawn, as a camera would see them. */
async function modulesOf(page: Page): Promise<boolean[][]> {
  const code = page.getByRole('img', { name: 'Code to be scanned by the other device' });
  return code.evaluate(async (svg: SVGSVGElement) => {
    const side = svg.viewBox.baseVal.width;
    const image = new Image();
    const copy = svg.cloneNode(true) as SVGSVGElement;
    copy.setAttribute('width', String(side));
    copy.setAttribute('height', String(side));
    copy.querySelector('rect')?.setAttribute('fill', '#fff');
    image.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
    await image.decode();
    const canvas = new OffscreenCanvas(side, side);
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no canvas');
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, side, side);
    const quiet = 4;
    return Array.from({ length: side - 2 * quiet }, (_, row) =>
      Array.from(
        { length: side - 2 * quiet },
        (__, column) => (data[4 * ((row + quiet) * side + column + quiet)] ?? 0) < 128,
      ),
    );
  });
}
