import { createKeyPair } from '@byline/core/sealing/sealing-key.ts';
import { signUp } from '@byline/testkit/person.ts';
import type { Person } from '@byline/testkit/person.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { apply, byline, hireReviewer, openOffice, publicPart } from '../../server/test/publisher.ts';
import type { Office } from '../../server/test/publisher.ts';
import { violations } from './accessibility.ts';
import {
  addDocument,
  decide,
  fillIn,
  type Key,
  MUSEUM,
  openKeyFile,
  pictureOfDocument,
  send,
  SOON,
  stepHeading,
  takeAndOpen,
  unlock,
  writeIdentity,
} from './applying.ts';
import { expectSound, openCase, PASSPHRASE, saveKeyFile } from './reviewing.ts';
import { startSite } from './site.ts';
import type { Site, Visit } from './site.ts';

const PHONE = { width: 390 } as const;
const DESKTOP = { width: 1280, height: 900 } as const;

let site: Site;
let office: Office;
let key: Key;
let rita: Person;
let rob: Person;
let mara: Person;
let maras: Visit;

beforeAll(async () => {
  site = await startSite();
  office = await openOffice(site.server);
  key = await saveKeyFile(office.key, PASSPHRASE);
  rita = office.reviewer;
  rob = await hireReviewer(site.server, office.administrator, 'rob');
  mara = await signUp(site.server, 'mara');
  maras = await open('/me/apply', mara);
});
afterAll(() => site.close());

const open = (address: string, as: Person, look: typeof PHONE | typeof DESKTOP = PHONE) =>
  site.open(address, { ...look, as });

const take = ({ page }: Visit) => page.getByRole('button', { name: 'Take this case' });

it('names what is missing and leads there, keeps what was written over a reload, and sends', async () => {
  const { page } = maras;
  await page.getByRole('button', { name: 'Begin' }).click();
  await stepHeading(page, 'Who speaks').waitFor();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByText('Please choose who speaks').waitFor();
  await expectSound(maras);
  await page.getByRole('radio', { name: MUSEUM.kind }).check();
  await page.getByRole('button', { name: 'Continue' }).click();

  const handle = page.getByRole('textbox', { name: 'Handle' });
  await page.getByRole('textbox', { name: 'Name' }).fill(MUSEUM.name);
  await handle.fill('Harbour Museum');
  await page.getByText('Only the letters a to z').waitFor();
  await handle.fill('reviewers');
  await page.getByText('could be taken for the provider itself').waitFor();
  await handle.fill(MUSEUM.handle);
  await page.getByText('It is free').waitFor();
  await expectSound(maras);
  await page.getByText('Saved', { exact: true }).waitFor();

  await page.reload();
  await expect.poll(() => handle.inputValue(), SOON).toBe(MUSEUM.handle);
  await page.getByRole('link', { name: /^Look it over and send/ }).click();
  await page.getByRole('heading', { name: '7 things are still missing' }).waitFor();
  expect(await page.getByRole('button', { name: 'Send for review' }).isDisabled()).toBe(true);
  await expectSound(maras);

  await page.getByRole('link', { name: 'Description', exact: true }).click();
  const description = page.getByRole('textbox', { name: 'Description' });
  await expect.poll(() => description.evaluate((element) => element === document.activeElement), SOON).toBe(true);
  await page.keyboard.type(MUSEUM.description);
  await page.getByRole('combobox', { name: 'What is it about?' }).selectOption(MUSEUM.category);
  await page.getByRole('button', { name: 'Continue' }).click();
  await writeIdentity(page, MUSEUM.identity);
  await page.getByText('Only in this page so far').waitFor();
  await expectSound(maras);
  await page.getByRole('button', { name: 'Continue' }).click();
  await addDocument(page, await pictureOfDocument(page, 'HARBOUR MUSEUM, No. OL-2026-118'));
  await expectSound(maras);
  await page.getByRole('button', { name: 'Continue' }).click();
  await stepHeading(page, 'Look it over and send').waitFor();
  await expectSound(maras);
  await send(page);
  await expectSound(maras);
});

