import { describeKeyFile } from '@byline/core/sealing/key-file.ts';
import { signUp, signUpAdministrator } from '@byline/testkit/person.ts';
import type { Person } from '@byline/testkit/person.ts';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { byline, hireReviewer } from '../../server/test/publisher.ts';
import {
  addDocument,
  decide,
  type Key,
  makeKey,
  MUSEUM,
  pictureOfDocument,
  send,
  SOON,
  stepHeading,
  takeAndOpen,
  writeIdentity,
} from './applying.ts';
import { expectSound, openCase, PASSPHRASE, secretsOf } from './reviewing.ts';
import { startSite } from './site.ts';
import type { Site } from './site.ts';

const PHONE = { width: 390 } as const;
const DESKTOP = { width: 1280, height: 900 } as const;

let site: Site;
let administrator: Person;
let key: Key;

beforeAll(async () => {
  site = await startSite();
  administrator = await signUpAdministrator(site.server, 'ada');
});
afterAll(() => site.close());

const open = (address: string, as: Person, look: typeof PHONE | typeof DESKTOP = PHONE) =>
  site.open(address, { ...look, as });

describe('before there is a key', () => {
  it('applications are refused with a clear word, and the administrator is led to what is to be done', async () => {
    const guest = await open('/me/apply', await signUp(site.server, 'early'));
    await guest.page.getByText('Applications cannot be received yet').waitFor();
    expect(await guest.page.getByRole('button', { name: 'Begin' }).isDisabled()).toBe(true);
    await expectSound(guest);
    await guest.context.close();

    const visit = await open('/desk', administrator);
    const { page } = visit;
    await page.getByRole('heading', { name: 'Before people can apply' }).waitFor();
    await expectSound(visit);
    await page.getByRole('link', { name: 'Make the reviewers' }).click();
    await stepHeading(page, "Reviewers' key").waitFor();
    await visit.context.close();
  });
});

describe('the key and the staff', () => {
  it('makes a key in the browser, uses it only after its file was opened, and never sends its private half', async () => {
    const visit = await open('/desk/key', administrator);
    const { page } = visit;
    const sent: { readonly path: string; readonly body: string }[] = [];
    page.on('request', (request) =>
      sent.push({ path: new URL(request.url()).pathname, body: request.postData() ?? '' }),
    );
    await page.getByLabel('Passphrase', { exact: true }).fill('short');
    await page.getByRole('button', { name: 'Make the key' }).click();
    await page.getByText('It needs at least 12 characters').waitFor();
    await expectSound(visit);
    key = await makeKey(page, PASSPHRASE, async () => {
      const { body } = await administrator.get(byline('/reviewers-key'));
      expect(body).toMatchObject({ errcode: 'BYLINE_NO_REVIEWERS_KEY' });
    });
    await expectSound(visit);
    const registered = await administrator.expectOk.get<{ fingerprint: string }>(byline('/reviewers-key'));
    expect(registered.fingerprint).toMatch(/^(?:[0-9A-F]{4} ?){8}$/);
    const made = describeKeyFile(await readFile(key.file, 'utf8'));
    const everything = sent.map(({ body }) => body).join('\n');
    expect(everything).not.toContain('locked_key');
    for (const secret of await secretsOf(key)) expect(everything).not.toContain(secret);
    // The backup of the chats' keys has a public key of its own, so this very key is looked for.
    const told = sent.filter(({ body }) => body.includes(made.kid) || body.includes(made.publicKey));
    expect(told).toEqual([
      { path: byline('/reviewers-key'), body: JSON.stringify({ public_key: made.publicKey, kid: made.kid }) },
    ]);
    await page.reload();
    await page.getByText(registered.fingerprint).waitFor();
    await visit.context.close();
  });

  it('gives somebody a role, and takes it away after a question', async () => {
    await signUp(site.server, 'temporary');
    const visit = await open('/desk/staff', administrator);
    const { page } = visit;
    const name = page.getByRole('textbox', { name: 'Username' });
    await name.fill('nobody-here');
    await page.getByRole('button', { name: 'Give the role' }).click();
    await page.getByText('There is nobody of that name here').waitFor();
    await name.fill('@temporary');
    await page.getByRole('button', { name: 'Give the role' }).click();
    const member = page.getByRole('group', { name: 'temporary' });
    await member.waitFor();
    await expectSound(visit);
    await member.getByRole('checkbox', { name: 'Reviewer', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Take the role away' }).click();
    await member.waitFor({ state: 'detached' });
    expect(await page.getByRole('group', { name: 'ada' }).count()).toBe(1);
    await visit.context.close();
  });
});

describe('when everyone must be verified', () => {
  it('is decided after it was said what it means; who it blocks is told why and what to do', async () => {
    const otto = await signUp(site.server, 'otto');
    const visit = await open('/desk/policy', administrator, DESKTOP);
    await visit.page.getByRole('radio', { name: /^Everyone/ }).click();
    const question = visit.page.getByRole('dialog', { name: 'Everyone: decide so?' });
    await question.getByText('can only read from then on').waitFor();
    await question
      .getByText(/^[1-9]\d* (?:person|people)/)
      .first()
      .waitFor();
    await expectSound(visit);
    await question.getByRole('button', { name: 'Decide so' }).click();
    await visit.page.getByRole('radio', { name: /^Everyone/, checked: true }).waitFor();
    // It has begun, so nothing is offered to be taken back.
    await visit.page.getByText('So since').waitFor();
    expect(await visit.page.getByText('Decided already').count()).toBe(0);
    await visit.context.close();

    const blocked = await open('/chats', otto);
    const { page } = blocked;
    await page.getByText('You can read here, but not write yet').waitFor();
    await expectSound(blocked);
    await page.getByRole('link', { name: 'Show who you are' }).click();
    await page.getByRole('radio', { name: /^For me alone/, checked: true }).waitFor();
    await expectSound(blocked);
    await page.getByRole('button', { name: 'Begin' }).click();
    const identity = { ...MUSEUM.identity, nameLabel: 'Your legal name', legalName: 'Otto Otto', document: 'Passport' };
    await writeIdentity(page, identity);
    await page.getByRole('button', { name: 'Continue' }).click();
    await addDocument(page, await pictureOfDocument(page, 'OTTO'));
    await page.getByRole('button', { name: 'Continue' }).click();
    await send(page);
    await page.goto(new URL('/chats', page.url()).href);
    await page.getByText('a reviewer will look at it').waitFor();

    const desk = await open('/desk', await hireReviewer(site.server, administrator, 'rolf'), DESKTOP);
    await openCase(desk.page, 'A person for themselves.*');
    await takeAndOpen(desk.page, key);
    await desk.page.getByText('Otto Otto').waitFor();
    await decide(desk.page, 'Approve', 'The passport is valid.');
    await desk.context.close();
    await page.reload();
    await stepHeading(page, 'Chats').waitFor();
    await expect.poll(() => page.getByText('You can read here, but not write yet').count(), SOON).toBe(0);
    await blocked.context.close();
  });
});
