import { signUpAdministrator } from '@byline/testkit/person.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './accessibility.ts';
import { DESKTOP, PHONE, directTalk, field, log, message, newcomer, say, twoPeople, write } from './people.ts';
import { startSite } from './site.ts';
import type { Site } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

describe('beginning to talk', () => {
  it('one finds somebody by name, and they accept', async () => {
    const [anna, ben] = [await newcomer(site, 'Anna'), await newcomer(site, 'Benjamin')];
    const here = await site.open('/chats', { ...PHONE, as: anna });
    // Who has never been here has no keys, and nothing could be encrypted for them.
    const there = await site.open('/chats', { ...PHONE, as: ben });
    await there.page.getByText('Keep your conversations safe').waitFor();
    await here.page.getByText('No chats yet').waitFor();
    expect(await violations(here.page)).toEqual([]);
    await here.page.getByRole('link', { name: 'Start a chat' }).click();
    await here.page.getByRole('searchbox', { name: 'Name or username' }).fill('benjam');
    await here.page.getByRole('button', { name: /Benjamin/ }).waitFor();
    expect(await violations(here.page)).toEqual([]);
    await here.page.getByRole('button', { name: /Benjamin/ }).click();
    await write(here.page, 'Hello Ben');
    await message(here.page, 'Hello Ben').getByText('Sent').waitFor();

    await there.page.getByText(`${anna.userId} would like to talk with you.`).waitFor();
    expect(await violations(there.page)).toEqual([]);
    await there.page.getByRole('button', { name: 'Accept' }).click();
    await message(there.page, 'Hello Ben').waitFor();
    await there.page.getByRole('button', { name: 'Back' }).click();
    await there.page.getByRole('link', { name: /Anna/ }).waitFor();
    // The way back is the way out of the conversation, not into the search again.
    await here.page.getByRole('button', { name: 'Back' }).click();
    await here.page.getByRole('heading', { level: 1, name: 'Chats' }).waitFor();
    const direct = await ben.expectOk.get(`/_matrix/client/v3/user/${ben.userId}/account_data/m.direct`);
    expect(direct).toHaveProperty([anna.userId]);
    await here.context.close();
    await there.context.close();
  });

  it('a group has a name, people, and an end that can be taken back', async () => {
    const [anna, ben] = [await newcomer(site, 'Anna'), await newcomer(site, 'Bertram')];
    const { page, context } = await site.open('/chats/new-group', { ...DESKTOP, as: anna });
    await page.getByRole('button', { name: 'Make the group' }).click();
    await page.getByText('Please give the group a name.').waitFor();
    await page.getByLabel('Name of the group').fill('Choir');
    await page.getByRole('searchbox', { name: 'Name or username' }).fill('bertram');
    await page.getByRole('button', { name: /Bertram/ }).click();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Make the group' }).click();
    await page.getByRole('heading', { level: 1, name: 'Choir' }).waitFor();
    await page.getByText('Anna invited Bertram').waitFor();
    await page.getByRole('link', { name: /Choir 1 person/ }).click();
    await page.getByText('Invited', { exact: true }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Rename the group' }).click();
    await page.getByLabel('Name of the group').fill('Evening choir');
    await page.getByRole('button', { name: 'Save' }).click();
    await page
      .getByRole('link', { name: /Evening choir/ })
      .first()
      .waitFor();

    const there = await site.open('/chats', { ...PHONE, as: ben });
    await there.page.getByText('Anna invites you to this group.').waitFor();
    await there.page.getByRole('button', { name: 'Decline' }).click();
    await there.page.getByText('No chats yet').waitFor();
    await page.getByText('Invited', { exact: true }).waitFor({ state: 'detached' });

    await page.getByRole('button', { name: 'Leave the group' }).click();
    await page.getByText('No chats yet').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('link', { name: /Evening choir/ }).waitFor();
    await page.getByRole('link', { name: /Evening choir/ }).click();
    await write(page, 'Still here');
    await message(page, 'Still here').getByText('Sent').waitFor();
    await context.close();
    await there.context.close();
  });
});

describe('nothing is lost', () => {
  it('what was typed is there after a reload, and is told in the list', async () => {
    const { anna, close } = await twoPeople(site);
    await field(anna.page).fill('half a sentence');
    await anna.page.reload();
    await field(anna.page).waitFor();
    await expect.poll(() => field(anna.page).inputValue(), { timeout: 5000 }).toBe('half a sentence');
    await anna.page.goto(new URL('/chats', anna.page.url()).href);
    await anna.page.getByRole('link', { name: /Draft: half a sentence/ }).waitFor();
    await close();
  });

  it('what was written without a connection goes when it is back, in its order', async () => {
    const { anna, ben, close } = await twoPeople(site);
    await anna.context.setOffline(true);
    for (const line of ['One', 'Two', 'Three']) await write(anna.page, `${line} of three`);
    await message(anna.page, 'Three of three')
      .getByRole('button', { name: /Not sent/ })
      .waitFor();
    await anna.page.getByText('No connection just now.').waitFor();
    expect(await violations(anna.page)).toEqual([]);
    await anna.context.setOffline(false);
    await message(ben.page, 'Three of three').waitFor({ timeout: 60_000 });
    expect(
      await log(ben.page)
        .getByText(/of three$/)
        .allTextContents(),
    ).toEqual(['One of three', 'Two of three', 'Three of three']);
    await anna.page.getByText('No connection just now.').waitFor({ state: 'detached' });
    await close();
  });

  it('what could not be sent says so, is kept over a reload, and goes when one tries again', async () => {
    const { anna, ben, close } = await twoPeople(site);
    await anna.page.route('**/send/m.room.message/**', (route) => route.abort());
    await write(anna.page, 'Are you there');
    await message(anna.page, 'Are you there')
      .getByRole('button', { name: /Not sent/ })
      .waitFor();
    expect(await violations(anna.page)).toEqual([]);
    await anna.page.unroute('**/send/m.room.message/**');
    await anna.page.reload();
    await message(anna.page, 'Are you there')
      .getByRole('button', { name: /Not sent/ })
      .click();
    await message(ben.page, 'Are you there').waitFor();
    expect(await message(ben.page, 'Are you there').count()).toBe(1);
    await close();
  });
});

describe('a long conversation', () => {
  it('opens at what is new, keeps its place, and leads back to the newest', async () => {
    const [anna, ben] = [await newcomer(site, 'Anna'), await newcomer(site, 'Ben')];
    const roomId = await directTalk(anna, ben);
    for (let number = 1; number <= 90; number += 1) await say(ben, roomId, `Line ${number}`);
    const list = await site.open('/chats', { ...PHONE, as: anna });
    await list.page.getByRole('link', { name: /Ben.*90 unread messages/ }).waitFor();
    // The place says so too, wherever one is.
    await list.page
      .getByRole('navigation')
      .getByRole('link', { name: /Chats.*90 unread|90 unread.*Chats/ })
      .waitFor();
    await list.page.getByRole('link', { name: /Ben/ }).click();
    await message(list.page, 'Line 90').waitFor();
    await list.page.goBack();
    await list.page
      .getByRole('link', { name: /90 unread messages/ })
      .first()
      .waitFor({ state: 'detached' });
    await list.page.goForward();
    await message(list.page, 'Line 90').waitFor();
    // Up to the very beginning, as far as one scrolls.
    await expect
      .poll(
        async () => {
          await log(list.page).evaluate((element) => element.scrollTo(0, 0));
          return list.page.getByText('This is where it begins.').count();
        },
        { timeout: 20_000 },
      )
      .toBe(1);
    const first = log(list.page).getByText('Line 1', { exact: true });
    await first.waitFor();
    const before = await first.boundingBox();
    await say(ben, roomId, 'One more');
    await list.page.getByRole('button', { name: 'Go to the newest message' }).getByText('1 unread message').waitFor();
    expect((await first.boundingBox())?.y).toBe(before?.y);
    expect(await violations(list.page)).toEqual([]);
    await list.page.getByRole('button', { name: 'Go to the newest message' }).click();
    await message(list.page, 'One more').waitFor();
    await list.context.close();
  });
});

describe('a muted conversation', () => {
  it('counts nothing, and is heard again when one wants to', async () => {
    const { anna, benPerson, roomId, close } = await twoPeople(site);
    const menu = (action: string) => async (): Promise<void> => {
      await anna.page.getByRole('button', { name: 'More about this chat' }).click();
      await anna.page.getByRole('menuitem', { name: action, exact: true }).click();
    };
    await menu('Mute')();
    await anna.page.getByText('Ben is muted.').waitFor();
    await anna.page.goto(new URL('/me', anna.page.url()).href);
    await say(benPerson, roomId, 'psst');
    await anna.page.goto(new URL('/chats', anna.page.url()).href);
    await anna.page.getByRole('link', { name: /Ben Muted.*psst/ }).waitFor();
    expect(await anna.page.getByText('unread message').count()).toBe(0);
    await close();
  });
});

describe('where everybody has to be verified', () => {
  it('one reads, is told why one can not write, and what one wrote is kept', async () => {
    const administrator = await signUpAdministrator(site.server, 'keeper');
    const { anna, close } = await twoPeople(site);
    const policy = '/_byline/v1/policy/identity.required';
    await administrator.expectOk.put(policy, { value: 'everyone' });
    await write(anna.page, 'May I');
    await anna.page.getByText('To write, your identity has to be verified first.').waitFor();
    await message(anna.page, 'May I')
      .getByRole('button', { name: /Not sent/ })
      .waitFor();
    await message(anna.page, 'Good morning').waitFor();
    expect(await violations(anna.page)).toEqual([]);
    await administrator.expectOk.put(policy, { value: 'public-accounts' });

    // The provider says so, too: in a place that can't be declined or left, and where nobody answers.
    const { page } = anna;
    await page.getByText('The people who run this server tell you something').waitFor();
    expect(await page.getByRole('button', { name: 'Decline' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Read', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Notices · 通知' }).waitFor();
    await page.getByText('From the people who run this server').waitFor();
    await log(page).getByRole('group').first().waitFor();
    await page.reload();
    await page.getByText('You can read here. Only those who run this chat write in it.').waitFor();
    await page.getByRole('button', { name: 'More about this chat' }).click();
    await page.getByRole('menuitem', { name: 'Mute' }).waitFor();
    expect(await page.getByRole('menuitem', { name: 'Leave' }).count()).toBe(0);
    await page.getByRole('menuitem', { name: 'About this chat' }).click();
    await page.getByText('Here the people who run this server tell you').waitFor();
    expect(await violations(page)).toEqual([]);
    await close();
  });
});
