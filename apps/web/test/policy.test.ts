import { readFile } from 'node:fs/promises';
import type { Policy, PolicyKey } from '@byline/protocol/byline/policy.ts';
import { signUp } from '@byline/testkit/person.ts';
import type { Person } from '@byline/testkit/person.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { byline, openAccount, openOffice } from '../../server/test/publisher.ts';
import type { Office } from '../../server/test/publisher.ts';
import { violations } from './accessibility.ts';
import { pictureOfDocument } from './applying.ts';
import { overflow, startSite } from './site.ts';
import type { Look, Site, Visit } from './site.ts';

const DAY = 86_400_000;
const PHONE = { width: 390 } as const;
const DESKTOP = { width: 1280, height: 900 } as const;
const LOOKS: readonly Look[] = [
  { ...PHONE, theme: 'light', language: 'en' },
  { ...PHONE, theme: 'dark', language: 'zh-CN' },
  { ...DESKTOP, theme: 'light', language: 'zh-CN' },
  { ...DESKTOP, theme: 'dark', language: 'en' },
];

let site: Site;
let office: Office;

beforeAll(async () => {
  site = await startSite();
  office = await openOffice(site.server);
});
afterAll(() => site.close());

const open = (address: string, as: Person, look: Look = DESKTOP): Promise<Visit> => site.open(address, { ...look, as });

