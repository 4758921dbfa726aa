import type { TestServer } from '@byline/testkit/byline.ts';
import { caller, type Person, signIn, signUp } from '@byline/testkit/person.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import { apply, decide, type Office, openOffice, publicPart } from './publisher.ts';
import { bodiesOf, createRoom, join, roomPath, sync, type Synced } from './syncing.ts';
import { startWholeServer } from './whole-server.ts';

const POLICY = '/_byline/v1/policy/identity.required';
const CANNOT_LEAVE = { status: 403, body: { errcode: 'M_CANNOT_LEAVE_SERVER_NOTICE_ROOM' } };
const FORBIDDEN = { status: 403, body: { errcode: 'M_FORBIDDEN' } };

const readIn = async (person: Person, roomId: string): Promise<unknown[]> =>
  bodiesOf((await sync(person)).rooms?.join?.[roomId]);

describe.each(ENGINES)("the provider's notices on %s", (engine) => {
  let server: TestServer;
  let office: Office;

  beforeAll(async () => {
    server = await startWholeServer(engine);
    office = await openOffice(server);
  });
  afterAll(() => server.dispose());

  /** Waits until somebody is invited to a room, which they were not in at `since`. */
  const invitedAfter = async (person: Person, since: string): Promise<{ roomId: string; synced: Synced }> => {
    const synced = await sync(person, since, { timeout: 20_000 });
    const [roomId] = Object.keys(synced.rooms?.invite ?? {});
    return roomId === undefined ? invitedAfter(person, synced.next_batch) : { roomId, synced };
  };

  test('a decision is told in a room of the user’s own, which they can read and neither leave nor fill', async () => {
    const ada = await signUp(server, 'ada');
    const { id } = await apply(office, ada, publicPart('gazette'));
    const { next_batch: since } = await sync(ada);
    await decide(office.reviewer, id, { decision: 'ask-for-changes' });
    const { roomId, synced } = await invitedAfter(ada, since);
    expect(synced.rooms?.invite?.[roomId]?.invite_state.events).toContainEqual(
      expect.objectContaining({ type: 'm.room.name', content: { name: 'Notices · 通知' } }),
    );
    expect(await ada.get(roomTags(ada, roomId))).toMatchObject({ body: { tags: { 'm.server_notice': {} } } });

    expect(await ada.post(roomPath(roomId, '/leave'))).toMatchObject(CANNOT_LEAVE);
    await join(ada, roomId);
    expect(await ada.post(roomPath(roomId, '/leave'))).toMatchObject(CANNOT_LEAVE);
    const member = roomPath(roomId, `/state/m.room.member/${encodeURIComponent(ada.userId)}`);
    expect(await ada.put(member, { membership: 'leave' })).toMatchObject(CANNOT_LEAVE);
    const said = await ada.put(roomPath(roomId, '/send/m.room.message/1'), { msgtype: 'm.text', body: 'thanks' });
    expect(said).toMatchObject(FORBIDDEN);
    expect(await ada.put(roomPath(roomId, '/state/m.room.name/'), { name: 'mine' })).toMatchObject(FORBIDDEN);
    expect(await ada.post(roomPath(roomId, '/invite'), { user_id: office.reviewer.userId })).toMatchObject(FORBIDDEN);

    const bodies = await readIn(ada, roomId);
    expect(bodies).toEqual([expect.stringMatching(/^Your application for “The gazette” needs a change.*\n\n您为/)]);
    await ada.expectOk.post(`/_byline/v1/applications/${id}/submit`);
    const after = await sync(ada);
    await decide(office.reviewer, id, { decision: 'approve' });
    const told = await sync(ada, after.next_batch, { timeout: 20_000 });
    expect(Object.keys(told.rooms?.invite ?? {})).toEqual([]);
    await expect.poll(() => readIn(ada, roomId)).toHaveLength(2);
  });

  test('nobody can be the one who speaks there', async () => {
    await expect(signUp(server, 'notices')).rejects.toThrow(/answered 400/);
    const available = '/_matrix/client/v3/register/available?username=notices';
    expect(await caller(server).get(available)).toMatchObject({ status: 400, body: { errcode: 'M_USER_IN_USE' } });
    await expect(signIn(server, 'notices', '')).rejects.toThrow(/answered 403/);
  });

  test('who may not talk any more is told once what to do, and can read it', async () => {
    const bob = await signUp(server, 'bob');
    const { next_batch: since } = await sync(bob);
    await office.administrator.expectOk.put(POLICY, { value: 'everyone' });
    const refused = { status: 403, body: { errcode: 'BYLINE_IDENTITY_REQUIRED' } };
    for (let attempt = 0; attempt < 5; attempt += 1)
      expect(await bob.post('/_matrix/client/v3/createRoom')).toMatchObject(refused);
    const { roomId } = await invitedAfter(bob, since);
    await join(bob, roomId);
    expect(await readIn(bob, roomId)).toEqual([expect.stringContaining('/me/apply')]);

    server = await server.stop().then(() => server.restart());
    const again = await signIn(server, 'bob');
    expect(await again.post('/_matrix/client/v3/createRoom')).toMatchObject(refused);
    await server.stop();
    server = await server.restart();
    expect(await readIn(await signIn(server, 'bob'), roomId)).toHaveLength(1);
    const administrator = await signIn(server, 'administrator');
    await administrator.expectOk.put(POLICY, { value: 'public-accounts' });
    expect(await createRoom(await signIn(server, 'bob'))).toMatch(/^!/);
  });
});

const roomTags = (person: Person, roomId: string): string =>
  `/_matrix/client/v3/user/${encodeURIComponent(person.userId)}/rooms/${encodeURIComponent(roomId)}/tags`;
