import { signUp } from '@byline/testkit/person.ts';
import type { Person } from '@byline/testkit/person.ts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apply, byline, mustPublish, openAccount, openOffice, publicPart } from '../../server/test/publisher.ts';
import type { Office } from '../../server/test/publisher.ts';
import { violations } from './accessibility.ts';
import { pictureOfDocument, SOON, stepHeading } from './applying.ts';
import { overflow, startSite } from './site.ts';
import type { Site, Visit } from './site.ts';

const PHONE = { width: 390 } as const;
const DESKTOP = { width: 1280, height: 900 } as const;

let site: Site;
let office: Office;
let mara: Person;

beforeAll(async () => {
  site = await startSite();
  office = await openOffice(site.server);
  mara = await signUp(site.server, 'mara');
  await openAccount(office, mara, 'city-hall', { kind: 'government', name: 'Harbour City Hall' });
});
afterAll(() => site.close());

async function expectSound({ page, complaints }: Visit): Promise<void> {
  expect(await violations(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
  expect(complaints).toEqual([]);
}

const open = (address: string, as: Person, look: typeof PHONE | typeof DESKTOP = PHONE) =>
  site.open(address, { ...look, as });
const text = (page: Page) => page.getByRole('textbox', { name: 'Text of the post' });
const caption = (page: Page) => page.getByRole('textbox', { name: 'What is to be seen or heard' });
const publish = (page: Page) => page.getByRole('button', { name: 'Publish', exact: true });
const article = (page: Page, words: string) => page.getByRole('article').filter({ hasText: words });

interface Posts {
  readonly posts: readonly { readonly content: Readonly<Record<string, unknown>>; readonly edited_at?: number }[];
}
const posts = async (): Promise<Posts['posts']> =>
  (await mara.expectOk.get<Posts>(byline('/accounts/city-hall/posts'))).posts;

describe('writing as an account', () => {
  it('says all the while that it is the account that speaks, and shows a post as readers will see it', async () => {
    const visit = await open('/me/accounts', mara);
    const { page } = visit;
    await page.getByRole('link', { name: /Harbour City Hall/ }).click();
    await stepHeading(page, 'Speaking as Harbour City Hall').waitFor();
    await page.getByText('Public: anybody can read what you publish. It is not encrypted.').waitFor();
    expect(await publish(page).isDisabled()).toBe(true);
    await text(page).fill('The market moves');
    await text(page).selectText();
    await page.getByRole('button', { name: 'Heading', exact: true }).click();
    await page.keyboard.press('End');
    await page.keyboard.type('\n\nFrom June it is in Mill Lane.');
    expect(await text(page).inputValue()).toBe('# The market moves\n\nFrom June it is in Mill Lane.');
    await expectSound(visit);

    await page.reload();
    await expect.poll(() => text(page).inputValue(), SOON).toContain('# The market moves');
    await page.getByRole('tab', { name: 'Preview' }).click();
    await page.getByRole('heading', { name: 'The market moves' }).waitFor();
    await expectSound(visit);
    await publish(page).click();
    await article(page, 'From June it is in Mill Lane.').waitFor();
    expect((await posts())[0]?.content).toMatchObject({
      msgtype: 'm.text',
      formatted_body: '<h2>The market moves</h2><p>From June it is in Mill Lane.</p>',
    });
    await page.getByRole('tab', { name: 'Write' }).click();
    expect(await text(page).inputValue()).toBe('');
    await expectSound(visit);
    await visit.context.close();
  });

  it('publishes pictures, one post each, the words with the first', async () => {
    const visit = await open('/me/accounts/city-hall', mara, DESKTOP);
    const { page } = visit;
    await text(page).waitFor();
    const files = [await pictureOfDocument(page, 'one'), await pictureOfDocument(page, 'two')];
    await page.getByLabel('Picture files').setInputFiles(files);
    await page.getByText('These become 2 posts').waitFor();
    await caption(page).fill('The new pier');
    await expectSound(visit);
    await publish(page).click();
    await page.getByRole('figure', { name: 'The new pier' }).or(article(page, 'The new pier')).first().waitFor();
    const [second, first] = await posts();
    expect(first?.content).toMatchObject({ msgtype: 'm.image', body: 'The new pier', info: { w: 800, h: 500 } });
    expect(second?.content).toMatchObject({ msgtype: 'm.image', body: 'document.jpg' });
    const shown = page.getByRole('img', { name: /Picture document/ });
    await expect.poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth), SOON).toBe(800);
    await expectSound(visit);
    await visit.context.close();
  });

  it('publishes nothing twice when the way breaks in between', async () => {
    const visit = await open('/me/accounts/city-hall', mara, DESKTOP);
    const { page } = visit;
    await text(page).fill('Said once');
    let isBroken = true;
    await page.route(/\/accounts\/city-hall\/posts$/, async (route) => {
      if (!isBroken || route.request().method() !== 'POST') return route.continue();
      isBroken = false;
      await route.fetch();
      return route.abort();
    });
    await publish(page).click();
    await page.getByRole('alert').getByText('The server cannot be reached').waitFor();
    expect(await text(page).inputValue()).toBe('Said once');
    await publish(page).click();
    await article(page, 'Said once').waitFor();
    expect((await posts()).filter(({ content }) => content['body'] === 'Said once')).toHaveLength(1);
    await visit.context.close();
  });

  it('changes the words of a post and deletes it, after a question', async () => {
    await mustPublish(mara, 'city-hall', 'Water is of tonight.');
    const visit = await open('/me/accounts/city-hall', mara);
    const { page } = visit;
    const menuOf = (words: string) =>
      article(page, words).getByRole('button', { name: 'Change or delete this post' }).click();
    await menuOf('Water is of tonight.');
    await page.getByRole('menuitem', { name: 'Change the text' }).click();
    await expect.poll(() => text(page).inputValue(), SOON).toBe('Water is of tonight.');
    await text(page).fill('Water is off tonight.');
    await expectSound(visit);
    await page.getByRole('button', { name: 'Save the change' }).click();
    await article(page, 'Water is off tonight.').getByText('changed').waitFor();
    expect((await posts())[0]).toMatchObject({
      content: { body: 'Water is off tonight.' },
      edited_at: expect.any(Number),
    });

    await menuOf('Water is off tonight.');
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByText('This cannot be undone').waitFor();
    await expectSound(visit);
    await page.getByRole('button', { name: 'Delete the post' }).click();
    await article(page, 'Water is off tonight.').waitFor({ state: 'detached' });
    expect(JSON.stringify(await posts())).not.toContain('Water is off');
    await visit.context.close();
  });
});

