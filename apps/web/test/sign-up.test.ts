import { signUp } from '@byline/testkit/person.ts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './accessibility.ts';
import { overflow, startSite } from './site.ts';
import type { Site } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await startSite();
  await signUp(site.server, 'taken');
});
afterAll(() => site.close());

const PHONE = { width: 390 } as const;
const PASSWORD = 'seven herons walk home';

const fill = async (page: Page, { username, password }: { username: string; password: string }): Promise<void> => {
  await page.getByLabel('Username').fill(username);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
};
const create = (page: Page) => page.getByRole('button', { name: 'Create account', exact: true }).click();
/** What keeps one's conversations can wait. */
const later = (page: Page) => page.getByRole('button', { name: 'Later' }).click();
const chats = (page: Page) => page.getByRole('heading', { level: 1, name: 'Chats' }).waitFor();

describe('signing up', () => {
  it('opens an account to who reads the rules and agrees to them', async () => {
    const { page, context } = await site.open('/discover', PHONE);
    await page.getByRole('link', { name: 'Create an account' }).click();
    await page.getByLabel('Your name').fill('Maria Stone');
    await fill(page, { username: 'Maria', password: PASSWORD });
    await page.getByText('This username is free.').waitFor();
    await page.getByText('Hard to guess').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Read the rules' }).click();
    const rules = page.getByRole('dialog', { name: 'Rules of this server' });
    await rules.getByText('Stand by your name').waitFor();
    expect(await violations(page)).toEqual([]);
    await rules.getByRole('button', { name: 'I agree' }).click();
    await create(page);
    // The way leads on to where one wanted to go.
    await later(page);
    await page.getByRole('heading', { level: 1, name: 'Discover' }).waitFor();
    await page.getByRole('link', { name: 'Me', exact: true }).click();
    await page.getByText('Maria Stone').first().waitFor();
    await page.reload();
    await page.getByText('Maria Stone').first().waitFor();
    await context.close();
  });

  it('says at each field what is missing and what to do', async () => {
    const { page, context } = await site.open('/sign-up', PHONE);
    await create(page);
    for (const words of [
      'Please enter a username.',
      'Please enter a password.',
      'Please read the rules and agree to them to open an account.',
    ])
      await page.getByText(words).waitFor();
    await fill(page, { username: 'not a name', password: 'short' });
    await page.getByText('Please use only the letters a to z, digits, and . _ -').waitFor();
    await page.getByText('Please use at least 8 characters.').waitFor();
    await fill(page, { username: 'taken', password: 'password1' });
    await page.getByText('This username is taken. Please choose another.').waitFor();
    await page.getByText('Easy to guess').waitFor();
    expect(await violations(page)).toEqual([]);
    await context.close();
  });

  it.each([
    { width: 320, height: 480 },
    { width: 640, height: 400, theme: 'dark', language: 'zh-CN' },
  ] as const)('fits $width × $height', async (look) => {
    const { page, context } = await site.open('/sign-up', look);
    await page.locator('form button[type=submit]').scrollIntoViewIfNeeded();
    expect(await overflow(page)).toBe(0);
    expect(await violations(page)).toEqual([]);
    await context.close();
  });
});

describe('signing in', () => {
  it('tells a wrong password in a sentence, and lets in who knows it', async () => {
    const { page, context } = await site.open('/sign-in', PHONE);
    await fill(page, { username: 'taken', password: 'not it' });
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').getByText('Username and password do not go together.').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('textbox', { name: 'Password' }).fill('the password of taken');
    await page.keyboard.press('Enter');
    await later(page);
    await chats(page);
    await context.close();
  });

  it('holds in all tabs, and ends in all', async () => {
    const { page, context } = await site.open('/sign-in', PHONE);
    const other = await context.newPage();
    await other.goto(page.url());
    await fill(page, { username: 'taken', password: 'the password of taken' });
    await page.getByRole('button', { name: 'Sign in' }).click();
    for (const tab of [page, other]) {
      await later(tab);
      await tab.getByRole('navigation').getByRole('link', { name: 'Me', exact: true }).waitFor();
    }
    await other.goto(new URL('/me/sign-out', page.url()).href);
    await other.getByRole('button', { name: 'Sign out on this device' }).click();
    await other.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
    expect(await page.getByRole('link', { name: 'Chats' }).count()).toBe(0);
    await context.close();
  });
});

describe('the one-time link', () => {
  it('makes who opens it the first administrator, after they have signed up', async () => {
    const link = await site.server.setupLink();
    const { page, context } = await site.open(`/setup${new URL(link ?? '').hash}`, PHONE);
    expect(new URL(page.url()).hash).toBe('');
    await page.getByRole('link', { name: 'Create an account' }).click();
    await fill(page, { username: 'keeper', password: PASSWORD });
    await page.getByRole('checkbox').check();
    await create(page);
    await later(page);
    await page.getByText('You are signed in as @keeper:byline.test.').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Become administrator' }).click();
    await page.getByText('You are the administrator now.').waitFor();
    await page.getByRole('link', { name: 'Go to the desk' }).click();
    await page.getByRole('heading', { level: 1, name: 'Desk' }).waitFor();
    expect(await page.getByRole('navigation').getByRole('link', { name: 'Desk' }).count()).toBe(1);
    await context.close();
  });
});
