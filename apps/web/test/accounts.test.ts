import type { Person } from '@byline/testkit/person.ts';
import { signUp } from '@byline/testkit/person.ts';
import { textContentOf } from '@byline/client/posts/writing.ts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { byline, mustPublish, openAccount, openOffice } from '../../server/test/publisher.ts';
import type { Office } from '../../server/test/publisher.ts';
import { violations } from './accessibility.ts';
import { SOON } from './applying.ts';
import { overflow, startSite } from './site.ts';
import type { Site, Visit } from './site.ts';

const PHONE = { width: 390 } as const;
const DESKTOP = { width: 1280, height: 800 } as const;
const ARTICLE = `# Why the tram turns left\n\n${'It goes past the school and the clinic. '.repeat(40)}\n\n> We bring it to more.`;

let site: Site;
let office: Office;
let mara: Person;
let lin: Person;

beforeAll(async () => {
  site = await startSite();
  office = await openOffice(site.server);
  mara = await signUp(site.server, 'mara');
  lin = await signUp(site.server, 'lin');
  const category = 'public-services';
  await openAccount(office, mara, 'city-hall', { kind: 'government', name: 'Harbour City Hall', category });
  await openAccount(office, mara, 'harbour-post', {
    name: 'The Harbour Post',
    category: 'news',
    approval: { label: 'news' },
  });
  await openAccount(office, lin, 'wenshan', { kind: 'other', name: '文山图书馆', category: 'culture' });
  await mustPublish(mara, 'harbour-post', { msgtype: 'm.text', ...textContentOf(ARTICLE) });
  await mustPublish(mara, 'city-hall', 'The ferry runs every twenty minutes.');
  await mustPublish(lin, 'wenshan', '周六下午三点有故事时间。');
});
afterAll(() => site.close());

/** Somebody new, who follows some accounts. */
async function reader(name: string, ...handles: readonly string[]): Promise<Person> {
  const person = await signUp(site.server, name);
  for (const handle of handles) await person.expectOk.put(byline(`/accounts/${handle}/subscription`), { muted: false });
  return person;
}

const rows = (page: Page) =>
  page.getByRole('group', { name: /Accounts you follow|Public accounts/ }).getByRole('listitem');
const rowOf = (page: Page, name: string) => rows(page).filter({ hasText: name });
/** A notice at the edge of the screen, with what it offers. */
const noticeOf = (page: Page, text: string) =>
  page
    .locator('div')
    .filter({ hasText: text })
    .filter({ has: page.getByRole('button') })
    .last();
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });

/** Nothing is wrong with what is shown: neither for axe nor for the browser, and nothing sticks out. */
async function expectSound({ page, complaints }: Visit): Promise<void> {
  expect(await faultsOf(page)).toEqual([]);
  expect(complaints).toEqual([]);
}

const faultsOf = async (page: Page): Promise<readonly string[]> => [
  ...(await violations(page)),
  ...((await overflow(page)) === 0 ? [] : ['something sticks out']),
];

/** The server knows it too, so that it is read on every device. */
async function expectRead(person: Person): Promise<void> {
  const receipts = async (): Promise<string> =>
    JSON.stringify(await person.expectOk.get('/_matrix/client/v3/sync?full_state=true'));
  await expect.poll(receipts, SOON).toContain('m.read.private');
}