describe('who may not publish', () => {
  it('is told that a reviewer has to approve first', async () => {
    const theo = await signUp(site.server, 'theo');
    await apply(office, theo, publicPart('night-radio', { name: 'Night Radio' }));
    const visit = await open('/me/accounts/night-radio', theo);
    await visit.page.getByText('This account may not publish now').waitFor();
    expect(await text(visit.page).count()).toBe(0);
    await expectSound(visit);
    await visit.page.getByRole('link', { name: 'See where it stands' }).click();
    await visit.page.getByText('Your application is with the reviewers').waitFor();
    await visit.context.close();
  });

  it('keeps what was written when the right to publish ends meanwhile', async () => {
    const visit = await open('/me/accounts/city-hall', mara);
    const { page } = visit;
    await text(page).fill('Too late');
    await page.route(/\/accounts\/city-hall\/posts$/, (route) =>
      route.request().method() === 'POST'
        ? route.fulfill({ status: 403, json: { errcode: 'BYLINE_NOT_QUALIFIED', error: 'It has run out.' } })
        : route.continue(),
    );
    await publish(page).click();
    await page.getByRole('alert').getByText('Its verification has run out').waitFor();
    expect(await text(page).inputValue()).toBe('Too late');
    expect(await violations(page)).toEqual([]);
    await visit.context.close();
  });

  it('is led to open an account when there is none', async () => {
    const visit = await open('/me/accounts', await signUp(site.server, 'nobody'));
    await visit.page.getByText('You have no public account').waitFor();
    await expectSound(visit);
    await visit.page.getByRole('link', { name: 'Open a public account' }).click();
    await stepHeading(visit.page, 'Open a public account').waitFor();
    await expectSound(visit);
    expect(new URL(visit.page.url()).pathname).toBe('/me/apply');
    await visit.context.close();
  });
});
