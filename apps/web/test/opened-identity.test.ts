import { signUp } from '@byline/testkit/person.ts';
import type { Person } from '@byline/testkit/person.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { approveSealed, fileOrder, hireCustodian, installCustodians } from '../../server/test/custody.ts';
import { applyPersonally, openOffice } from '../../server/test/publisher.ts';
import { violations } from './accessibility.ts';
import { SOON } from './applying.ts';
import { overflow, startSite } from './site.ts';
import type { Site } from './site.ts';

const LOOKS = [
  { width: 390, theme: 'light', language: 'en' },
  { width: 390, theme: 'dark', language: 'zh-CN' },
  { width: 1280, theme: 'dark', language: 'en' },
] as const;

let site: Site;
let ada: Person;
let keepers: readonly string[];

beforeAll(async () => {
  site = await startSite();
  const office = await openOffice(site.server);
  ada = await signUp(site.server, 'ada');
  const [kim, lea, max] = await Promise.all(['kim', 'lea', 'max'].map((name) => hireCustodian(office, name)));
  if (!kim || !lea || !max) throw new Error('There are too few custodians.');
  keepers = [kim, lea, max].map(({ person }) => person.name);
  await installCustodians(office.administrator, [kim, lea, max]);
  await approveSealed(office, await applyPersonally(office, ada));
  const order = await fileOrder(office.administrator, Date.now(), { scope: { user_id: ada.userId } });
  const { opening } = await kim.browser.ask(order.content.id, ['legal_name']);
  await lea.browser.join(opening);
});
afterAll(() => site.close());

it.each(LOOKS)('who was opened reads by whose order, and not by whom: $width px, $theme, $language', async (look) => {
  const { page, context, complaints } = await site.open('/me/identity', { ...look, as: ada });
  const pane = page.locator('section[aria-label]').last();
  await pane.getByText('District court of Amsterdam').waitFor(SOON);
  await pane.getByText('Article 126n').waitFor();
  await pane.getByText(look.language === 'en' ? 'Legal name' : '真实姓名', { exact: true }).waitFor();
  expect(await pane.getByText(look.language === 'en' ? 'Country' : '国家或地区', { exact: true }).count()).toBe(0);
  const shown = await pane.innerText();
  for (const name of keepers) expect(shown).not.toContain(name);
  expect(await violations(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
  expect(complaints).toEqual([]);
  await context.close();
});

it('who was not opened reads just that', async () => {
  const bob = await signUp(site.server, 'bob');
  const { page, context, complaints } = await site.open('/me/identity', { width: 390, as: bob });
  await page.getByText('Your identity was not opened').waitFor(SOON);
  expect(await page.getByText('District court of Amsterdam').count()).toBe(0);
  expect(await page.getByText('Legal name', { exact: true }).count()).toBe(0);
  expect(await violations(page)).toEqual([]);
  expect(complaints).toEqual([]);
  await context.close();
});
