import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { DESKTOP, PHONE } from './people.ts';
import type { Look, Site, Visit } from './site.ts';

export const PASSWORD = 'seven herons walk home';

let count = 0;
/** A username that nobody has yet. */
export const newName = (name: string): string => {
  count += 1;
  return `${name}of${count}`;
};

/** Opens an account in a browser of its own. It stands before the step that can wait. */
export async function signUpHere(site: Site, username: string, look: Look = PHONE): Promise<Visit> {
  const visit = await site.open('/sign-up', look);
  await visit.page.getByLabel('Username').fill(username);
  await visit.page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
  await visit.page.getByRole('checkbox').check();
  await visit.page.getByRole('button', { name: 'Create account', exact: true }).click();
  // The keys are made and sent first; a busy machine takes its time.
  await visit.page.getByRole('button', { name: 'Make my recovery key' }).waitFor({ timeout: 30_000 });
  return visit;
}

/** Signs in on a new device. It stands before the step that can wait. */
export async function signInHere(site: Site, username: string, look: Look = DESKTOP): Promise<Visit> {
  const visit = await site.open('/sign-in', look);
  await visit.page.getByLabel('Username').fill(username);
  await visit.page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
  await visit.page.getByRole('button', { name: 'Sign in', exact: true }).click();
  return visit;
}

/** Puts off what can wait, and goes on to the chats. */
export async function goOn(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Later' }).click();
  await page.getByRole('heading', { level: 1, name: 'Chats' }).waitFor();
}

/** Makes a recovery key and keeps it. Gives its text; what follows is for who comes next. */
export async function makeRecoveryKey(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Make my recovery key' }).click();
  const key = await page.getByLabel('Recovery key', { exact: true }).textContent();
  await page.getByRole('checkbox', { name: 'I have kept my recovery key' }).check();
  await page.getByRole('button', { name: 'Finish' }).click();
  return key?.trim() ?? '';
}

/** Begins an encrypted talk with somebody. Gives the address of it, without its host. */
export async function beginTalk(page: Page, username: string): Promise<string> {
  await page.goto(new URL('/chats/new', page.url()).href);
  await page.getByRole('searchbox', { name: 'Name or username' }).fill(username);
  await page.getByRole('button', { name: new RegExp(`@${username}:`) }).click();
  await page.getByRole('textbox', { name: 'Message' }).waitFor();
  return new URL(page.url()).pathname;
}

export interface Talkers {
  readonly anna: Visit;
  readonly ben: Visit;
  readonly annaName: string;
  readonly benName: string;
  /** The address of their talk. */
  readonly address: string;
  readonly close: () => Promise<void>;
}

/** Two people in an encrypted talk, each in a browser of their own: Anna at a desk, Ben with a phone. */
export async function encryptedTalk(site: Site): Promise<Talkers> {
  const [annaName, benName] = [newName('anna'), newName('ben')];
  const anna = await signUpHere(site, annaName, DESKTOP);
  const ben = await signUpHere(site, benName, PHONE);
  await goOn(anna.page);
  await goOn(ben.page);
  const address = await beginTalk(anna.page, benName);
  await ben.page.getByRole('button', { name: 'Accept' }).click();
  await ben.page.getByRole('textbox', { name: 'Message' }).waitFor();
  return {
    anna,
    ben,
    annaName,
    benName,
    address,
    close: async () => {
      await anna.context.close();
      await ben.context.close();
    },
  };
}

/** Waits until copies of so many keys are on the server; the library takes its time to send them. */
export async function backedUp(page: Page, keys: number): Promise<void> {
  const path = '/_matrix/client/v3/room_keys/version';
  await expect
    .poll(
      () =>
        page.evaluate(async (address) => {
          const { accessToken } = JSON.parse(localStorage.getItem('byline.session') ?? '{}') as { accessToken: string };
          const answer = await fetch(address, { headers: { authorization: `Bearer ${accessToken}` } });
          return ((await answer.json()) as { count: number }).count;
        }, path),
      { timeout: 30_000 },
    )
    .toBeGreaterThanOrEqual(keys);
}
