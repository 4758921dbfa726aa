import { contentHash } from '@byline/core/event/hash.ts';
import { ROOM_VERSION_RULES } from '@byline/core/event/room-version.ts';
import { ROOM_VERSIONS, type RoomVersion } from '@byline/protocol';
import { type Person, signUp } from '@byline/testkit/person.ts';
import type { TestServer } from '@byline/testkit/byline.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import { act, client, eventOf, membershipOf, messages, readState, redact, refusal, setState } from './room-calls.ts';
import { makeVerifier, storedEvents } from './stored-events.ts';
import { createRoom, join, roomPath, say } from './syncing.ts';
import { startWholeServer } from './whole-server.ts';

const FORBIDDEN = refusal(403, 'M_FORBIDDEN');

/** Which versions know a join rule, from the specification's feature matrix. */
const knows = (version: RoomVersion, joinRule: string): boolean => {
  const since: Readonly<Record<string, RoomVersion>> = { knock: '7', restricted: '8', knock_restricted: '10' };
  return ROOM_VERSIONS.indexOf(version) >= ROOM_VERSIONS.indexOf(since[joinRule] ?? '3');
};

const numbersOf = (version: RoomVersion) => ROOM_VERSION_RULES[version].numbers;

describe.each(ENGINES)('room versions on %s', (engine) => {
  let server: TestServer;
  let ada: Person;
  let bob: Person;

  beforeAll(async () => {
    server = await startWholeServer(engine);
    ada = await signUp(server, 'ada');
    bob = await signUp(server, 'bob');
  });
  afterAll(() => server.dispose());

  test('clients are told which there are', async () => {
    const { capabilities } = await ada.expectOk.get<{ capabilities: Record<string, unknown> }>(client('/capabilities'));
    expect(capabilities['m.room_versions']).toEqual({
      default: '12',
      available: Object.fromEntries(ROOM_VERSIONS.map((version) => [version, 'stable'])),
    });
  });

  describe.each(ROOM_VERSIONS)('version %s', (version) => {
    const room = (options: object = {}): Promise<string> => createRoom(ada, { room_version: version, ...options });

    test('people come, talk, take back what they said and go', async () => {
      const roomId = await room({ preset: 'public_chat' });
      await join(bob, roomId);
      const eventId = await say(bob, roomId, 'Hello');
      expect((await redact(bob, roomId, eventId, 'a slip')).status).toBe(200);
      const { body } = await eventOf(ada, roomId, eventId);
      expect(body).toMatchObject({ content: {}, unsigned: { redacted_because: { sender: bob.userId } } });
      expect((await act(ada, roomId, 'ban', bob)).status).toBe(200);
      expect(await bob.post(roomPath(roomId, '/join'))).toMatchObject(FORBIDDEN);
      expect((await act(ada, roomId, 'unban', bob)).status).toBe(200);
      await join(bob, roomId);
      expect(await membershipOf(ada, roomId, bob)).toBe('join');
    });

    test.each(['knock', 'restricted', 'knock_restricted'])('the join rule “%s”', async (joinRule) => {
      const common = await createRoom(ada, { preset: 'public_chat' });
      await join(bob, common);
      const allow = [{ type: 'm.room_membership', room_id: common }];
      const rules = { type: 'm.room.join_rules', content: { join_rule: joinRule, allow } };
      const roomId = await room({ initial_state: [rules] });
      const known = knows(version, joinRule);
      const knocked = await bob.post(client(`/knock/${encodeURIComponent(roomId)}`));
      expect(knocked.status).toBe(known && joinRule !== 'restricted' ? 200 : 403);
      const joined = await bob.post(roomPath(roomId, '/join'));
      expect(joined.status).toBe(known && joinRule !== 'knock' ? 200 : 403);
    });

    test('power levels as text', async () => {
      const roomId = await room({ preset: 'public_chat' });
      await join(bob, roomId);
      const { body } = await readState(ada, roomId, 'm.room.power_levels');
      const users = { ...(body['users'] as object), [bob.userId]: '50' };
      const set = await setState(ada, roomId, 'm.room.power_levels', { ...body, users });
      const areText = ROOM_VERSION_RULES[version].levels === 'loose';
      expect(set.status).toBe(areText ? 200 : 403);
      const named = await setState(bob, roomId, 'm.room.name', { name: 'Bob’s' });
      expect(named.status).toBe(areText ? 200 : 403);
    });

    test('a fraction in an event', async () => {
      const roomId = await room();
      const path = roomPath(roomId, '/send/m.room.message/fraction');
      const sent = await ada.put<{ event_id: string }>(path, { body: 'half', volume: 0.5 });
      const taken = { status: 200, body: { event_id: expect.any(String) as unknown } };
      const isStrict = numbersOf(version) === 'integers';
      expect(sent).toMatchObject(isStrict ? refusal(400, 'M_BAD_JSON') : taken);
      const { chunk } = await messages(ada, roomId);
      const said = chunk.filter(({ type }) => type === 'm.room.message').map(({ content }) => content);
      expect(said).toEqual(isStrict ? [] : [{ body: 'half', volume: 0.5 }]);
    });
  });

  test('the event ids of version 3 may hold slashes, and are found by them', async () => {
    const roomId = await createRoom(ada, { room_version: '3' });
    for (let said = 0; said < 20; said += 1) await say(ada, roomId, `${said}`);
    const { chunk } = await messages(ada, roomId);
    const slashed = chunk.filter(({ event_id: eventId }) => eventId.includes('/'));
    expect(slashed.length).toBeGreaterThan(0);
    for (const event of slashed) {
      expect((await eventOf(ada, roomId, event.event_id)).body.event_id).toBe(event.event_id);
      const context = await ada.get(roomPath(roomId, `/context/${encodeURIComponent(event.event_id)}`));
      expect(context.status).toBe(200);
    }
  });

  test('every event of every version is whole: its hash, its id and its signature', async () => {
    const verifies = await makeVerifier(server);
    const events = await storedEvents(server);
    expect(new Set(events.map(({ version }) => version))).toEqual(new Set(ROOM_VERSIONS));
    expect(events.filter((event) => !verifies(event))).toEqual([]);
    const isRedacted = ({ pdu }: (typeof events)[number]) => Object.keys(pdu.content).length === 0;
    const hashed = events.filter((event) => !isRedacted(event));
    expect(hashed.filter(({ pdu, version }) => contentHash(pdu, numbersOf(version)) !== pdu.hashes.sha256)).toEqual([]);
  });
});
