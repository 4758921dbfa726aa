import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** What somebody answers in the form. */
export interface Answers {
  readonly kind: string;
  readonly name: string;
  readonly handle: string;
  readonly category: string;
  readonly description: string;
  readonly identity: IdentityAnswers;
  /** Path of the picture of the document. */
  readonly document: string;
}

export interface IdentityAnswers {
  readonly nameLabel: string;
  readonly legalName: string;
  readonly document: string;
  readonly number: string;
  readonly country: string;
}

export const MUSEUM: Omit<Answers, 'document'> = {
  kind: 'A public authority',
  name: 'Harbour Museum',
  handle: 'harbour-museum',
  category: 'Culture',
  description: 'Ships, nets and what the sea gave back.',
  identity: {
    nameLabel: 'Official name of the authority',
    legalName: 'Stichting Quackenbush Havenmuseum',
    document: 'Official letter',
    number: 'OL-2026-118-XQ',
    country: 'Netherlands',
  },
};

/** What comes by itself comes within this time, also on a busy machine. */
export const SOON = { timeout: 10_000 } as const;

export const stepHeading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });
const goOn = (page: Page): Promise<void> => page.getByRole('button', { name: 'Continue' }).click();

/** A real picture of a document: a JPEG that the browser itself drew, in a folder of its own. */
export async function pictureOfDocument(page: Page, text: string): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'byline-document-')), 'document.jpg');
  const paper = await page.context().newPage();
  await paper.setViewportSize({ width: 800, height: 500 });
  await paper.setContent(
    `<body style="margin: 0; padding: 40px; background: #f4eeda; font: 32px serif">${text}</body>`,
  );
  await paper.screenshot({ path, type: 'jpeg' });
  await paper.close();
  return path;
}

/** Begins an application and fills in every step up to the last. */
export async function fillIn(page: Page, answers: Answers): Promise<void> {
  await page.getByRole('button', { name: 'Begin' }).click();
  await stepHeading(page, 'Who speaks').waitFor();
  await page.getByRole('radio', { name: answers.kind }).check();
  await goOn(page);
  await stepHeading(page, 'Name and handle').waitFor();
  await page.getByRole('textbox', { name: 'Name' }).fill(answers.name);
  await page.getByRole('textbox', { name: 'Handle' }).fill(answers.handle);
  await page.getByText('It is free').waitFor();
  await goOn(page);
  await stepHeading(page, 'What it is about').waitFor();
  await page.getByRole('combobox', { name: 'What is it about?' }).selectOption(answers.category);
  await page.getByRole('textbox', { name: 'Description' }).fill(answers.description);
  await goOn(page);
  await writeIdentity(page, answers.identity);
  await goOn(page);
  await addDocument(page, answers.document);
  await goOn(page);
  await stepHeading(page, 'Look it over and send').waitFor();
}

export async function writeIdentity(page: Page, identity: IdentityAnswers): Promise<void> {
  await stepHeading(page, 'Who answers for it').waitFor();
  await page.getByRole('textbox', { name: identity.nameLabel }).fill(identity.legalName);
  await page.getByRole('radio', { name: identity.document }).check();
  await page.getByRole('textbox', { name: 'Number of the document' }).fill(identity.number);
  await page.getByRole('combobox', { name: 'Country that issued it' }).selectOption(identity.country);
}

export async function addDocument(page: Page, path: string): Promise<void> {
  await stepHeading(page, 'The document').waitFor();
  await page.locator('[data-field="evidence.document-front"] input[type="file"]').setInputFiles(path);
  await page.getByText('Sealed and sent').waitFor();
}

export async function send(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Send (?:for review|again)$/ }).click();
  await page.getByText('Your application is with the reviewers').waitFor();
}

export interface Key {
  /** Path of the saved file. */
  readonly file: string;
  readonly passphrase: string;
}

/** Makes the reviewers' key: a passphrase, the file, and the proof that the file opens. */
export async function makeKey(page: Page, passphrase: string, beforeOpening = async () => {}): Promise<Key> {
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.getByLabel('The same once more').fill(passphrase);
  await page.getByRole('button', { name: 'Make the key' }).click();
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save the file' }).click({ timeout: 30_000 });
  const saved = await saving;
  const file = join(await mkdtemp(join(tmpdir(), 'byline-key-')), saved.suggestedFilename());
  await saved.saveAs(file);
  await beforeOpening();
  await page.getByLabel('The saved key file').setInputFiles(file);
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.getByRole('button', { name: 'Open it and use this key' }).click();
  await page.getByText('The key is in use').waitFor({ timeout: 30_000 });
  return { file, passphrase };
}

/** Takes the case that is open, and opens what is sealed in it. */
export async function takeAndOpen(page: Page, key: Key): Promise<void> {
  await page.getByRole('button', { name: 'Take this case' }).click();
  await page.getByText('This case is yours').waitFor();
  await unlock(page, key);
}

/** Opens the reviewers' key file, and waits until what it opens is there. */
export async function unlock(page: Page, key: Key): Promise<void> {
  await openKeyFile(page, key);
  await page.getByRole('toolbar', { name: 'Look closely' }).waitFor({ timeout: 30_000 });
}

export async function openKeyFile(page: Page, { file, passphrase }: Key): Promise<void> {
  await page.getByLabel('Key file').setInputFiles(file);
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.getByRole('button', { name: 'Open', exact: true }).click();
}

/** Decides the case that is open, with a reason. */
export async function decide(page: Page, button: string, reason: string): Promise<void> {
  const bar = page.getByRole('group', { name: 'Decision' });
  await bar.getByRole('button', { name: button }).click();
  const form = page.getByRole('form', { name: button });
  await form.getByRole('textbox').first().fill(reason);
  await form.getByRole('button', { name: button }).click();
  await form.waitFor({ state: 'detached' });
}
