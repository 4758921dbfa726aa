import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Person } from '@byline/testkit/person.ts';
import { speak } from '@byline/testkit/speech.ts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './accessibility.ts';
import { act, DESKTOP, directTalk, field, log, message, newcomer, PHONE, say, twoPeople, write } from './people.ts';
import { overflow, startSite } from './site.ts';
import type { Site } from './site.ts';
import { encryptedTalk } from './trust.ts';

let folder: string;
let site: Site;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'byline-threads-'));
  const { path } = await speak('The ferry leaves at nine.', join(folder, 'spoken.wav'));
  site = await startSite({ microphone: path });
});
afterAll(async () => {
  await site.close();
  await rm(folder, { recursive: true });
});

const threadField = (page: Page) => page.getByRole('textbox', { name: 'Answer in this thread' });
const answer = async (page: Page, text: string): Promise<void> => {
  await threadField(page).fill(text);
  await threadField(page).press('Enter');
};
/** The line about a thread under its first message. */
const line = (page: Page, text: string) => message(page, text).getByRole('link', { name: /answer/ });

/** A word in a thread that somebody's other client says. */
let answers = 0;
const sayInThread = (person: Person, roomId: string, threadId: string, body: string) => {
  answers += 1;
  const path = `/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}/send/m.room.message/answer${answers}`;
  return person.expectOk.put<{ event_id: string }>(path, {
    msgtype: 'm.text',
    body,
    'm.relates_to': {
      rel_type: 'm.thread',
      event_id: threadId,
      is_falling_back: true,
      'm.in_reply_to': { event_id: threadId },
    },
  });
};

describe('a thread between two people', () => {
  it('begins at a message, is answered from both sides, and stays out of the main talk', async () => {
    const { anna, ben, close } = await twoPeople(site);
    await act(anna.page, 'Good morning', 'Answer in a thread');
    await anna.page.getByRole('heading', { level: 1, name: 'Thread' }).waitFor();
    await message(anna.page, 'Good morning').waitFor();
    expect(await violations(anna.page)).toEqual([]);
    await answer(anna.page, 'Did you sleep well?');
    await message(anna.page, 'Did you sleep well?').getByText('Sent').waitFor();

    await line(ben.page, 'Good morning').getByText('1 answer').waitFor();
    expect(await message(ben.page, 'Did you sleep well?').count()).toBe(0);
    await line(ben.page, 'Good morning').getByText('Something new').waitFor();
    expect(await violations(ben.page)).toEqual([]);
    await line(ben.page, 'Good morning').press('Enter');
    await message(ben.page, 'Did you sleep well?').waitFor();
    await message(anna.page, 'Did you sleep well?').getByText('Read', { exact: true }).waitFor();
    await answer(ben.page, 'Like a stone');
    await message(anna.page, 'Like a stone').waitFor();
    expect(await violations(ben.page)).toEqual([]);
    expect([await overflow(anna.page), await overflow(ben.page)]).toEqual([0, 0]);

    await ben.page.getByRole('button', { name: 'Back' }).click();
    await line(ben.page, 'Good morning').getByText('2 answers').waitFor();
    expect(await line(ben.page, 'Good morning').getByText('Something new').count()).toBe(0);
    expect(await message(ben.page, 'Like a stone').count()).toBe(0);
    await write(ben.page, 'And now the news');
    expect(await log(anna.page).getByText('And now the news').count()).toBe(0);
    await anna.page.getByRole('button', { name: 'Back' }).click();
    await message(anna.page, 'And now the news').waitFor();
    expect([anna.complaints, ben.complaints]).toEqual([[], []]);
    await close();
  });

  it('has replies, reactions, changes and deletions of its own', async () => {
    const { anna, ben, close } = await twoPeople(site);
    await act(anna.page, 'Good morning', 'Answer in a thread');
    await answer(anna.page, 'First');
    await line(ben.page, 'Good morning').click();
    await act(ben.page, 'First', 'Reply');
    await ben.page.getByText('Reply to Anna').waitFor();
    await answer(ben.page, 'Second');
    await message(anna.page, 'Second').getByRole('button', { name: /First/ }).waitFor();
    expect(
      await message(anna.page, 'First')
        .getByRole('button', { name: /Good morning/ })
        .count(),
    ).toBe(0);
    await message(anna.page, 'Second').hover();
    await message(anna.page, 'Second').getByRole('button', { name: 'React' }).click();
    await anna.page.getByRole('button', { name: '👍' }).click();
    await message(ben.page, 'Second').getByRole('button', { name: '👍 from Anna' }).waitFor();
    await threadField(anna.page).press('ArrowUp');
    await answer(anna.page, 'First of all');
    // What answers it names it, too.
    await log(ben.page).getByRole('group').filter({ hasText: 'First of all' }).first().getByText('edited').waitFor();

    await act(ben.page, 'Second', 'Delete for everyone');
    await message(ben.page, 'Second').waitFor({ state: 'detached' });
    await ben.page.reload();
    await message(anna.page, 'Second').waitFor({ state: 'detached' });
    await message(ben.page, 'First of all').waitFor();
    await ben.page.getByRole('button', { name: 'Back' }).click();
    await line(ben.page, 'Good morning').getByText('1 answer').waitFor();
    await close();
  });

  it('takes files and voice notes, and keeps what was typed and not sent', async () => {
    const { anna, ben, close } = await twoPeople(site);
    await act(anna.page, 'Good morning', 'Answer in a thread');
    const list = join(folder, 'seeds.txt');
    await writeFile(list, 'beans, peas');
    await threadField(anna.page).waitFor();
    await anna.page.locator('input[type=file]:not([accept])').setInputFiles(list);
    await anna.page.getByRole('button', { name: 'Save seeds.txt' }).waitFor();
    await line(ben.page, 'Good morning').click();
    await ben.page.getByRole('button', { name: 'Save seeds.txt' }).waitFor();
    await anna.page.getByRole('button', { name: 'Record a voice note' }).click();
    await anna.page.getByRole('timer').getByText('0:02').waitFor();
    await anna.page.getByRole('button', { name: 'Stop recording' }).click();
    await anna.page.getByRole('button', { name: 'Send voice note' }).click();
    await ben.page.getByRole('button', { name: 'Play' }).first().waitFor();

    await threadField(anna.page).fill('Half a thou');
    await anna.page.getByRole('button', { name: 'Back' }).click();
    expect(await field(anna.page).inputValue()).toBe('');
    await line(anna.page, 'Good morning').click();
    expect(await threadField(anna.page).inputValue()).toBe('Half a thou');
    await anna.page.reload();
    await message(anna.page, 'seeds.txt').waitFor();
    expect(await threadField(anna.page).inputValue()).toBe('Half a thou');
    await close();
  });
});

