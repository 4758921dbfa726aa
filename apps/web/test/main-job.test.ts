import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PARTS, requirePart } from '@byline/testkit/machine.ts';
import { signUp } from '@byline/testkit/person.ts';
import { speak } from '@byline/testkit/speech.ts';
import { ClientEvent, createClient, type MatrixClient, type MatrixEvent, RoomEvent } from 'matrix-js-sdk';
import type { Logger } from 'matrix-js-sdk/lib/logger.js';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { decide, fillIn, makeKey, MUSEUM, pictureOfDocument, send, stepHeading, takeAndOpen } from './applying.ts';
import { startSite } from './site.ts';
import type { Site, Visit } from './site.ts';

const run = promisify(execFile);
const PHONE = { width: 390 } as const;
const DESKTOP = { width: 1280, height: 900 } as const;
/** Seconds that are recorded, and by how much what is played back may differ. */
const LENGTH = 4;
const TOLERANCE = 0.2;

let folder: string;
let site: Site;
let subscriber: MatrixClient;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'byline-main-job-'));
  const text =
    'Good morning. From Saturday on the ferry runs every twenty minutes, and the museum is open until eight.';
  const { path } = await speak(text, join(folder, 'spoken.wav'));
  site = await startSite({ microphone: path });
});
afterAll(async () => {
  subscriber?.stopClient();
  await site.close();
  await rm(folder, { recursive: true });
});

it('a publisher is verified and reviewed, and what it says reaches its subscribers', async () => {
  const provider = await becomeAdministrator();
  await provider.page.goto(new URL('/desk/key', provider.page.url()).href);
  const key = await makeKey(provider.page, 'correct horse battery staple');

  const reviewer = await signUpInBrowser('rita', '/chats');
  await giveRole(provider.page, 'rita');

  const applicant = await signUpInBrowser('mara', '/me/apply');
  const sent: string[] = [];
  applicant.page.on('request', (request) => sent.push(request.postData() ?? ''));
  await fillIn(applicant.page, { ...MUSEUM, document: await pictureOfDocument(applicant.page, 'HARBOUR MUSEUM') });
  await send(applicant.page);
  // Who answers for the account has left the browser sealed, and in no other way.
  expect(sent.join('\n')).toContain('"ct":');
  expect(sent.join('\n')).not.toContain('Quackenbush');
  expect(sent.join('\n')).not.toContain(MUSEUM.identity.number);

  await reviewer.page.goto(new URL('/desk', reviewer.page.url()).href);
  await reviewer.page.getByRole('link', { name: new RegExp(MUSEUM.name) }).click();
  await takeAndOpen(reviewer.page, key);
  await reviewer.page.getByText(MUSEUM.identity.legalName).waitFor();
  await reviewer.page.getByText(MUSEUM.identity.number).waitFor();
  await decide(reviewer.page, 'Approve', 'The letter and the name fit together.');

  await applicant.page.getByText('Your account may publish').waitFor();
  await applicant.page.getByRole('link', { name: 'Write as the account' }).click();
  await stepHeading(applicant.page, `Speaking as ${MUSEUM.name}`).waitFor();

  const reader = await signUpInBrowser('anna', '/discover');
  await reader.page.getByRole('button', { name: `Follow ${MUSEUM.name}` }).click();
  await reader.page.getByRole('button', { name: `Following ${MUSEUM.name}: change this` }).waitFor();
  await reader.page.getByRole('link', { name: 'Following', exact: true }).click();
  const row = reader.page.getByRole('listitem').filter({ hasText: MUSEUM.name });
  await row.waitFor();
  subscriber = await plainSubscriber();
  const heard = nextPost(subscriber);

  const recorded = await recordAndPublish(applicant.page);
  const published = performance.now();
  await row.getByText(/Voice note/).waitFor();
  const event = await heard;
  expect(performance.now() - published).toBeLessThan(1_000);

  expect(event.getSender()).toBe(`@${MUSEUM.handle}:byline.test`);
  expect(apart(await lengthOf(await downloaded(subscriber, event)), recorded)).toBeLessThan(TOLERANCE);
  await row.getByRole('link').click();
  expect(apart(await playToTheEnd(reader.page), recorded)).toBeLessThan(TOLERANCE);

  for (const { context } of [provider, reviewer, applicant, reader]) await context.close();
});

/** How far two lengths of a sound are apart, in seconds. */
const apart = (one: number, other: number): number => Math.abs(one - other);