it('is read by one reviewer at a time, in their browser, with the right key and passphrase', async () => {
  const visit = await open('/desk', rita, DESKTOP);
  const { page } = visit;
  await openCase(page, MUSEUM.name);
  await page.getByRole('button', { name: 'Take this case' }).waitFor();
  await expectSound(visit);
  await page.keyboard.press('c');
  await page.getByText('This case is yours').waitFor();
  expect(await page.getByRole('button', { name: 'Approve' }).isDisabled()).toBe(true);

  const others = await open('/desk', rob);
  await openCase(others.page, MUSEUM.name);
  await others.page.getByText('rita has this case').waitFor();
  expect(await others.page.getByText(MUSEUM.identity.legalName).count()).toBe(0);
  await expectSound(others);
  await others.context.close();

  await openKeyFile(page, { ...key, passphrase: 'another passphrase' });
  await page.getByText('The passphrase is wrong').waitFor({ timeout: 30_000 });
  await expectSound(visit);
  await openKeyFile(page, await saveKeyFile(await createKeyPair(), PASSPHRASE));
  await page.getByText('the case was sealed to another key').waitFor({ timeout: 30_000 });
  await unlock(page, key);
  await page.getByText(MUSEUM.identity.legalName).waitFor();
  await page.getByText(MUSEUM.identity.number).waitFor();
  const picture = page.getByRole('img', { name: 'Picture of the document' });
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth), SOON).toBe(800);
  await expectSound(visit);

  await page.getByRole('button', { name: 'Larger' }).click();
  await page.getByText('150%').waitFor();
  await page.getByRole('button', { name: 'Turn' }).click();
  expect(await picture.evaluate((image) => image.style.transform)).toBe('rotate(90deg)');

  await page.keyboard.press('l');
  await page.getByLabel('Key file').waitFor();
  expect(await page.getByText(MUSEUM.identity.legalName).count()).toBe(0);
  await unlock(page, key);
  await page.getByRole('link', { name: 'Me', exact: true }).click();
  await page.getByRole('link', { name: 'Desk', exact: true }).click();
  await openCase(page, MUSEUM.name);
  await page.getByLabel('Key file').waitFor();
  await unlock(page, key);
  await page.keyboard.press('h');
  const reason = page.getByRole('form', { name: 'Ask for changes' });
  await reason.getByRole('button', { name: 'Ask for changes' }).click();
  await page.getByText('A decision is never one word').waitFor();
  await expectSound(visit);
  await reason.getByRole('button', { name: 'Picture not legible' }).click();
  await reason.getByRole('button', { name: 'Ask for changes' }).click();
  await page.getByText('The applicant reads now what you ask for').waitFor();
  await visit.context.close();
});

it('comes back with what is asked for, and is sent again without writing anything anew', async () => {
  const { page } = maras;
  await page.getByText('Something has to be changed').waitFor();
  await page.getByText('cannot be read in all places').first().waitFor();
  await expectSound(maras);
  await page.getByRole('link', { name: 'Make the changes' }).click();
  await stepHeading(page, 'Look it over and send').waitFor();
  await page.getByText('What the reviewer asked for').waitFor();
  await page.getByRole('link', { name: 'The document: change' }).click();
  await addDocument(page, await pictureOfDocument(page, 'HARBOUR MUSEUM, sharper'));
  await page.getByRole('button', { name: 'Continue' }).click();
  await send(page);
  expect(await page.getByText('You sent it for review').count()).toBe(2);
});

it('is approved, which the applicant reads at once, and may then publish', async () => {
  const visit = await open('/desk', rob, DESKTOP);
  const { page } = visit;
  await openCase(page, MUSEUM.name);
  await takeAndOpen(page, key);
  await decide(page, 'Approve', 'The letter and the name fit together.');
  await visit.context.close();
  await maras.page.getByText('Your account may publish').waitFor();
  await maras.page.getByText('The letter and the name fit together.').first().waitFor();
  await expectSound(maras);
  await maras.page.getByRole('link', { name: 'Write as the account' }).click();
  await maras.page.getByRole('textbox', { name: 'Text of the post' }).fill('The doors are open.');
  await maras.page.getByRole('button', { name: 'Publish', exact: true }).click();
  await maras.page.getByRole('article').getByText('The doors are open.').waitFor();
  await expectSound(maras);
  const { body } = await mara.get(byline(`/accounts/${MUSEUM.handle}/posts`));
  expect(JSON.stringify(body)).toContain('The doors are open.');
});