/** Accessible, within the screen, and without complaint. */
async function expectSound({ page, complaints }: Visit): Promise<void> {
  expect(await violations(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
  expect(complaints).toEqual([]);
}

describe.each(LOOKS)('on $width pixels, $theme, $language', (look) => {
  it.each(['/desk/policy', '/desk/staff', '/desk/register'])('%s is sound', async (address) => {
    const visit = await open(address, office.administrator, look);
    await visit.page.locator(':is(h2, li):visible').first().waitFor();
    await expect.poll(() => visit.page.getByRole('status').count(), { timeout: 10_000 }).toBe(0);
    await expectSound(visit);
    await visit.context.close();
  });
});

const readPolicy = (key: PolicyKey): Promise<Policy> => office.administrator.expectOk.get(byline(`/policy/${key}`));
const readLifetime = (): Promise<Policy> => readPolicy('verification.lifetime');

describe('a policy', () => {
  it('shows whom a change blocks before it is made, is decided for later, and taken back before it begins', async () => {
    const visit = await open('/desk/policy', office.administrator);
    const { page } = visit;
    await page.getByRole('button', { name: 'Change: How long a verification holds' }).click();
    const question = page.getByRole('dialog', { name: 'Change: How long a verification holds' });
    await question.getByRole('textbox', { name: 'How long a verification holds' }).fill('0');
    await question.getByRole('button', { name: 'Decide so' }).click();
    await question.getByText('This policy cannot say that').waitFor();
    await question.getByRole('textbox', { name: 'How long a verification holds' }).fill('20');
    await question.getByRole('radio', { name: /^From a day to come/ }).check();
    await question.getByRole('button', { name: 'Decide so' }).click();
    await question.getByText('Please choose a day to come.').waitFor();
    await question.getByLabel('Day', { exact: true }).fill(dayIn(5));
    await question.getByText('0 public accounts').first().waitFor();
    await question.getByText('Drafts, subscribers and posts stay').waitFor();
    expect(await violations(page)).toEqual([]);
    expect((await readLifetime()).versions).toEqual([]);
    await question.getByRole('button', { name: 'Decide so' }).click();
    await page.getByText('Decided already: 20 days, from').waitFor();
    expect((await readLifetime()).upcoming).toMatchObject([{ value: 20 }]);
    await page.getByText('1 decision').click();
    await page.getByText('by administrator').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Withdraw: 20 days' }).click();
    await page
      .getByText(/^Withdrawn/)
      .first()
      .waitFor();
    expect((await readLifetime()).upcoming).toEqual([]);
    await visit.context.close();
  });

  it('for everyone counts who is not verified', async () => {
    await signUp(site.server, 'unknown');
    const visit = await open('/desk/policy', office.administrator, PHONE);
    const { page } = visit;
    await page.getByRole('radio', { name: /^Everyone/ }).click();
    const question = page.getByRole('dialog', { name: 'Everyone: decide so?' });
    await question
      .getByText(/^[1-9]\d* (?:person|people)/)
      .first()
      .waitFor();
    await expectSound(visit);
    await question.getByRole('button', { name: 'Leave it as it is' }).click();
    await question.waitFor({ state: 'detached' });
    expect(await page.getByRole('radio', { name: /^Everyone/ }).isChecked()).toBe(false);
    expect((await readPolicy('identity.required')).versions).toEqual([]);
    await visit.context.close();
  });
});

describe('the staff', () => {
  it('shows which roles exclude each other, and who gave and took them', async () => {
    const visit = await open('/desk/staff', office.administrator);
    const { page } = visit;
    const administrator = page.getByRole('group', { name: 'administrator' });
    expect(await administrator.getByRole('checkbox', { name: /^Reviewer/ }).isDisabled()).toBe(true);
    expect(await administrator.getByRole('checkbox', { name: /^Custodian/ }).isDisabled()).toBe(true);
    await administrator.getByText('Not together with: Administrator').first().waitFor();
    await page.getByText('rita became Reviewer').waitFor();
    await page.getByRole('textbox', { name: 'Username' }).fill('rita');
    await page.getByRole('radio', { name: /^Custodian/ }).check();
    await page.getByRole('button', { name: 'Give the role' }).click();
    await page.getByText('Nobody has these two roles at once').waitFor();
    await visit.context.close();
  });
});

describe('an account whose verification ends soon', () => {
  let mara: Person;

  beforeAll(async () => {
    mara = await signUp(site.server, 'mara');
    await openAccount(office, mara, 'courier', { approval: { expires: Date.now() + 20 * DAY } });
  });

  it('stands in the register, which is saved as a file', async () => {
    const visit = await open('/desk/register', office.administrator);
    const saving = visit.page.waitForEvent('download');
    await visit.page.getByRole('button', { name: 'Save CSV' }).click();
    const saved = await saving;
    expect(saved.suggestedFilename()).toBe('register.csv');
    expect(await readFile(await saved.path(), 'utf8')).toMatch(
      /^name,handle,kind,category,label,since\r\nThe courier,/,
    );
    await visit.context.close();
  });

  it.each(LOOKS)('has its renewal sound on $width pixels, $theme, $language', async (look) => {
    const visit = await open('/me/accounts/courier/renew', mara, look);
    await visit.page.locator('[data-field="evidence.document-front"]').waitFor();
    expect(await visit.page.getByRole('button', { name: /^(?:Send for review|提交审核)$/ }).count()).toBe(1);
    await expectSound(visit);
    await visit.context.close();
  });

  it('is renewed on one page, on which only who answers for it is written again', async () => {
    const visit = await open('/me/accounts/courier', mara, PHONE);
    const { page } = visit;
    await page.getByText('The verification runs out on').waitFor();
    await expectSound(visit);
    await page.getByRole('link', { name: 'Renew it' }).click();
    await page.getByText('neither this server nor this page can read it').waitFor();
    await page.getByText('All that courier has to say.').waitFor();
    await page.getByRole('button', { name: 'Send for review' }).click();
    await page.getByText('Something is still missing').waitFor();
    expect(await violations(page)).toEqual([]);

    const sent: string[] = [];
    page.on('request', (request) => sent.push(request.postData() ?? ''));
    await page.locator('[data-field="identity.legal_name"] input').fill('Quackenbush Courier BV');
    await page.getByRole('radio', { name: 'Press licence' }).check();
    await page.getByRole('textbox', { name: 'Number of the document' }).fill('PL-1-XQ');
    await page.getByRole('combobox', { name: 'Country that issued it' }).selectOption('Netherlands');
    const picture = await pictureOfDocument(page, 'COURIER');
    await page.locator('[data-field="evidence.document-front"] input[type="file"]').setInputFiles(picture);
    await page.getByText('Sealed and sent').waitFor();
    await page.getByRole('button', { name: 'Send for review' }).click();
    await page.getByText('It is with the reviewers').waitFor();
    await expectSound(visit);
    expect(sent.join('\n')).not.toContain('Quackenbush');
    const { cases } = await office.reviewer.expectOk.get<{ cases: object[] }>(byline('/review/queue'));
    expect(cases).toMatchObject([{ public: { handle: 'courier' }, state: 'submitted' }]);
    await visit.context.close();
  });
});

/** A day to come as a date field takes it. */
const dayIn = (days: number): string => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);
