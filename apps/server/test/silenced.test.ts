import type { TestServer } from '@byline/testkit/byline.ts';
import { type Person, signUp } from '@byline/testkit/person.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import { byline, openOffice } from './publisher.ts';
import { client } from './room-calls.ts';
import { createRoom, join, roomPath, say, sync } from './syncing.ts';
import { startWholeServer } from './whole-server.ts';

type Call = readonly ['put' | 'post', string, object];

const WORDS = 'vote for the fish';

/** Every way to have others read something. */
const WAYS_TO_TALK: readonly Call[] = [
  ['put', '/rooms/ROOM/send/m.room.message/1', { msgtype: 'm.text', body: WORDS }],
  [
    'put',
    '/rooms/ROOM/send/m.reaction/2',
    { 'm.relates_to': { rel_type: 'm.annotation', event_id: 'EVENT', key: WORDS } },
  ],
  ['put', '/rooms/ROOM/send/org.example/3', { words: WORDS }],
  ['put', '/rooms/ROOM/redact/EVENT/4', { reason: WORDS }],
  ['put', '/rooms/ROOM/send/m.room.redaction/5', { redacts: 'EVENT', reason: WORDS }],
  ['put', '/rooms/ROOM/state/m.room.topic', { topic: WORDS }],
  ['put', '/rooms/ROOM/state/m.room.member/ME', { membership: 'join', displayname: WORDS }],
  ['put', '/rooms/ROOM/state/m.room.member/ME', { membership: 'leave', reason: WORDS }],
  ['post', '/rooms/ROOM/invite', { user_id: '@carol:byline.test', reason: WORDS }],
  ['post', '/rooms/ROOM/kick', { user_id: '@ada:byline.test', reason: WORDS }],
  ['post', '/rooms/ROOM/ban', { user_id: '@ada:byline.test', reason: WORDS }],
  ['post', '/rooms/ROOM/leave', { reason: WORDS }],
  ['post', '/createRoom', { name: WORDS, preset: 'public_chat', visibility: 'public' }],
  ['post', '/createRoom', { invite: ['@carol:byline.test'], topic: WORDS }],
  ['post', '/join/OTHER', { reason: WORDS }],
  ['post', '/knock/OTHER', { reason: WORDS }],
  ['put', '/directory/room/%23vote-for-the-fish:byline.test', { room_id: 'ROOM' }],
  ['put', '/directory/list/room/ROOM', { visibility: 'public' }],
];

describe.each(ENGINES)('who may not talk yet, on %s', (engine) => {
  let server: TestServer;
  let ada: Person;
  let bob: Person;
  let roomId: string;
  let otherId: string;
  let eventId: string;

  beforeAll(async () => {
    server = await startWholeServer(engine);
    const { administrator } = await openOffice(server);
    [ada, bob] = [await signUp(server, 'ada'), await signUp(server, 'bob')];
    await signUp(server, 'carol');
    // Bob may do everything in it, but for the policy.
    roomId = await createRoom(ada, { preset: 'trusted_private_chat', invite: [bob.userId] });
    await join(bob, roomId);
    otherId = await createRoom(ada, { preset: 'public_chat' });
    eventId = await say(bob, roomId, 'hello');
    await administrator.expectOk.put(byline('/policy/identity.required'), { value: 'everyone' });
  });
  afterAll(() => server.dispose());

  const fill = (text: string, encode: (id: string) => string): string =>
    text
      .replaceAll(/\bROOM\b/g, encode(roomId))
      .replaceAll('OTHER', encode(otherId))
      .replaceAll('EVENT', encode(eventId))
      .replaceAll(/\bME\b/g, bob.userId);

  test.each(WAYS_TO_TALK)('%s %s', async (method, path, body) => {
    const { next_batch: since } = await sync(ada);
    const given = JSON.parse(fill(JSON.stringify(body), String)) as object;
    const refused = await bob[method](client(fill(path, encodeURIComponent)), given);
    expect(refused).toMatchObject({ status: 403, body: { errcode: 'BYLINE_IDENTITY_REQUIRED' } });
    expect(JSON.stringify(await sync(ada, since))).not.toContain(WORDS);
  });

  test('a new name or picture is told to no room', async () => {
    const { next_batch: since } = await sync(ada);
    await bob.put(client(`/profile/${bob.userId}/displayname`), { displayname: WORDS });
    await bob.put(client(`/profile/${bob.userId}/avatar_url`), { avatar_url: 'mxc://byline.test/fish' });
    const told = JSON.stringify(await sync(ada, since));
    expect(told).not.toContain(WORDS);
    expect(told).not.toContain('fish');
  });

  test('one may still leave, without a word', async () => {
    await bob.expectOk.post(roomPath(roomId, '/leave'));
    expect((await ada.expectOk.get(roomPath(roomId, '/joined_members')))['joined']).not.toHaveProperty([bob.userId]);
  });
});
