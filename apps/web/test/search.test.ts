import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './accessibility.ts';
import { DESKTOP, directTalk, log, message, newcomer, PHONE, say, write } from './people.ts';
import { overflow, startSite } from './site.ts';
import type { Site } from './site.ts';
import { encryptedTalk } from './trust.ts';

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

describe('searching in all chats', () => {
  it('finds people by name and messages by their words, and leads to where they were said', async () => {
    const [anna, ben] = [await newcomer(site, 'Anna'), await newcomer(site, 'Harbourt')];
    const roomId = await directTalk(anna, ben);
    await say(ben, roomId, 'The harbour gate is open again');
    await say(ben, roomId, '渡轮九点出发');
    await say(anna, roomId, 'Is the harbour gate open?');
    for (let line = 1; line <= 90; line += 1) await say(ben, roomId, `Line ${line} of the timetable`);
    const { page, context, complaints } = await site.open('/chats', { ...DESKTOP, as: anna });
    const search = page.getByRole('searchbox', { name: 'Search chats and messages' });
    await search.fill('HARBOUR');
    await page.getByRole('heading', { name: 'Messages' }).waitFor();
    const found = page.getByRole('link', { name: /^Harbourt.*harbour gate/ });
    await found.waitFor();
    await page.getByRole('link', { name: /^You in Harbourt.*harbour gate/ }).waitFor();
    expect(await page.getByRole('link', { name: /Line 90/ }).count()).toBe(1);
    expect(await violations(page)).toEqual([]);
    await found.click();
    await message(page, 'The harbour gate is open again').waitFor();

    await search.fill('九点');
    await page.getByRole('link', { name: /渡轮九点出发/ }).waitFor();
    await search.fill('submarine');
    await page.getByText('Nothing found').waitFor();
    // Where it could not be looked, nobody knows whether there is anything.
    await page.route('**/_matrix/client/v3/search*', (route) => route.abort());
    await search.fill('a boat that nobody knows');
    await page.getByText('The search did not get through.').waitFor();
    expect(await page.getByText('Nothing found').count()).toBe(0);
    await page.unroute('**/_matrix/client/v3/search*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Nothing found').waitFor();
    expect(await overflow(page)).toBe(0);
    expect(complaints.filter((complaint) => !complaint.includes('/search'))).toEqual([]);
    await context.close();
  });

  it('is the same on a phone, and the way back leads to what was found', async () => {
    const [anna, ben] = [await newcomer(site, 'Anna'), await newcomer(site, 'Benedict')];
    const roomId = await directTalk(anna, ben);
    await say(ben, roomId, 'A heron stands in the reeds');
    const { page, context } = await site.open('/chats', { ...PHONE, as: anna, theme: 'dark' });
    await page.getByRole('searchbox', { name: 'Search chats and messages' }).fill('heron');
    await page.getByRole('link', { name: /^Benedict.*heron/ }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('link', { name: /^Benedict.*heron/ }).click();
    await message(page, 'A heron stands in the reeds').waitFor();
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByRole('heading', { level: 1, name: 'Chats' }).waitFor();
    expect(await overflow(page)).toBe(0);
    await context.close();
  });
});

describe('searching in one chat', () => {
  it('that is encrypted looks back on this device, as far as one likes', async () => {
    const { anna, ben, close } = await encryptedTalk(site);
    await write(anna.page, 'The herons are back at Alder Pond');
    await message(ben.page, 'The herons are back at Alder Pond').waitFor();
    await write(ben.page, 'Which pond?');
    await message(anna.page, 'Which pond?').waitFor();

    await ben.page.getByRole('button', { name: 'More about this chat' }).click();
    await ben.page.getByRole('menuitem', { name: 'Search in this chat' }).click();
    await ben.page.getByText('Type a word to find the messages with it.').waitFor();
    expect(await violations(ben.page)).toEqual([]);
    await ben.page.getByRole('searchbox', { name: 'Words to look for' }).fill('alder herons');
    const found = ben.page.getByRole('link', { name: /herons are back/ });
    await found.waitFor();
    await ben.page.getByText('Everything was looked through.').waitFor();
    expect(await ben.page.locator('mark').allTextContents()).toEqual(['herons', 'Alder']);
    expect(await violations(ben.page)).toEqual([]);
    await found.click();
    await message(ben.page, 'The herons are back').waitFor();
    await log(ben.page).waitFor();
    await close();
  });

  it('that is not has the server look, and says when there is nothing', async () => {
    const [anna, ben] = [await newcomer(site, 'Anna'), await newcomer(site, 'Ben')];
    const roomId = await directTalk(anna, ben);
    await say(ben, roomId, 'Seeds and bulbs');
    const { page, context } = await site.open(`/chats/${roomId}/search`, { ...PHONE, as: anna, language: 'zh-CN' });
    await page.getByRole('searchbox', { name: '要查找的词' }).fill('bulbs');
    await page.getByRole('link', { name: /Seeds and bulbs/ }).waitFor();
    await page.getByRole('searchbox', { name: '要查找的词' }).fill('tulips');
    await page.getByText('这里没有包含这些词的消息。').waitFor();
    expect(await violations(page)).toEqual([]);
    await context.close();
  });
});
