import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { violations } from './accessibility.ts';
import { act, log, twoPeople } from './people.ts';
import { overflow, startSite } from './site.ts';
import type { Site } from './site.ts';
import { encryptedTalk } from './trust.ts';

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

interface Question {
  readonly question: string;
  readonly options: readonly string[];
  readonly several?: boolean;
  readonly atEnd?: boolean;
}

const openForm = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Add a picture, a file or a poll' }).click();
  await page.getByRole('menuitem', { name: 'Poll' }).click();
  await page.getByRole('dialog', { name: 'Make a poll' }).waitFor();
};

/** Makes a poll, as somebody does. */
async function ask(page: Page, { question, options, several, atEnd }: Question): Promise<void> {
  await openForm(page);
  const dialog = page.getByRole('dialog', { name: 'Make a poll' });
  await dialog.getByRole('textbox', { name: 'Question' }).fill(question);
  for (const [index, option] of options.entries()) {
    if (index > 1) await dialog.getByRole('button', { name: 'Add an option' }).click();
    await dialog.getByRole('textbox', { name: `Option ${index + 1}` }).fill(option);
  }
  if (several) await dialog.getByRole('switch', { name: 'Several answers' }).click();
  if (atEnd) await dialog.getByRole('switch', { name: 'Results at the end' }).click();
  await dialog.getByRole('button', { name: 'Send the poll' }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** The message that asks. */
const poll = (page: Page, question: string) =>
  log(page)
    .getByRole('group')
    .filter({ has: page.locator('fieldset').filter({ hasText: question }) })
    .first();
const option = (page: Page, question: string, text: string) =>
  poll(page, question).locator('label').filter({ hasText: text });

describe('polls', () => {
  it('is asked, answered, changed, and ended; all see the same', async () => {
    const { anna, ben, close } = await twoPeople(site);
    await openForm(anna.page);
    await anna.page.getByRole('button', { name: 'Send the poll' }).click();
    await anna.page.getByText('Please write what you would like to ask.').waitFor();
    await anna.page.getByText('Please write at least two different options.').waitFor();
    expect(await violations(anna.page)).toEqual([]);
    await anna.page.keyboard.press('Escape');
    await ask(anna.page, { question: 'What shall we sow', options: ['Beans', 'Peas', 'Kale'] });

    // The keyboard alone: through the options, and to the button.
    const group = ben.page.getByRole('radiogroup', { name: 'What shall we sow' });
    await group.getByRole('radio', { name: 'Beans' }).focus();
    await ben.page.keyboard.press('ArrowDown');
    expect(await group.getByRole('radio', { name: 'Peas' }).isChecked()).toBe(true);
    await ben.page.keyboard.press('Tab');
    await ben.page.keyboard.press('Enter');
    await option(anna.page, 'What shall we sow', 'Peas').getByText('1 vote').waitFor();
    await poll(anna.page, 'What shall we sow').getByText('1 person has answered').waitFor();

    await option(ben.page, 'What shall we sow', 'Kale').click();
    await poll(ben.page, 'What shall we sow').getByRole('button', { name: 'Change your answer' }).click();
    await option(anna.page, 'What shall we sow', 'Kale').getByText('1 vote').waitFor();
    await option(anna.page, 'What shall we sow', 'Peas').getByText('0 votes').waitFor();

    await poll(anna.page, 'What shall we sow').getByRole('button', { name: 'Who has answered' }).click();
    const who = anna.page.getByRole('dialog', { name: 'Who has answered' });
    await who.getByText('Kale: Ben').waitFor();
    await who.getByText('Not yet answered: Anna').waitFor();
    expect(await violations(anna.page)).toEqual([]);
    await anna.page.keyboard.press('Escape');
    expect([await violations(anna.page), await violations(ben.page)]).toEqual([[], []]);
    expect([await overflow(anna.page), await overflow(ben.page)]).toEqual([0, 0]);

    // Who has asked may end it; in direct talk the other one may, too.
    await poll(anna.page, 'What shall we sow').getByRole('button', { name: 'End the poll' }).click();
    await anna.page.getByRole('dialog').getByRole('button', { name: 'End it' }).click();
    await poll(ben.page, 'What shall we sow').getByText('This poll has ended.').waitFor();
    await ben.page.getByText('Anna ended the poll “What shall we sow”').waitFor();
    expect(await option(ben.page, 'What shall we sow', 'Kale').textContent()).toContain('1 vote, most votes');
    expect(await poll(ben.page, 'What shall we sow').getByRole('radio').count()).toBe(0);
    expect([await violations(anna.page), await violations(ben.page)]).toEqual([[], []]);
    // What was answered before one came is fetched.
    await anna.page.reload();
    await option(anna.page, 'What shall we sow', 'Kale').getByText('1 vote, most votes').waitFor();
    expect([anna.complaints, ben.complaints]).toEqual([[], []]);
    await close();
  });

  it('with several answers and results at the end, on a phone; the list says what was asked', async () => {
    const { anna, ben, close } = await twoPeople(site);
    const question = 'Who brings what';
    await ask(ben.page, { question, options: ['Bread', 'Salt', 'Wine'], several: true, atEnd: true });
    await poll(anna.page, question).getByText('Choose up to 3. The results are shown when it ends.').waitFor();
    // What arrives is said aloud, and stands in the list of chats.
    await anna.page.getByRole('status').getByText('Ben: Poll: Who brings what').waitFor({ state: 'attached' });
    await anna.page.getByRole('link', { name: /Ben.*Poll: Who brings what/ }).waitFor();
    for (const text of ['Bread', 'Wine']) await poll(anna.page, question).getByRole('checkbox', { name: text }).check();
    await poll(anna.page, question).getByRole('button', { name: 'Vote' }).click();
    await poll(ben.page, question).getByText('1 person has answered').waitFor();
    expect(
      await poll(ben.page, question)
        .getByText(/\d votes?/)
        .count(),
    ).toBe(0);
    await poll(ben.page, question).getByRole('button', { name: 'Who has answered' }).click();
    await ben.page.getByText('Answered: Anna').waitFor();
    await ben.page.keyboard.press('Escape');
    // It can be taken back.
    for (const text of ['Bread', 'Wine'])
      await poll(anna.page, question).getByRole('checkbox', { name: text }).uncheck();
    await poll(anna.page, question).getByRole('button', { name: 'Take back your answer' }).click();
    await poll(ben.page, question).getByText('Nobody has answered yet').waitFor();
    await poll(anna.page, question).getByRole('checkbox', { name: 'Salt' }).check();
    await poll(anna.page, question).getByRole('button', { name: 'Vote' }).click();
    await poll(ben.page, question).getByText('1 person has answered').waitFor();
    await poll(ben.page, question).getByRole('button', { name: 'End the poll' }).click();
    await ben.page.getByRole('dialog').getByRole('button', { name: 'End it' }).click();
    await option(anna.page, question, 'Salt').getByText('1 vote, most votes').waitFor();
    await option(anna.page, question, 'Salt').getByText('your choice').waitFor();
    expect([await violations(anna.page), await violations(ben.page)]).toEqual([[], []]);
    expect([anna.complaints, ben.complaints]).toEqual([[], []]);
    await close();
  });

  it('what could not be sent says so, and goes when it is tried again', async () => {
    const { anna, ben, close } = await twoPeople(site);
    await ask(ben.page, { question: 'Tea', options: ['Green', 'Black'] });
    await poll(anna.page, 'Tea').getByRole('radio', { name: 'Green' }).check();
    await anna.page.route('**/send/org.matrix.msc3381.poll.response/**', (route) => route.fulfill({ status: 403 }));
    await poll(anna.page, 'Tea').getByRole('button', { name: 'Vote' }).click();
    await poll(anna.page, 'Tea').getByText('Not sent.').waitFor();
    expect(await violations(anna.page)).toEqual([]);
    await anna.page.unroute('**/send/org.matrix.msc3381.poll.response/**');
    await poll(anna.page, 'Tea').getByRole('button', { name: 'Try again' }).click();
    await option(ben.page, 'Tea', 'Green').getByText('1 vote').waitFor();
    await poll(anna.page, 'Tea').getByText('Not sent.').waitFor({ state: 'detached' });
    await close();
  });

  it('all of it works in an encrypted chat, too', async () => {
    const { anna, ben, close } = await encryptedTalk(site);
    await ask(anna.page, { question: 'Where shall we meet', options: ['At the heronry', 'At the lock'] });
    await poll(ben.page, 'Where shall we meet').getByRole('radio', { name: 'At the lock' }).check();
    await poll(ben.page, 'Where shall we meet').getByRole('button', { name: 'Vote' }).click();
    await option(anna.page, 'Where shall we meet', 'At the lock').getByText('1 vote').waitFor();
    // An answer is no message, also while it can't be read yet.
    expect(await log(anna.page).getByText('Encrypted message').count()).toBe(0);
    await anna.page.getByRole('button', { name: 'More to do with this message' }).last().press('Enter');
    await anna.page.getByRole('menuitem', { name: 'Pin for everyone' }).click();
    await ben.page.getByRole('group', { name: 'Pinned messages' }).getByText('Where shall we meet').waitFor();
    // Answers that were given before are fetched and read again.
    await anna.page.reload();
    await option(anna.page, 'Where shall we meet', 'At the lock').getByText('1 vote').waitFor();
    await anna.page.getByRole('group', { name: 'Pinned messages' }).getByText('Where shall we meet').waitFor();
    await poll(anna.page, 'Where shall we meet').getByRole('button', { name: 'End the poll' }).click();
    await anna.page.getByRole('dialog').getByRole('button', { name: 'End it' }).click();
    await option(ben.page, 'Where shall we meet', 'At the lock').getByText('1 vote, most votes').waitFor();
    expect([anna.complaints, ben.complaints]).toEqual([[], []]);
    await close();
  });

  it('is asked in a thread as well', async () => {
    const { anna, ben, close } = await twoPeople(site);
    await act(anna.page, 'Good morning', 'Answer in a thread');
    await anna.page.getByRole('heading', { level: 1, name: 'Thread' }).waitFor();
    await ask(anna.page, { question: 'Coffee', options: ['Black', 'White'] });
    await poll(anna.page, 'Coffee').getByText('Nobody has answered yet').waitFor();
    await ben.page.getByRole('link', { name: /1 answer/ }).click();
    await poll(ben.page, 'Coffee').getByRole('radio', { name: 'White' }).check();
    await poll(ben.page, 'Coffee').getByRole('button', { name: 'Vote' }).click();
    await option(anna.page, 'Coffee', 'White').getByText('1 vote').waitFor();
    expect(await option(anna.page, 'Coffee', 'Black').getByText('1 vote').count()).toBe(0);
    expect([await violations(anna.page), await violations(ben.page)]).toEqual([[], []]);
    expect([anna.complaints, ben.complaints]).toEqual([[], []]);
    await close();
  });
});