describe('without a connection', () => {
  it('an answer waits, is seen to wait, and goes when the connection is back', async () => {
    const { anna, ben, close } = await twoPeople(site);
    await act(anna.page, 'Good morning', 'Answer in a thread');
    await threadField(anna.page).waitFor();
    await anna.context.setOffline(true);
    await answer(anna.page, 'Are you there?');
    await message(anna.page, 'Are you there?')
      .getByRole('button', { name: /Not sent/ })
      .waitFor();
    await anna.page.getByRole('button', { name: 'Back' }).click();
    await line(anna.page, 'Good morning').getByText('Not sent').waitFor();
    expect(await violations(anna.page)).toEqual([]);
    await anna.context.setOffline(false);
    await line(ben.page, 'Good morning').getByText('1 answer').waitFor();
    await line(anna.page, 'Good morning').getByText('Not sent').waitFor({ state: 'detached' });
    await close();
  });
});

describe('after a long absence', () => {
  it('a thread that was open has all that was answered meanwhile', async () => {
    const [anna, ben] = [await newcomer(site, 'Anna'), await newcomer(site, 'Ben')];
    const roomId = await directTalk(anna, ben);
    const { event_id: root } = await say(ben, roomId, 'Which boat?');
    await sayInThread(ben, roomId, root, 'Answer 1');
    const { page, context } = await site.open(`/chats/${roomId}/thread/${root}`, { ...PHONE, as: anna });
    await message(page, 'Answer 1').waitFor();
    await context.setOffline(true);
    for (let answered = 2; answered <= 4; answered += 1) await sayInThread(ben, roomId, root, `Answer ${answered}`);
    for (let wave = 1; wave <= 40; wave += 1) await say(ben, roomId, `Wave ${wave}`);
    await sayInThread(ben, roomId, root, 'Answer 5');
    await context.setOffline(false);
    for (let answered = 1; answered <= 5; answered += 1) await message(page, `Answer ${answered}`).waitFor();
    await message(page, 'Which boat?').waitFor();
    expect(await log(page).getByRole('group').count()).toBe(6);
    await page.getByRole('button', { name: 'Back' }).click();
    await message(page, 'Wave 40').waitFor();
    expect(await message(page, 'Answer 5').count()).toBe(0);
    await context.close();
  });
});