describe('discover', () => {
  it('finds accounts by Latin and Chinese words and by what they are about', async () => {
    const visit = await site.open('/discover', { ...PHONE, as: await reader('anna') });
    const { page } = visit;
    const search = page.getByRole('searchbox', { name: 'Search public accounts' });
    await rowOf(page, '文山图书馆').waitFor();
    expect(await rows(page).count()).toBe(3);
    await search.fill('图书');
    await expect.poll(() => rows(page).count(), SOON).toBe(1);
    await rowOf(page, '文山图书馆').waitFor();
    await search.fill('HARBOUR');
    await expect.poll(() => rows(page).count(), SOON).toBe(2);
    await page.getByRole('radio', { name: 'News', exact: true }).check();
    await expect.poll(() => rows(page).count(), SOON).toBe(1);
    await rowOf(page, 'The Harbour Post').waitFor();
    await search.fill('nothing of that name');
    await page.getByText('Nothing found').waitFor();
    await expectSound(visit);
    await page.getByRole('button', { name: 'Show all accounts' }).click();
    await expect.poll(() => rows(page).count(), SOON).toBe(3);
    await visit.context.close();
  });

  it('follows from the list, which the place of followed accounts shows at once', async () => {
    const visit = await site.open('/discover', { ...PHONE, as: await reader('berta') });
    const { page } = visit;
    await page.getByRole('button', { name: 'Follow Harbour City Hall' }).click();
    await page.getByRole('button', { name: 'Following Harbour City Hall: change this' }).waitFor();
    await expectSound(visit);
    await page.getByRole('link', { name: 'Following', exact: true }).click();
    await rowOf(page, 'Harbour City Hall').getByText('The ferry runs every twenty minutes.').waitFor();
    expect(await rows(page).count()).toBe(1);
    await visit.context.close();
  });
});

describe('following', () => {
  it('has the newest first, shows what is published within the second, and keeps what was read', async () => {
    const clara = await reader('clara', 'wenshan', 'city-hall');
    const visit = await site.open('/following', { ...PHONE, as: clara });
    const { page } = visit;
    await expect.poll(() => rows(page).first().textContent(), SOON).toContain('文山图书馆');
    expect(await page.getByText('Something new').count()).toBe(0);

    await mustPublish(mara, 'city-hall', 'Water is off tonight.');
    const told = performance.now();
    await rowOf(page, 'Harbour City Hall').getByText('Water is off tonight.').waitFor();
    expect(performance.now() - told).toBeLessThan(1_000);
    await expect.poll(() => rows(page).first().textContent(), SOON).toContain('Harbour City Hall');
    await rowOf(page, 'Harbour City Hall').getByText('Something new').waitFor();
    await expectSound(visit);

    await page.getByRole('link', { name: /Harbour City Hall/ }).click();
    await page.getByRole('article').getByText('Water is off tonight.').waitFor();
    await mustPublish(mara, 'city-hall', 'Water is back.');
    await page.getByRole('article').getByText('Water is back.').waitFor();
    await page.goBack();
    await expect.poll(() => page.getByText('Something new').count(), SOON).toBe(0);
    await expectRead(clara);
    await page.reload();
    await rowOf(page, 'Harbour City Hall').getByText('Water is back.').waitFor();
    expect(await page.getByText('Something new').count()).toBe(0);
    await visit.context.close();
  });

  it('is quiet about what is muted, and takes back what was taken away', async () => {
    const visit = await site.open('/following/city-hall', { ...DESKTOP, as: await reader('dora', 'city-hall') });
    const { page } = visit;
    await page.getByRole('button', { name: /^Following Harbour City Hall/ }).click();
    await page.getByRole('menuitem', { name: 'Mute' }).click();
    await rowOf(page, 'Harbour City Hall').getByText('Muted', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Discover', exact: true }).click();
    await mustPublish(mara, 'city-hall', 'Said to who has muted it.');
    await page.getByRole('link', { name: 'Following', exact: true }).click();
    await rowOf(page, 'Harbour City Hall').getByText('Said to who has muted it.').waitFor();
    expect(await page.getByText('Something new').count()).toBe(0);

    await page.getByRole('link', { name: /Harbour City Hall/ }).click();
    await page.getByRole('button', { name: /^Following Harbour City Hall, muted/ }).click();
    await page.getByRole('menuitem', { name: 'Unfollow' }).click();
    await page.getByText('You follow no one yet').waitFor();
    await noticeOf(page, 'You no longer follow').getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => rowOf(page, 'Harbour City Hall').getByText('Muted', { exact: true }).count(), SOON).toBe(1);
    await visit.context.close();
  });
});

