import type { Application } from '@byline/protocol/byline/applications.ts';
import type { PublicPart } from '@byline/protocol/byline/identity.ts';
import { signUp, type Person } from '@byline/testkit/person.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { draft, type Office, openAccount, openOffice, publicPart, uploadSealed } from '../../server/test/publisher.ts';
import { byline } from '../../server/test/publisher.ts';
import { violations } from './accessibility.ts';
import { type Look, overflow, type Site, startSite, type Visit } from './site.ts';

/** Where the screens are kept for somebody to look at, when they are wanted. */
const SHOTS = process.env['BYLINE_SHOTS'];

const LOOKS: readonly Look[] = [
  { width: 390 },
  { width: 1280, height: 900, theme: 'dark' },
  { width: 390, theme: 'dark', language: 'zh-CN' },
  { width: 1280, height: 900, language: 'zh-CN' },
];

let site: Site;
let office: Office;
let caseId: string;

beforeAll(async () => {
  site = await startSite();
  office = await openOffice(site.server);
  const clara = await signUp(site.server, 'clara');
  await openAccount(office, clara, 'cityhall', {
    kind: 'government',
    name: 'Linden City Hall',
    picture: await uploadDrawn(clara, 240),
    approval: { label: 'government' },
  });
  const mallory = await signUp(site.server, 'mallory');
  const part = publicPart('cityhal', { name: 'Linden C\u0456ty Hall', picture: await uploadDrawn(mallory, 120) });
  const { id } = await draft(office, mallory, part);
  await uploadSealed(office, mallory, id, 'press-licence');
  await mallory.expectOk.post(byline(`/applications/${id}/submit`));
  caseId = id;
});
afterAll(() => site.close());

/** A town hall, drawn by the browser in some size. */
async function uploadDrawn(person: Person, size: number): Promise<PublicPart['picture']> {
  const { page, context } = await site.open('/', { width: size, height: size });
  await page.setContent(
    `<body style="margin: 0; height: 100vh; background: linear-gradient(#9cc4e4 60%, #6b8f5a 60%)">
      <div style="position: absolute; left: 20%; top: 35%; width: 60%; height: 45%; background: #a8473a"></div>
      <div style="position: absolute; left: 42%; top: 10%; width: 16%; height: 70%; background: #f1e3c4"></div></body>`,
  );
  const picture = await page.screenshot({ type: 'png' });
  await context.close();
  const response = await fetch(`${site.server.url}/_matrix/media/v3/upload`, {
    method: 'POST',
    headers: { authorization: `Bearer ${person.token}`, 'content-type': 'image/png' },
    body: new Uint8Array(picture),
  });
  return ((await response.json()) as { content_uri: PublicPart['picture'] }).content_uri;
}

async function expectSound({ page, complaints }: Visit): Promise<void> {
  expect(await violations(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
  expect(complaints.filter((complaint) => !/status of 4\d\d/.test(complaint))).toEqual([]);
}

const nameOf = ({ width, theme = 'light', language = 'en' }: Look): string => `${width}-${theme}-${language}`;

describe('what looks like the account of a case', () => {
  it.each(LOOKS.map((look) => [nameOf(look), look] as const))('%s', async (name, look) => {
    const visit = await site.open(`/desk/case/${caseId}`, { ...look, as: office.reviewer });
    const { page } = visit;
    const isEnglish = look.language === undefined;
    const section = page.getByRole('region', { name: isEnglish ? 'What looks like it' : '与之相像的账号' });
    await section.getByText('@cityhall', { exact: true }).waitFor();
    const reasons = await section.getByRole('listitem').allTextContents();
    expect(reasons).toEqual(
      expect.arrayContaining(
        isEnglish
          ? ['The handle differs in one character', 'The name looks the same', 'The picture is similar']
          : ['账号名只差一个字符', '名称看起来相同', '头像相似'],
      ),
    );
    expect(await section.getByRole('status').textContent()).toContain(isEnglish ? 'Cyrillic' : '西里尔');
    await expect.poll(() => section.getByRole('img').count()).toBe(2);
    await section.scrollIntoViewIfNeeded();
    await expectSound(visit);
    if (SHOTS !== undefined) {
      await section.screenshot({ path: `${SHOTS}/look-alikes-${name}.png` });
      await page.screenshot({ path: `${SHOTS}/case-${name}.png` });
    }
    await visit.context.close();
  });
});

describe('a label', () => {
  it.each(LOOKS.map((look) => [nameOf(look), look] as const))('says what it means: %s', async (name, look) => {
    const reader = await signUp(site.server, `reader-${name.toLowerCase()}`);
    const visit = await site.open('/discover/cityhall', { ...look, as: reader });
    const { page } = visit;
    const isEnglish = look.language === undefined;
    await page
      .getByRole('button', { name: isEnglish ? /what this means/ : /这意味着什么/ })
      .first()
      .click();
    const dialog = page.getByRole('dialog');
    const label = dialog.getByRole('definition').last();
    expect(await label.textContent()).toMatch(
      isEnglish
        ? /^Public authority.*the authority itself says that this account speaks for it/
        : /^政府机构.*该机构的公函/,
    );
    await expectSound(visit);
    if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/label-${name}.png` });
    await visit.context.close();
  });
});

describe('applying for a label', () => {
  it.each(LOOKS.map((look) => [nameOf(look), look] as const))(
    'its evidence is sealed and sent: %s',
    async (name, look) => {
      const person = await signUp(site.server, `applicant-${name.toLowerCase()}`);
      const { id } = await draft(office, person, publicPart(`paper-${name.toLowerCase()}`));
      const visit = await site.open(`/me/apply/${id}/document`, { ...look, as: person });
      const { page } = visit;
      const isEnglish = look.language === undefined;
      await page.getByText(isEnglish ? 'A label that readers rely on' : '读者可以信赖的标注').click();
      const field = page.locator('[data-field="evidence.press-licence"]');
      await field.locator('input[type="file"]').setInputFiles({
        name: 'licence.png',
        mimeType: 'image/png',
        buffer: await page.screenshot({ type: 'png' }),
      });
      await field.getByText(isEnglish ? 'Sealed and sent' : '已密封').waitFor();
      const { evidence } = await person.expectOk.get<Application>(byline(`/applications/${id}`));
      expect(evidence.map(({ piece }) => piece)).toContain('press-licence');
      await expectSound(visit);
      if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/apply-${name}.png`, fullPage: true });
      await visit.context.close();
    },
  );
});