it('is refused with a reason, how long that holds and what one can do; another is withdrawn', async () => {
  const lin = await signUp(site.server, 'lin');
  const visit = await open('/me/apply', lin);
  const { page } = visit;
  const answers = { ...MUSEUM, name: '文山区政府', handle: 'wenshan' };
  await fillIn(page, { ...answers, document: await pictureOfDocument(page, '文山') });
  await send(page);
  const desk = await open('/desk', rita, DESKTOP);
  await openCase(desk.page, answers.name);
  await takeAndOpen(desk.page, key);
  await decide(desk.page, 'Refuse', 'The letter names the library, not the district.');
  await desk.context.close();
  await page.getByText('Your application was refused').waitFor();
  await page.getByText('The letter names the library').first().waitFor();
  await page.getByText('How long this holds').waitFor();
  await page.getByText('If you think this is wrong').waitFor();
  await expectSound(visit);

  await page.getByRole('link', { name: 'Begin a new application' }).click();
  await fillIn(page, { ...answers, document: await pictureOfDocument(page, '文山') });
  await send(page);
  await page.getByRole('button', { name: 'Withdraw' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click();
  await page.getByText('You have withdrawn this application').waitFor();
  expect(await page.getByRole('button', { name: 'Withdraw' }).count()).toBe(0);
  await visit.context.close();
});

it('nobody decides on themselves', async () => {
  await apply(office, rita, publicPart('rita-bakes', { name: 'Rita bakes' }));
  const visit = await open('/desk', rita, DESKTOP);
  await openCase(visit.page, 'Rita bakes');
  await visit.page.getByText('This case concerns you').waitFor();
  expect(await visit.page.getByRole('button', { name: 'Take this case' }).count()).toBe(0);
  await expectSound(visit);
  await visit.context.close();
});

it('tells gently when a colleague was quicker', async () => {
  const eva = await signUp(site.server, 'eva');
  const { id } = await apply(office, eva, publicPart('eva-news', { name: 'Eva’s news' }));
  const visit = await open(`/desk/case/${id}`, rita, DESKTOP);
  await visit.page.getByRole('button', { name: 'Take this case' }).waitFor();
  await rob.expectOk.post(byline(`/review/cases/${id}/claim`));
  await visit.page.getByRole('button', { name: 'Take this case' }).click();
  await visit.page.getByText('Meanwhile somebody else has taken').waitFor();
  await visit.page.getByText('rob has this case').waitFor();
  expect(await violations(visit.page)).toEqual([]);
  await visit.context.close();
});

it('takes two where people rely on it: one of two gets it, asks, is answered and proposes, the other confirms', async () => {
  const nina = await signUp(site.server, 'nina');
  const clinic = publicPart('harbour-clinic', { name: 'Harbour Clinic', category: 'health' });
  const { id } = await apply(office, nina, clinic);
  const ninas = await open(`/me/apply/${id}`, nina);
  await ninas.page.getByText('two reviewers must agree').waitFor();
  await expectSound(ninas);
  const desks = [await open(`/desk/case/${id}`, rita, DESKTOP), await open(`/desk/case/${id}`, rob, PHONE)] as const;
  await Promise.all(desks.map((desk) => take(desk).waitFor()));
  await Promise.all(desks.map((desk) => take(desk).click()));
  await Promise.all(desks.map(({ page }) => page.getByText(/This case is yours|has this case/).waitFor()));
  const isFirst = await Promise.all(desks.map(({ page }) => page.getByText('This case is yours').count()));
  expect(isFirst.toSorted((one, other) => one - other)).toEqual([0, 1]);
  const [first, second] = isFirst[0] === 1 ? desks : ([desks[1], desks[0]] as const);
  for (const desk of desks) await expectSound(desk);

  await first.page.keyboard.press('q');
  const question = first.page.getByRole('form', { name: 'Ask the applicant' });
  await question.getByText('This is not sealed').waitFor();
  await expectSound(first);
  await question.getByRole('button', { name: 'Your role' }).click();
  await question.getByRole('textbox').fill('Since when?');
  await question.getByRole('button', { name: 'Ask the applicant' }).click();
  await ninas.page.getByText('Since when?').waitFor();
  await ninas.page.getByText('In which role do you speak').first().waitFor();
  await expectSound(ninas);
  await ninas.page.getByRole('textbox', { name: 'Your answer' }).fill('Head nurse Quackenbush, since May.');
  await ninas.page.getByRole('button', { name: 'Answer', exact: true }).click();
  await ninas.page.getByText('You answered, sealed').waitFor();

  await first.page.goto(new URL(`/desk/case/${id}`, first.page.url()).href);
  await take(first).click();
  await openKeyFile(first.page, key);
  await first.page.getByText('Head nurse Quackenbush').waitFor({ timeout: 30_000 });
  await expectSound(first);
  await decide(first.page, 'Propose to approve', 'The register has it.');
  await ninas.page.getByText('It waits for a second reviewer').waitFor(SOON);
  expect(await ninas.page.getByText('The register has it.').count()).toBe(0);

  await second.page.reload();
  await take(second).click();
  await second.page.getByText('The register has it.').first().waitFor();
  await openKeyFile(second.page, key);
  const confirm = second.page.getByRole('button', { name: 'Confirm and approve' });
  await expect.poll(() => confirm.isEnabled(), { timeout: 30_000 }).toBe(true);
  await expectSound(second);
  await confirm.click();
  await ninas.page.getByText('Your account may publish').waitFor();
  await ninas.page.getByText('The register has it.').first().waitFor();
  for (const visit of [ninas, first, second]) await visit.context.close();
});

it('goes by keyboard, with the letters named and turned off where one wants', async () => {
  const visit = await open('/desk', rob, DESKTOP);
  const { page } = visit;
  await page.getByRole('link', { name: /Rita bakes/ }).waitFor();
  await page.keyboard.press('j');
  await expect.poll(() => new URL(page.url()).pathname, SOON).toMatch(/^\/desk\/case\//);
  const first = page.url();
  await page.keyboard.press('j');
  await expect.poll(() => page.url(), SOON).not.toBe(first);
  await page.keyboard.press('k');
  await expect.poll(() => page.url(), SOON).toBe(first);
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'By keyboard' }).waitFor();
  await expectSound(visit);
  await page.getByRole('switch', { name: 'Use these letters' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('j');
  await page.keyboard.press('?');
  expect(page.url()).toBe(first);
  expect(await page.getByRole('dialog').count()).toBe(0);
  await visit.context.close();
});