describe("an account's page", () => {
  it('says by its seal what was checked, until when and with which label', async () => {
    const visit = await site.open('/discover/harbour-post', { ...PHONE, as: await reader('emma') });
    const { page } = visit;
    await heading(page, 'The Harbour Post').waitFor();
    await page.getByRole('button', { name: 'Verified media: what this means' }).click();
    const seal = page.getByRole('dialog', { name: 'Verified media' });
    await seal.getByText('looked at the papers of the news medium').waitFor();
    expect(await seal.getByRole('definition').allTextContents()).toEqual([
      expect.stringMatching(/\d{4}/),
      expect.stringMatching(/\d{4}/),
      'News',
      expect.stringMatching(/^Licensed to publish news.*It does not say that a report is right/),
    ]);
    await expectSound(visit);
    await visit.context.close();
  });

  it('begins an article, which is read at an address of its own', async () => {
    const visit = await site.open('/discover/harbour-post', { ...DESKTOP, theme: 'dark', as: await reader('fanny') });
    const { page } = visit;
    await page.getByRole('link', { name: 'Read on' }).click();
    await page.getByRole('blockquote').getByText('We bring it to more.').waitFor();
    await expectSound(visit);
    expect(new URL(page.url()).pathname).toMatch(/^\/discover\/harbour-post\/\$/);
    await page.reload();
    await page.getByRole('blockquote').getByText('We bring it to more.').waitFor();
    const face = await page.getByRole('blockquote').evaluate((element) => getComputedStyle(element).fontFamily);
    expect(face).toContain('Source Serif 4');
    await visit.context.close();
  });

  it('keeps its place when one comes back from a post', async () => {
    const visit = await site.open('/discover/wenshan', { ...PHONE, as: await reader('gitte') });
    const { page } = visit;
    for (let number = 1; number <= 25; number += 1) await mustPublish(lin, 'wenshan', `Notice ${number}`);
    await page.reload();
    await page.getByText('Notice 25', { exact: true }).waitFor();
    const post = page.getByRole('article').filter({ has: page.getByText('Notice 3', { exact: true }) });
    await expect
      .poll(async () => {
        await page.mouse.move(200, 400);
        await page.mouse.wheel(0, 1_500);
        return post.count();
      }, SOON)
      .toBe(1);
    await post.scrollIntoViewIfNeeded();
    const before = await post.boundingBox();
    await post.getByRole('link').click();
    await page.getByRole('button', { name: 'Copy the link' }).waitFor();
    await page.getByRole('button', { name: 'Back' }).click();
    await post.waitFor();
    expect(Math.abs(((await post.boundingBox())?.y ?? 0) - (before?.y ?? 0))).toBeLessThan(4);
    await visit.context.close();
  });

  it('says so when there is no such account or post', async () => {
    const visit = await site.open('/discover/nobody-here', { ...PHONE, as: await reader('heidi') });
    await visit.page.getByText('There is no such account here').waitFor();
    expect(await violations(visit.page)).toEqual([]);
    await visit.page.goto(new URL('/discover/city-hall/$nothing', visit.page.url()).href);
    await visit.page.getByText('This post is not there any more').waitFor();
    expect(await violations(visit.page)).toEqual([]);
    await visit.context.close();
  });
});

describe('every screen', () => {
  it.each(['/following', '/following/city-hall', '/discover', '/discover/wenshan'])(
    '%s is sound in Chinese, in the dark, at 200 %% zoom and in a narrow window',
    async (address) => {
      const as = await reader(`z${address.replaceAll('/', '.')}`, 'city-hall', 'wenshan');
      for (const look of [
        { ...PHONE, theme: 'dark', language: 'zh-CN' },
        { ...DESKTOP, theme: 'light' },
        { width: 640, height: 400 },
        { width: 320, height: 600 },
      ] as const) {
        const visit = await site.open(address, { ...look, as });
        const shown = visit.page.getByRole('article').or(visit.page.getByRole('listitem'));
        await shown.filter({ visible: true }).first().waitFor();
        expect(await faultsOf(visit.page)).toEqual([]);
        expect(visit.complaints).toEqual([]);
        await visit.context.close();
      }
    },
  );
});