describe('unread threads', () => {
  it('count in the list of chats, and no more once they are read', async () => {
    const [anna, ben] = [await newcomer(site, 'Anna'), await newcomer(site, 'Ben')];
    const roomId = await directTalk(anna, ben);
    const { event_id: root } = await say(anna, roomId, 'Which boat?');
    const { page, context } = await site.open('/chats', { ...DESKTOP, as: anna });
    const row = page.getByRole('link', { name: /Ben/ });
    await row.waitFor();
    await sayInThread(ben, roomId, root, 'The blue one');
    await sayInThread(ben, roomId, root, 'With the white sail');
    await row.getByText('2 unread messages').waitFor();
    await row.getByText('With the white sail').waitFor();
    await row.click();
    await line(page, 'Which boat?').getByText('2 answers').waitFor();
    // Reading the main talk is not reading the thread.
    await write(page, 'Never mind');
    await message(page, 'Never mind').getByText('Sent').waitFor();
    await row.getByText('2 unread messages').waitFor();
    await line(page, 'Which boat?').click();
    await message(page, 'With the white sail').waitFor();
    await row.getByText('2 unread messages').waitFor({ state: 'detached' });
    expect(await violations(page)).toEqual([]);
    await context.close();
  });

  it('are found in the list of threads of a chat', async () => {
    const [anna, ben] = [await newcomer(site, 'Anna'), await newcomer(site, 'Ben')];
    const roomId = await directTalk(anna, ben);
    const { page, context } = await site.open(`/chats/${roomId}`, { ...PHONE, as: anna, theme: 'dark' });
    await page.getByRole('button', { name: 'More about this chat' }).click();
    await page.getByRole('menuitem', { name: 'Threads' }).click();
    await page.getByText('No threads yet').waitFor();
    expect(await violations(page)).toEqual([]);
    const roots: string[] = [];
    for (const boat of ['Blue', 'Red']) roots.push((await say(ben, roomId, `${boat} boat`)).event_id);
    for (let filler = 1; filler <= 30; filler += 1) await say(ben, roomId, `Wave ${filler}`);
    for (const root of roots) await sayInThread(ben, roomId, root, 'Ahoy');
    await page.reload();
    const rows = page.getByRole('link', { name: /boat/ });
    await rows.nth(1).waitFor();
    expect(await rows.first().textContent()).toMatch(/Red boat.*1 answer, last from Ben/);
    await rows.first().getByText('Something new').waitFor();
    expect(await violations(page)).toEqual([]);
    await rows.first().press('Enter');
    await message(page, 'Ahoy').waitFor();
    await page.goBack();
    await rows.first().getByText('Something new').waitFor({ state: 'detached' });
    await rows.nth(1).getByText('Something new').waitFor();
    expect(await overflow(page)).toBe(0);
    await context.close();
  });

  it('an answer has an address, which leads into its thread; a wrong one says so', async () => {
    const [anna, ben] = [await newcomer(site, 'Anna'), await newcomer(site, 'Ben')];
    const roomId = await directTalk(anna, ben);
    const { event_id: root } = await say(ben, roomId, 'Which boat?');
    const { event_id: said } = await sayInThread(ben, roomId, root, 'The blue one');
    const { page, context } = await site.open(`/chats/${roomId}/${said}`, { ...DESKTOP, as: anna });
    await page.getByRole('heading', { level: 1, name: 'Thread' }).waitFor();
    await message(page, 'The blue one').waitFor();
    await page.locator('[data-highlighted]').waitFor();
    await page.goto(new URL(`/chats/${roomId}/thread/$nowhere`, page.url()).href);
    await page.getByText('This thread is not here').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('link', { name: 'Go to the chat' }).click();
    await line(page, 'Which boat?').waitFor();
    await context.close();
  });
});

describe('an encrypted thread', () => {
  it('is read by those who take part, counts as unread, and outlasts a reload', async () => {
    const { anna, ben, close } = await encryptedTalk(site);
    await write(anna.page, 'Where shall we meet?');
    await message(ben.page, 'Where shall we meet?').waitFor();
    await ben.page.getByRole('button', { name: 'Back' }).click();
    await ben.page.getByRole('heading', { level: 1, name: 'Chats' }).waitFor();
    await act(anna.page, 'Where shall we meet?', 'Answer in a thread');
    await answer(anna.page, 'At the old mill?');
    await message(anna.page, 'At the old mill?').getByText('Sent').waitFor();
    const row = ben.page.getByRole('link', { name: /At the old mill/ });
    await row.getByText('1 unread message').waitFor();
    await row.click();
    await line(ben.page, 'Where shall we meet?').getByText('Something new').waitFor();
    await line(ben.page, 'Where shall we meet?').click();
    await message(ben.page, 'At the old mill?').waitFor();
    await answer(ben.page, 'At noon');
    await message(anna.page, 'At noon').waitFor();
    expect(await violations(anna.page)).toEqual([]);
    await ben.page.reload();
    await message(ben.page, 'At noon').waitFor();
    await message(ben.page, 'At the old mill?').waitFor();
    await ben.page.getByRole('button', { name: 'Back' }).click();
    await line(ben.page, 'Where shall we meet?').getByText('2 answers').waitFor();
    expect(await line(ben.page, 'Where shall we meet?').getByText('Something new').count()).toBe(0);
    expect([anna.complaints, ben.complaints]).toEqual([[], []]);
    await close();
  });
});