async function becomeAdministrator(): Promise<Visit> {
  const link = await site.server.setupLink();
  const visit = await site.open(`/setup${new URL(link ?? '').hash}`, DESKTOP);
  const { page } = visit;
  await page.getByRole('link', { name: 'Create an account' }).click();
  await fillInAccount(page, 'ada');
  await page.getByRole('button', { name: 'Become administrator' }).click();
  return visit;
}

async function signUpInBrowser(username: string, address: string): Promise<Visit> {
  const visit = await site.open(address, address.startsWith('/chats') ? DESKTOP : PHONE);
  await visit.page.getByRole('link', { name: 'Create an account' }).click();
  await fillInAccount(visit.page, username);
  await visit.page.getByRole('main').waitFor();
  return visit;
}

async function fillInAccount(page: Page, username: string): Promise<void> {
  await page.getByLabel('Username').fill(username);
  await page.getByRole('textbox', { name: 'Password' }).fill('seven herons walk home');
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Create account', exact: true }).click();
  await page.getByRole('button', { name: 'Later' }).click();
}

async function giveRole(page: Page, username: string): Promise<void> {
  await page.goto(new URL('/desk/staff', page.url()).href);
  await page.getByRole('textbox', { name: 'Username' }).fill(username);
  await page.getByRole('button', { name: 'Give the role' }).click();
  await page.getByRole('group', { name: username }).waitFor();
}

/** Records a voice note as the account and publishes it. Gives how long the recording is, as the app has measured it. */
async function recordAndPublish(page: Page): Promise<number> {
  await page.getByRole('button', { name: 'Record a voice note' }).click();
  await page.getByRole('timer').waitFor();
  const began = performance.now();
  await page.getByRole('timer').getByText(`0:0${LENGTH}`).waitFor();
  await page.getByRole('button', { name: 'Stop recording' }).click();
  const recorded = (performance.now() - began) / 1_000;
  await page.getByRole('button', { name: 'Add it to the post' }).click();
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await page.getByText('Published. Everybody').waitFor();
  return recorded;
}

const say = (): void => undefined;
const SILENT: Logger = { trace: say, debug: say, info: say, warn: say, error: say, getChild: () => SILENT };

/** Somebody with a Matrix client of another make, who joined the account's room by its alias. */
async function plainSubscriber(): Promise<MatrixClient> {
  const person = await signUp(site.server, 'otto');
  const client = createClient({
    baseUrl: site.server.url,
    userId: person.userId,
    deviceId: person.deviceId,
    accessToken: person.token,
    logger: SILENT,
  });
  const synced = new Promise((resolve) => {
    client.once(ClientEvent.Sync, resolve);
  });
  await client.startClient({ initialSyncLimit: 10 });
  await synced;
  await client.joinRoom(`#${MUSEUM.handle}:byline.test`);
  return client;
}

const nextPost = (client: MatrixClient): Promise<MatrixEvent> =>
  new Promise((resolve) => {
    client.on(RoomEvent.Timeline, (event) => {
      if (event.getType() === 'm.room.message') resolve(event);
    });
  });

/** The sound of a post, as a Matrix client fetches it. Gives the path of the file. */
async function downloaded(client: MatrixClient, event: MatrixEvent): Promise<string> {
  const { url } = event.getContent<{ url: string }>();
  const address = client.mxcUrlToHttp(url, undefined, undefined, undefined, false, true, true);
  const response = await fetch(address ?? '', { headers: { authorization: `Bearer ${client.getAccessToken()}` } });
  expect(response.status).toBe(200);
  const path = join(folder, 'heard.ogg');
  await writeFile(path, new Uint8Array(await response.arrayBuffer()));
  return path;
}

/** The length of a sound in seconds, by what is in it and not by what its file says: all of it is decoded. */
async function lengthOf(path: string): Promise<number> {
  const RATE = 48_000;
  const decoded = ['-v', 'error', '-i', path, '-f', 's16le', '-ac', '1', '-ar', String(RATE), '-'];
  const options = { encoding: 'buffer', maxBuffer: 64 * 1024 * 1024 } as const;
  const { stdout } = await run(requirePart(PARTS.ffmpeg), decoded, options);
  return stdout.length / 2 / RATE;
}

/** Plays the post that is open to its end. Gives how long the browser finds its sound to be, in seconds. */
async function playToTheEnd(page: Page): Promise<number> {
  const asked = page.waitForRequest(/\/_byline\/v1\/media\//);
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await page.getByRole('button', { name: 'Pause' }).first().waitFor();
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
  return page.evaluate(
    async (address) => {
      const sound = await (await fetch(address)).arrayBuffer();
      return (await new OfflineAudioContext(1, 1, 48_000).decodeAudioData(sound)).duration;
    },
    (await asked).url(),
  );
}
