import type { Person } from '@byline/testkit/person.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './accessibility.ts';
import { DESKTOP, newcomer, PHONE, say } from './people.ts';
import { overflow, startSite } from './site.ts';
import type { Site } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

async function room(person: Person, name: string, more: object = {}): Promise<string> {
  const { room_id: roomId } = await person.expectOk.post<{ room_id: string }>('/_matrix/client/v3/createRoom', {
    name,
    ...more,
  });
  return roomId;
}

const state = (person: Person, roomId: string, type: string, key: string, content: object) =>
  person.expectOk.put(
    `/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}/state/${type}/${encodeURIComponent(key)}`,
    content,
  );

/** A space with a room for each way in, and a space in it. */
async function village(anna: Person) {
  const space = await room(anna, 'Village', { preset: 'private_chat', creation_content: { type: 'm.space' } });
  const rooms = {
    garden: await room(anna, 'Garden', { preset: 'private_chat', topic: 'Seeds and tools' }),
    choir: await room(anna, 'Choir', { preset: 'private_chat' }),
    council: await room(anna, 'Council', { preset: 'private_chat' }),
    school: await room(anna, 'School', { preset: 'private_chat', creation_content: { type: 'm.space' } }),
  };
  const rules = {
    garden: { join_rule: 'restricted', allow: [{ type: 'm.room_membership', room_id: space }] },
    choir: { join_rule: 'knock' },
    school: { join_rule: 'restricted', allow: [{ type: 'm.room_membership', room_id: space }] },
  };
  await state(anna, rooms.garden, 'm.room.join_rules', '', rules.garden);
  await state(anna, rooms.choir, 'm.room.join_rules', '', rules.choir);
  await state(anna, rooms.school, 'm.room.join_rules', '', rules.school);
  for (const [index, child] of Object.values(rooms).entries())
    await state(anna, space, 'm.space.child', child, { via: ['example'], order: `${index}` });
  return { space, ...rooms };
}

const join = (person: Person, roomId: string) =>
  person.expectOk.post(`/_matrix/client/v3/join/${encodeURIComponent(roomId)}`);

describe('spaces', () => {
  it('choose which chats are shown', async () => {
    const anna = await newcomer(site, 'Anna');
    const { garden } = await village(anna);
    await say(anna, garden, 'The beans are up');
    const elsewhere = await room(anna, 'Elsewhere', { preset: 'private_chat' });
    await say(anna, elsewhere, 'Hello');
    const { page, complaints, context } = await site.open('/chats', { ...PHONE, as: anna });
    await page.getByRole('link', { name: /Elsewhere/ }).waitFor();
    await page.getByRole('button', { name: 'Village' }).click();
    await page.getByRole('link', { name: /Elsewhere/ }).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: /^Garden/ }).waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    await page.getByRole('button', { name: 'School' }).click();
    await page.getByText('No chats of this space').waitFor();
    await page.getByRole('button', { name: 'All chats' }).click();
    await page.getByRole('link', { name: /Elsewhere/ }).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('show what is in them, and the way into each room', async () => {
    const [anna, ben] = [await newcomer(site, 'Anna'), await newcomer(site, 'Ben')];
    const { space, garden, choir } = await village(anna);
    await anna.expectOk.post(`/_matrix/client/v3/rooms/${encodeURIComponent(space)}/invite`, { user_id: ben.userId });
    const { page, complaints, context } = await site.open('/chats', { ...DESKTOP, as: ben });
    await page.getByRole('button', { name: 'Village' }).click();
    await page.getByRole('link', { name: 'You are invited to Village' }).click();
    await page.getByRole('heading', { level: 1, name: 'Village' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Join', exact: true }).click();
    const list = page.getByRole('group', { name: 'Rooms of this space' });
    await list.getByText('1 person · Seeds and tools').waitFor();
    expect(await violations(page)).toEqual([]);
    // What one may neither join nor ask for is not told of at all.
    expect(await list.getByText('Council').count()).toBe(0);
    await list.getByRole('button', { name: 'Ask to join Choir' }).click();
    await list.getByText('You have asked to join').waitFor();
    await list.getByRole('button', { name: 'Join Garden' }).click();
    await list.getByRole('link', { name: /Garden/ }).waitFor();
    await list.getByRole('button', { name: 'Join School' }).click();
    await list.getByRole('link', { name: /School/ }).waitFor();
    await list.getByRole('link', { name: /Garden/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Garden' }).waitFor();
    expect(new URL(page.url()).pathname).toContain(garden);
    expect(complaints).toEqual([]);
    // Who is let in finds it among the chats.
    await anna.expectOk.post(`/_matrix/client/v3/rooms/${encodeURIComponent(choir)}/invite`, { user_id: ben.userId });
    await join(ben, choir);
    await page.getByRole('link', { name: /^Choir/ }).waitFor();
    await context.close();
  });
});
