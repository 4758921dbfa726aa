import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './accessibility.ts';
import { act, log, message, newcomer, PHONE, say, twoPeople } from './people.ts';
import { overflow, startSite } from './site.ts';
import type { Site } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

describe('pinned messages', () => {
  it('stand on top for all, one after the other, and lead to what was said', async () => {
    const { anna, ben, annaPerson, roomId, close } = await twoPeople(site);
    await say(annaPerson, roomId, 'The key hangs by the door');
    await message(anna.page, 'The key hangs').waitFor();
    await act(anna.page, 'Good morning', 'Pin for everyone');
    const bar = ben.page.getByRole('group', { name: 'Pinned messages' });
    await bar.getByText('Ben: Good morning').waitFor();
    await ben.page.getByText('Anna pinned a message').waitFor();
    await act(anna.page, 'The key hangs', 'Pin for everyone');
    await bar.getByText('Pinned 1 of 2').waitFor();
    await bar.getByText('Anna: The key hangs by the door').waitFor();
    expect([await violations(anna.page), await violations(ben.page)]).toEqual([[], []]);
    expect([await overflow(anna.page), await overflow(ben.page)]).toEqual([0, 0]);

    await bar.getByRole('button', { name: 'Show the next pinned message' }).click();
    await bar.getByRole('button', { name: /Good morning/ }).click();
    await log(ben.page).locator('[data-highlighted]').filter({ hasText: 'Good morning' }).waitFor();
    await bar.getByRole('button', { name: 'Show the next pinned message' }).click();
    await bar.getByText('Pinned 1 of 2').waitFor();
    expect([anna.complaints, ben.complaints]).toEqual([[], []]);
    await close();
  });

  it('are listed, and taken down with time to think again', async () => {
    const { anna, ben, roomId, close } = await twoPeople(site);
    await act(anna.page, 'Good morning', 'Pin for everyone');
    await ben.page.getByRole('button', { name: 'All pinned messages' }).click();
    const list = ben.page.getByRole('group', { name: 'Pinned messages' });
    await list.getByText('Good morning').waitFor();
    expect(await violations(ben.page)).toEqual([]);
    await ben.page.getByRole('button', { name: 'Unpin the message from Ben' }).click();
    await ben.page.getByText('Nothing is pinned').waitFor();
    await anna.page.getByRole('group', { name: 'Pinned messages' }).waitFor({ state: 'detached' });
    await ben.page.getByRole('button', { name: 'Undo' }).click();
    await list.getByText('Good morning').click();
    await ben.page.waitForURL((url) => decodeURIComponent(url.pathname).startsWith(`/chats/${roomId}/$`));
    await log(ben.page).locator('[data-highlighted]').filter({ hasText: 'Good morning' }).waitFor();
    await anna.page.getByRole('group', { name: 'Pinned messages' }).waitFor();
    await act(anna.page, 'Good morning', 'Unpin');
    await ben.page.getByRole('group', { name: 'Pinned messages' }).waitFor({ state: 'detached' });
    await close();
  });

  it('what was deleted is shown as gone, what is far back is fetched, and only who may can pin', async () => {
    const [annaPerson, benPerson] = [await newcomer(site, 'Anna'), await newcomer(site, 'Ben')];
    const { room_id: roomId } = await annaPerson.expectOk.post<{ room_id: string }>('/_matrix/client/v3/createRoom', {
      preset: 'private_chat',
      name: 'Garden',
      invite: [benPerson.userId],
    });
    await benPerson.expectOk.post(`/_matrix/client/v3/join/${encodeURIComponent(roomId)}`);
    const rooms = `/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}`;
    const [far, gone] = [await say(annaPerson, roomId, 'From the beginning'), await say(annaPerson, roomId, 'Oops')];
    await annaPerson.expectOk.put(`${rooms}/state/m.room.pinned_events`, { pinned: [far.event_id, gone.event_id] });
    for (let count = 0; count < 120; count += 1) await say(annaPerson, roomId, `Line ${count}`);
    await annaPerson.expectOk.put(`${rooms}/redact/${encodeURIComponent(gone.event_id)}/gone`, {});
    const ben = await site.open(`/chats/${roomId}`, { ...PHONE, as: benPerson });
    const bar = ben.page.getByRole('group', { name: 'Pinned messages' });
    await bar.getByText('Anna: Message deleted').waitFor();
    await bar.getByRole('button', { name: 'Show the next pinned message' }).click();
    await bar.getByRole('button', { name: /From the beginning/ }).click();
    await log(ben.page).locator('[data-highlighted]').filter({ hasText: 'From the beginning' }).waitFor();
    await message(ben.page, 'From the beginning').getByRole('button', { name: 'More to do' }).press('Enter');
    await ben.page.getByRole('menuitem', { name: 'Reply' }).waitFor();
    expect(await ben.page.getByRole('menuitem', { name: /Pin|Unpin/ }).count()).toBe(0);
    await ben.context.close();
  });
});
