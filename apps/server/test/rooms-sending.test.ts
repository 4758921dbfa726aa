import { caller, type Person, signIn, signUp } from '@byline/testkit/person.ts';
import { ROOM_VERSIONS } from '@byline/protocol';
import type { TestServer } from '@byline/testkit/byline.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import {
  client,
  eventOf,
  membershipOf,
  messages,
  readState,
  redact,
  refusal,
  setState,
  stateOf,
} from './room-calls.ts';
import { bodiesOf, createRoom, join, roomPath, say, sync } from './syncing.ts';
import { makeVerifier, storedEvents } from './stored-events.ts';
import { startWholeServer } from './whole-server.ts';

const EACH_SENDS = 200;

const send = (person: Person, roomId: string, transaction: string, content: object, type = 'm.room.message') =>
  person.put<{ event_id: string }>(roomPath(roomId, `/send/${type}/${transaction}`), content);

describe.each(ENGINES)('talking in rooms on %s', (engine) => {
  let server: TestServer;
  let ada: Person;
  let bob: Person;
  let eve: Person;

  beforeAll(async () => {
    server = await startWholeServer(engine);
    ada = await signUp(server, 'ada');
    bob = await signUp(server, 'bob');
    eve = await signUp(server, 'eve');
  });
  afterAll(() => server.dispose());

  /** A room of Ada, with Bob in it. */
  const room = async (options: object = {}): Promise<string> => {
    const roomId = await createRoom(ada, { preset: 'public_chat', ...options });
    await join(bob, roomId);
    return roomId;
  };

  describe('a request that is sent again', () => {
    test('is done once, by device, path and name', async () => {
      const roomId = await room();
      const other = await room();
      const phone = await signIn(server, 'ada');
      const first = await send(ada, roomId, 'one', { body: 'a' });
      expect(await send(ada, roomId, 'one', { body: 'b' })).toEqual(first);
      const others = await Promise.all([
        send(ada, roomId, 'two', { body: 'a' }),
        send(ada, roomId, 'one', { body: 'a' }, 'm.other'),
        send(ada, other, 'one', { body: 'a' }),
        send(phone, roomId, 'one', { body: 'a' }),
        send(bob, roomId, 'one', { body: 'a' }),
      ]);
      const ids = [first, ...others].map(({ body }) => body.event_id);
      expect(new Set(ids).size).toBe(6);
      const { chunk } = await messages(ada, roomId);
      expect(chunk.filter(({ type }) => type === 'm.room.message')).toHaveLength(4);
    });

    test('at the same time too', async () => {
      const roomId = await room();
      const replies = await Promise.all(
        Array.from({ length: 10 }, () => send(ada, roomId, 'at-once', { body: 'once' })),
      );
      expect(new Set(replies.map(({ body }) => body.event_id)).size).toBe(1);
    });

    test('of a redaction', async () => {
      const roomId = await room();
      const target = await say(ada, roomId, 'gone');
      const path = roomPath(roomId, `/redact/${encodeURIComponent(target)}/again`);
      expect(await ada.put(path)).toEqual(await ada.put(path));
    });

    test('is known by its name to the device that sent it, and to no other', async () => {
      const roomId = await room();
      const phone = await signIn(server, 'ada');
      const { body } = await send(ada, roomId, 'mine', { body: 'a' });
      const nameFor = async (person: Person) =>
        (await eventOf(person, roomId, body.event_id)).body.unsigned?.['transaction_id'];
      expect(await nameFor(ada)).toBe('mine');
      expect(await nameFor(phone)).toBeUndefined();
      expect(await nameFor(bob)).toBeUndefined();
      const page = await messages(ada, roomId, 'dir=b&limit=1');
      expect(page.chunk[0]?.unsigned).toMatchObject({ transaction_id: 'mine', membership: 'join' });
    });
  });

  test('two who send at once: every message is there once, and the events are one chain', async () => {
    const roomId = await room();
    const sent = await Promise.all(
      [ada, bob].flatMap((person) =>
        Array.from({ length: EACH_SENDS }, async (_, index) => say(person, roomId, `${person.name} ${index}`)),
      ),
    );
    expect(new Set(sent).size).toBe(2 * EACH_SENDS);
    const all: Awaited<ReturnType<typeof messages>>['chunk'][number][] = [];
    for (let from: string | undefined = ''; from !== undefined;) {
      const { chunk, end } = await messages(ada, roomId, `dir=f&limit=150${from === '' ? '' : `&from=${from}`}`);
      all.push(...chunk);
      from = end;
    }
    const said = all.filter(({ type }) => type === 'm.room.message');
    expect(new Set(said.map(({ event_id: id }) => id))).toEqual(new Set(sent));
    for (const name of ['ada', 'bob']) {
      expect(said.filter(({ content }) => String(content['body']).startsWith(name))).toHaveLength(EACH_SENDS);
    }
    const stored = (await storedEvents(server)).filter((event) => event.roomId === roomId);
    expect(stored.map(({ eventId }) => eventId)).toEqual(all.map(({ event_id: id }) => id));
    expect(stored.map(({ pdu }) => pdu.depth)).toEqual(stored.map((_event, index) => index + 1));
    const before = stored.map((_event, index) => stored.slice(index - 1, index).map(({ eventId }) => eventId));
    expect(stored.map(({ pdu }) => pdu.prev_events)).toEqual(before.with(0, []));
  });

  describe.each(ROOM_VERSIONS)('redacting in version %s', (version) => {
    test('one’s own words, or those of others with the power to', async () => {
      const roomId = await room({ room_version: version });
      const mine = await say(bob, roomId, 'mine');
      const hers = await say(ada, roomId, 'hers');
      expect(await redact(bob, roomId, hers)).toMatchObject(refusal(403, 'M_FORBIDDEN'));
      expect(await redact(bob, roomId, mine, 'typo')).toMatchObject({ status: 200 });
      expect(await redact(ada, roomId, await say(bob, roomId, 'rude'))).toMatchObject({ status: 200 });
      expect(await redact(eve, roomId, hers)).toMatchObject(refusal(403, 'M_FORBIDDEN'));
      expect(await redact(ada, roomId, '$nothing')).toMatchObject(refusal(404, 'M_NOT_FOUND'));
      const elsewhere = await say(ada, await room(), 'elsewhere');
      expect(await redact(ada, roomId, elsewhere)).toMatchObject(refusal(404, 'M_NOT_FOUND'));
    });

    test('hides the words in everything that is read', async () => {
      const roomId = await room({ room_version: version });
      const before = await sync(bob);
      const target = await say(ada, roomId, 'a secret');
      const after = await say(ada, roomId, 'after it');
      await sync(bob, before.next_batch);
      const { body: redaction } = await redact(ada, roomId, target, 'too much');
      const context = roomPath(roomId, `/context/${encodeURIComponent(after)}?limit=10`);
      const restarted = async (): Promise<unknown[]> => [
        await messages(bob, roomId),
        await messages(bob, roomId, 'dir=f&limit=100'),
        await bob.expectOk.get(context),
        await bob.expectOk.get(roomPath(roomId, `/context/${encodeURIComponent(target)}?limit=0`)),
        (await eventOf(bob, roomId, target)).body,
        await sync(bob),
        await sync(bob, before.next_batch),
      ];
      for (const read of await restarted()) expect(JSON.stringify(read)).not.toContain('a secret');
      const { body } = await eventOf(bob, roomId, target);
      expect(body.content).toEqual({});
      expect(body.unsigned?.['redacted_because']).toMatchObject({
        event_id: redaction['event_id'],
        type: 'm.room.redaction',
        redacts: target,
        content: { reason: 'too much', redacts: target },
      });
    });

    test('may be sent as an event like any other', async () => {
      const roomId = await room({ room_version: version });
      const target = await say(bob, roomId, 'gone');
      const content = { redacts: target, reason: 'why not', 'org.example': 1 };
      expect(await send(eve, roomId, 'r', content, 'm.room.redaction')).toMatchObject(refusal(403, 'M_FORBIDDEN'));
      expect(await send(bob, roomId, 'r', {}, 'm.room.redaction')).toMatchObject(refusal(400, 'M_BAD_JSON'));
      const { body } = await send(bob, roomId, 'r2', content, 'm.room.redaction');
      expect((await eventOf(ada, roomId, body.event_id)).body).toMatchObject({ redacts: target, content });
      expect((await eventOf(ada, roomId, target)).body.content).toEqual({});
      expect(await setState(ada, roomId, 'm.room.redaction', { redacts: target })).toMatchObject(
        refusal(403, 'M_FORBIDDEN'),
      );
    });

    test('state: what it needs to stand stays, also where it is shown as what was before', async () => {
      const roomId = await room({ room_version: version });
      const { body } = await setState(ada, roomId, 'm.room.topic', { topic: 'a secret' });
      const next = await setState(ada, roomId, 'm.room.topic', { topic: 'harmless' });
      const shown = async () => (await eventOf(bob, roomId, next.body.event_id)).body.unsigned;
      expect(await shown()).toMatchObject({ replaces_state: body.event_id, prev_content: { topic: 'a secret' } });
      const since = (await sync(bob)).next_batch;
      await setState(ada, roomId, 'm.room.name', { name: 'new' });
      await redact(ada, roomId, body.event_id, 'a slip');
      expect(await shown()).toMatchObject({ replaces_state: body.event_id, prev_content: {} });
      for (const read of [
        await messages(bob, roomId),
        await stateOf(bob, roomId),
        await sync(bob),
        await sync(bob, since),
      ]) {
        expect(JSON.stringify(read)).not.toContain('a secret');
      }
      const member = await redact(ada, roomId, (await messages(ada, roomId, 'dir=b&limit=1')).chunk[0]?.event_id ?? '');
      expect(member.status).toBe(200);
      expect(JSON.stringify(await messages(bob, roomId))).not.toContain('a slip');
      expect(await membershipOf(ada, roomId, bob)).toBe('join');
    });
  });

  describe('state', () => {
    test('is set, read, and said once', async () => {
      const roomId = await room();
      const set = await setState(ada, roomId, 'm.room.topic', { topic: 'a', 'org.example': [1, { b: 2, a: 1 }] });
      expect(set.status).toBe(200);
      const same = await setState(ada, roomId, 'm.room.topic', { 'org.example': [1, { a: 1, b: 2 }], topic: 'a' });
      expect(same).toEqual(set);
      expect((await readState(bob, roomId, 'm.room.topic')).body).toMatchObject({ topic: 'a' });
      expect(await ada.expectOk.get(roomPath(roomId, '/state/m.room.topic'))).toMatchObject({ topic: 'a' });
      expect(await ada.expectOk.get(roomPath(roomId, '/state/m.room.topic/'))).toMatchObject({ topic: 'a' });
      expect(await ada.expectOk.get(roomPath(roomId, '/state/m.room.topic?format=event'))).toMatchObject({
        event_id: set.body.event_id,
        sender: ada.userId,
        state_key: '',
        content: { topic: 'a' },
      });
      const keyed = await setState(ada, roomId, 'org.example', { n: 1 }, 'a/b ö?');
      expect((await readState(bob, roomId, 'org.example', 'a/b ö?')).body).toEqual({ n: 1 });
      expect((await stateOf(bob, roomId)).find(({ event_id: id }) => id === keyed.body.event_id)?.state_key).toBe(
        'a/b ö?',
      );
      expect(await readState(bob, roomId, 'org.example')).toMatchObject(refusal(404, 'M_NOT_FOUND'));
    });

    test('needs the power to', async () => {
      const roomId = await room();
      expect(await setState(bob, roomId, 'm.room.topic', { topic: 'b' })).toMatchObject(refusal(403, 'M_FORBIDDEN'));
      expect(await setState(ada, roomId, 'org.example', {}, bob.userId)).toMatchObject(refusal(403, 'M_FORBIDDEN'));
      await setState(ada, roomId, 'm.room.power_levels', { users: { [bob.userId]: 50 } });
      expect((await setState(bob, roomId, 'm.room.topic', { topic: 'b' })).status).toBe(200);
    });

    test('a member says under which name they are here', async () => {
      const roomId = await room();
      const content = { membership: 'join', displayname: 'Bobby' };
      expect((await setState(bob, roomId, 'm.room.member', content, bob.userId)).status).toBe(200);
      expect((await readState(ada, roomId, 'm.room.member', bob.userId)).body).toEqual(content);
      expect(await setState(ada, roomId, 'm.room.member', content, bob.userId)).toMatchObject(
        refusal(403, 'M_FORBIDDEN'),
      );
      const [bad, nobody] = [{ membership: 'guest' }, { membership: 'invite' }];
      expect(await setState(bob, roomId, 'm.room.member', bad, bob.userId)).toMatchObject(refusal(400, 'M_BAD_JSON'));
      expect(await setState(ada, roomId, 'm.room.member', nobody, 'nobody')).toMatchObject(refusal(400, 'M_BAD_JSON'));
      expect(await setState(ada, roomId, 'm.room.member', nobody, '@nobody:byline.test')).toMatchObject(
        refusal(404, 'M_NOT_FOUND'),
      );
    });

    test('a canonical alias must lead here, unless it stood before', async () => {
      const roomId = await room();
      const alias = (name: string) => `#${name}-${roomId.slice(1, 6)}:byline.test`;
      const set = (content: object) => setState(ada, roomId, 'm.room.canonical_alias', content);
      for (const name of ['a', 'b']) {
        await ada.expectOk.put(client(`/directory/room/${encodeURIComponent(alias(name))}`), { room_id: roomId });
      }
      expect((await set({ alias: alias('a'), alt_aliases: [alias('b')] })).status).toBe(200);
      expect(await set({ alias: alias('c') })).toMatchObject(refusal(400, 'M_BAD_ALIAS'));
      expect(await set({ alias: alias('a'), alt_aliases: [alias('c')] })).toMatchObject(refusal(400, 'M_BAD_ALIAS'));
      expect(await set({ alias: 'a' })).toMatchObject(refusal(400, 'M_INVALID_PARAM'));
      expect(await set({ alias: 7 })).toMatchObject(refusal(400, 'M_BAD_JSON'));
      expect(await set({ alt_aliases: alias('a') })).toMatchObject(refusal(400, 'M_BAD_JSON'));
      expect((await set({ alias: null, alt_aliases: [] })).status).toBe(200);
      await ada.expectOk.delete(client(`/directory/room/${encodeURIComponent(alias('b'))}`));
      expect(await set({ alt_aliases: [alias('b')] })).toMatchObject(refusal(400, 'M_BAD_ALIAS'));
    });
  });

  test('an event may have 64 KiB, and not a byte more of leftovers', async () => {
    const roomId = await room();
    const before = await messages(ada, roomId);
    const large = { body: 'a'.repeat(65_536) };
    expect(await send(ada, roomId, 'large', large)).toMatchObject(refusal(413, 'M_TOO_LARGE'));
    expect(await setState(ada, roomId, 'org.example', large)).toMatchObject(refusal(413, 'M_TOO_LARGE'));
    expect(await send(ada, roomId, 'type', {}, 'a'.repeat(256))).toMatchObject(refusal(413, 'M_TOO_LARGE'));
    expect(await setState(ada, roomId, 'a', {}, 'ä'.repeat(128))).toMatchObject(refusal(413, 'M_TOO_LARGE'));
    expect(await send(ada, roomId, 'huge', { body: 'a'.repeat(2_000_000) })).toMatchObject(refusal(413, 'M_TOO_LARGE'));
    expect(await messages(ada, roomId)).toEqual(before);
    expect((await send(ada, roomId, 'large', { body: 'a'.repeat(60_000) })).status).toBe(200);
  });

  test('only members talk', async () => {
    const roomId = await room();
    expect(await send(eve, roomId, 'a', { body: 'hi' })).toMatchObject(refusal(403, 'M_FORBIDDEN'));
    await bob.expectOk.post(roomPath(roomId, '/leave'));
    expect(await send(bob, roomId, 'a', { body: 'hi' })).toMatchObject(refusal(403, 'M_FORBIDDEN'));
  });

  test('every event has its id and signature still, the redacted too', async () => {
    const verifies = await makeVerifier(server);
    const events = await storedEvents(server);
    expect(events.filter(({ pdu }) => pdu.type === 'm.room.redaction').length).toBeGreaterThan(10);
    expect(events.filter((event) => !verifies(event))).toEqual([]);
  });

  test('what was sent is there after a restart, with its names and its redactions', async () => {
    const roomId = await room();
    await setState(ada, roomId, 'm.room.topic', { topic: 'first' });
    await setState(ada, roomId, 'm.room.topic', { topic: 'second' });
    const sent = await send(ada, roomId, 'kept', { body: 'kept' });
    await redact(ada, roomId, await say(ada, roomId, 'a secret'), 'why');
    const before = await messages(ada, roomId);
    await server.stop();
    server = await server.restart();
    [ada, bob] = [moved(server, ada), moved(server, bob)];
    expect(await messages(ada, roomId)).toEqual(before);
    expect(await send(ada, roomId, 'kept', { body: 'again' })).toEqual(sent);
    expect(bodiesOf((await sync(bob)).rooms?.join?.[roomId])).toEqual(['kept', undefined]);
  });
});

/** The same person at a server that listens elsewhere now. */
const moved = (server: TestServer, person: Person): Person => ({ ...person, ...caller(server, person.token) });
