import { type Person, signUp } from '@byline/testkit/person.ts';
import type { TestServer } from '@byline/testkit/byline.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import { act, client, eventOf, messages, readState, refusal, setState, stateOf } from './room-calls.ts';
import { createRoom, join, roomPath, say, sync } from './syncing.ts';
import { startWholeServer } from './whole-server.ts';

const FORBIDDEN = refusal(403, 'M_FORBIDDEN');
const NOT_FOUND = refusal(404, 'M_NOT_FOUND');

interface Event {
  readonly event_id: string;
  readonly type: string;
  readonly state_key?: string;
  readonly sender: string;
  readonly content: Readonly<Record<string, unknown>>;
}

interface Context {
  readonly start: string;
  readonly end: string;
  readonly event: Event;
  readonly events_before: readonly Event[];
  readonly events_after: readonly Event[];
  readonly state: readonly Event[];
}

const bodies = (events: readonly Event[]): unknown[] =>
  events.filter(({ type }) => type === 'm.room.message').map(({ content }) => content['body']);

const filtered = (filter: object): string => `filter=${encodeURIComponent(JSON.stringify(filter))}`;

const visible = (visibility: string) => [
  { type: 'm.room.history_visibility', content: { history_visibility: visibility } },
];
const leave = (person: Person, roomId: string) => person.expectOk.post(roomPath(roomId, '/leave'));
const contextOf = (person: Person, roomId: string, eventId: string, query = '') =>
  person.expectOk.get<Context>(roomPath(roomId, `/context/${encodeURIComponent(eventId)}?${query}`));
const members = (person: Person, roomId: string, query = '') =>
  person.get<{ chunk: Event[] }>(roomPath(roomId, `/members?${query}`));

const numbers = (events: readonly Event[]) =>
  events.filter(({ type }) => type === 'org.example').map(({ content }) => content['n']);

const shown = async (person: Person, roomId: string, query = '') => {
  const { body } = await members(person, roomId, query);
  return body.chunk.map(({ state_key: key, content }) => `${key} ${String(content['membership'])}`).toSorted();
};

describe.each(ENGINES)('reading rooms on %s', (engine) => {
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

  const room = (options: object = {}): Promise<string> => createRoom(ada, { preset: 'public_chat', ...options });

  describe('messages', () => {
    test('are read page by page, backwards and forwards, without gap or repetition', async () => {
      const roomId = await room();
      for (let index = 0; index < 10; index += 1) await say(ada, roomId, `${index}`);
      const read = async (dir: string, limit: number, first = ''): Promise<unknown[]> => {
        const all: Event[] = [];
        for (let from: string | undefined = first; from !== undefined;) {
          const query: string = `dir=${dir}&limit=${limit}${from === '' ? '' : `&from=${from}`}`;
          const page: Awaited<ReturnType<typeof messages>> = await messages(ada, roomId, query);
          expect(page.start).toBe(from === '' ? page.start : from);
          expect(page.chunk.length).toBeLessThanOrEqual(limit);
          all.push(...page.chunk);
          from = page.end;
        }
        expect(new Set(all.map(({ event_id: id }) => id)).size).toBe(all.length);
        return bodies(all);
      };
      const said = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
      for (const limit of [1, 3, 7, 100]) {
        expect(await read('f', limit)).toEqual(said);
        expect(await read('b', limit)).toEqual(said.toReversed());
      }
      const { end = '' } = await messages(ada, roomId, 'dir=b&limit=4');
      expect(await read('b', 2, end)).toEqual(['5', '4', '3', '2', '1', '0']);
      expect(await read('f', 2, end)).toEqual(['6', '7', '8', '9']);
      const { rooms } = await sync(ada, undefined, { filter: JSON.stringify({ room: { timeline: { limit: 3 } } }) });
      expect(await read('b', 5, rooms?.join?.[roomId]?.timeline.prev_batch)).toEqual(said.slice(0, 7).toReversed());
    });

    test('end where the reader says', async () => {
      const roomId = await room();
      for (const body of ['a', 'b', 'c', 'd']) await say(ada, roomId, body);
      const { end: afterB = '' } = await messages(ada, roomId, 'dir=b&limit=2');
      const back = await messages(ada, roomId, `dir=b&to=${afterB}`);
      expect(bodies(back.chunk)).toEqual(['d', 'c']);
      expect(back.end).toBe(afterB);
      expect(bodies((await messages(ada, roomId, `dir=f&to=${afterB}&limit=100`)).chunk)).toEqual(['a', 'b']);
    });

    test('can be filtered, and even the one in thousands is found', async () => {
      const roomId = await room();
      await join(bob, roomId);
      await say(bob, roomId, 'the needle');
      for (let index = 0; index < 30; index += 1) {
        await Promise.all(Array.from({ length: 10 }, (_, nth) => say(ada, roomId, `hay ${index} ${nth}`)));
      }
      const needle = await messages(
        ada,
        roomId,
        `dir=b&limit=1&${filtered({ senders: [bob.userId], types: ['m.room.message'] })}`,
      );
      expect(bodies(needle.chunk)).toEqual(['the needle']);
      expect(needle.end).toBeDefined();
      const state = await messages(ada, roomId, `dir=b&limit=100&${filtered({ not_types: ['m.room.m*'] })}`);
      expect(state.end).toBeUndefined();
      expect(state.chunk.map(({ type }) => type)).toEqual([
        'm.room.guest_access',
        'm.room.history_visibility',
        'm.room.join_rules',
        'm.room.power_levels',
        'm.room.create',
      ]);
      expect((await messages(ada, roomId, `dir=b&${filtered({ not_rooms: [roomId] })}`)).chunk).toEqual([]);
    });

    test('come with who sent them, for clients that load members lazily', async () => {
      const roomId = await room();
      await join(bob, roomId);
      await join(eve, roomId);
      await say(bob, roomId, 'hi');
      await say(ada, roomId, 'hi');
      const lazy = filtered({ lazy_load_members: true });
      const page = await messages(ada, roomId, `dir=b&limit=1&${lazy}`);
      expect(page.state?.map(({ state_key: key }) => key)).toEqual([ada.userId]);
      const both = await messages(ada, roomId, `dir=b&limit=2&${lazy}`);
      expect(new Set(both.state?.map(({ state_key: key }) => key))).toEqual(new Set([ada.userId, bob.userId]));
      expect((await messages(ada, roomId, 'dir=b')).state).toBeUndefined();
    });
  });

  /** What Bob reads who was invited after `before`, joined after `invited`, and left after `joined`. */
  const WHAT_BOB_READS = [
    ['world_readable', ['before', 'invited', 'joined', 'left']],
    ['shared', ['before', 'invited', 'joined']],
    ['invited', ['invited', 'joined']],
    ['joined', ['joined']],
  ] as const;

  test.each(WHAT_BOB_READS)('with history %s a guest reads %j', async (visibility, readable) => {
    const roomId = await createRoom(ada, { initial_state: visible(visibility) });
    const ids: Record<string, string> = { before: await say(ada, roomId, 'before') };
    await act(ada, roomId, 'invite', bob);
    ids['invited'] = await say(ada, roomId, 'invited');
    await join(bob, roomId);
    ids['joined'] = await say(ada, roomId, 'joined');
    await leave(bob, roomId);
    ids['left'] = await say(ada, roomId, 'left');
    expect(bodies((await messages(bob, roomId, 'dir=f&limit=100')).chunk)).toEqual(readable);
    expect(bodies((await messages(bob, roomId)).chunk)).toEqual(readable.toReversed());
    const readableAlone: Record<string, string[]> = { event: [], context: [] };
    for (const [body, id] of Object.entries(ids)) {
      for (const [kind, found] of Object.entries(readableAlone)) {
        const { status } = await bob.get(roomPath(roomId, `/${kind}/${encodeURIComponent(id)}`));
        if (status === 200) found.push(body);
      }
    }
    expect(readableAlone).toEqual({ event: readable, context: readable });
    const around = await contextOf(bob, roomId, ids['joined'] ?? '', 'limit=100');
    const about = [...around.events_before.toReversed(), around.event, ...around.events_after];
    expect(bodies(about)).toEqual(readable);
    expect(bodies((await messages(ada, roomId, 'dir=f&limit=100')).chunk)).toEqual([
      'before',
      'invited',
      'joined',
      'left',
    ]);
    const outside = await eve.get(roomPath(roomId, '/messages?dir=b&limit=100'));
    expect(outside).toMatchObject(visibility === 'world_readable' ? { status: 200 } : FORBIDDEN);
  });

  test('what was said while a room was closed stays closed when it opens', async () => {
    const roomId = await createRoom(ada, { initial_state: visible('joined') });
    const closed = await say(ada, roomId, 'closed');
    const change = await setState(ada, roomId, 'm.room.history_visibility', { history_visibility: 'world_readable' });
    await say(ada, roomId, 'open');
    expect(bodies((await messages(eve, roomId)).chunk)).toEqual(['open']);
    expect(await eventOf(eve, roomId, closed)).toMatchObject(NOT_FOUND);
    expect((await eventOf(eve, roomId, change.body.event_id)).status).toBe(200);
    expect((await readState(eve, roomId, 'm.room.create')).status).toBe(200);
    expect((await members(eve, roomId)).status).toBe(200);
    expect(await eve.get(roomPath(roomId, '/joined_members'))).toMatchObject(FORBIDDEN);
    expect((await eve.get(roomPath(roomId, '/aliases'))).status).toBe(200);
    await setState(ada, roomId, 'm.room.history_visibility', { history_visibility: 'joined' });
    expect(await eve.get(roomPath(roomId, '/messages?dir=b'))).toMatchObject(FORBIDDEN);
  });

  test('who has left sees the room as it was when they left', async () => {
    const roomId = await room({ name: 'old' });
    await join(bob, roomId);
    await leave(bob, roomId);
    await setState(ada, roomId, 'm.room.name', { name: 'new' });
    await setState(ada, roomId, 'm.room.topic', { topic: 'new' });
    await join(eve, roomId);
    expect((await readState(bob, roomId, 'm.room.name')).body).toEqual({ name: 'old' });
    expect(await readState(bob, roomId, 'm.room.topic')).toMatchObject(NOT_FOUND);
    const state = await stateOf(bob, roomId);
    expect(state.find(({ type }) => type === 'm.room.name')?.content).toEqual({ name: 'old' });
    expect(state.some(({ type }) => type === 'm.room.topic')).toBe(false);
    expect(await shown(bob, roomId)).toEqual([`${ada.userId} join`, `${bob.userId} leave`]);
    expect(await bob.get(roomPath(roomId, '/joined_members'))).toMatchObject(FORBIDDEN);
    expect((await readState(ada, roomId, 'm.room.name')).body).toEqual({ name: 'new' });
  });

  test('who was only invited has no business there', async () => {
    const roomId = await createRoom(ada, { invite: [bob.userId], initial_state: visible('invited') });
    for (const path of ['/state', '/messages?dir=b', '/members', '/joined_members', '/state/m.room.create']) {
      expect(await bob.get(roomPath(roomId, path))).toMatchObject(FORBIDDEN);
    }
    await bob.expectOk.post(roomPath(roomId, '/leave'));
    expect(await bob.get(roomPath(roomId, '/state'))).toMatchObject(FORBIDDEN);
  });

  test('an event and what stands around it', async () => {
    const roomId = await room();
    await join(bob, roomId);
    const ids: string[] = [];
    for (let index = 0; index < 9; index += 1) ids.push(await say(ada, roomId, `${index}`));
    await setState(ada, roomId, 'm.room.name', { name: 'later' });
    const context = await contextOf(bob, roomId, ids[4] ?? '', 'limit=4');
    expect(bodies(context.events_before)).toEqual(['3', '2']);
    expect(bodies([context.event])).toEqual(['4']);
    expect(bodies(context.events_after)).toEqual(['5', '6']);
    expect(context.state.some(({ type }) => type === 'm.room.name')).toBe(false);
    expect(context.state.filter(({ type }) => type === 'm.room.member')).toHaveLength(2);
    expect(bodies((await messages(bob, roomId, `dir=b&limit=1&from=${context.start}`)).chunk)).toEqual(['1']);
    expect(bodies((await messages(bob, roomId, `dir=f&limit=1&from=${context.end}`)).chunk)).toEqual(['7']);
    const alone = await contextOf(bob, roomId, ids[4] ?? '', 'limit=0');
    expect([alone.events_before, alone.events_after]).toEqual([[], []]);
    const lazy = await contextOf(bob, roomId, ids[4] ?? '', `limit=4&${filtered({ lazy_load_members: true })}`);
    const sender = lazy.state.filter(({ type }) => type === 'm.room.member').map(({ state_key: key }) => key);
    expect(sender).toEqual([ada.userId]);
    const other = await room();
    expect(await eventOf(ada, other, ids[4] ?? '')).toMatchObject(NOT_FOUND);
    expect(await ada.get(roomPath(other, `/context/${encodeURIComponent(ids[4] ?? '')}`))).toMatchObject(NOT_FOUND);
    expect(await eventOf(ada, roomId, '$nothing')).toMatchObject(NOT_FOUND);
  });

  test('events say what their reader was in the room at the time', async () => {
    const roomId = await room();
    await say(ada, roomId, 'early');
    await act(ada, roomId, 'invite', bob);
    await say(ada, roomId, 'invited');
    await join(bob, roomId);
    await say(ada, roomId, 'joined');
    const said = (await messages(bob, roomId)).chunk.filter(({ type }) => type === 'm.room.message');
    expect(said.map(({ unsigned }) => unsigned?.['membership'])).toEqual(['join', 'invite', 'leave']);
  });

  describe('members', () => {
    test('are listed by their membership, now and then', async () => {
      const roomId = await room();
      await join(bob, roomId);
      const { next_batch: at } = await sync(ada);
      await act(ada, roomId, 'invite', eve);
      await leave(bob, roomId);
      const [a, b, e] = [`${ada.userId} join`, `${bob.userId} leave`, `${eve.userId} invite`];
      expect(await shown(ada, roomId)).toEqual([a, b, e]);
      expect(await shown(ada, roomId, 'membership=join')).toEqual([a]);
      expect(await shown(ada, roomId, 'not_membership=leave')).toEqual([a, e]);
      expect(await shown(ada, roomId, 'membership=leave&not_membership=join')).toEqual([b, e]);
      expect(await shown(ada, roomId, `at=${at}`)).toEqual([a, `${bob.userId} join`]);
      expect(await shown(ada, roomId, `at=${at}&membership=leave`)).toEqual([]);
    });

    test('are not told of a time that the reader may not see', async () => {
      const roomId = await room({ initial_state: visible('joined') });
      const { next_batch: at } = await sync(ada);
      await join(bob, roomId);
      expect(await members(bob, roomId, `at=${at}`)).toMatchObject(FORBIDDEN);
      expect((await members(ada, roomId, `at=${at}`)).status).toBe(200);
    });

    test('who is in it, with their names', async () => {
      const roomId = await room();
      await ada.expectOk.put(client(`/profile/${ada.userId}/displayname`), { displayname: 'Ada' });
      await join(bob, roomId);
      expect(await bob.expectOk.get(roomPath(roomId, '/joined_members'))).toEqual({
        joined: { [ada.userId]: { display_name: 'Ada' }, [bob.userId]: {} },
      });
      expect(await eve.get(roomPath(roomId, '/joined_members'))).toMatchObject(FORBIDDEN);
      await ada.expectOk.put(client(`/profile/${ada.userId}/displayname`), { displayname: '' });
    });
  });

  test('state that was changed very often is found as it was', async () => {
    const roomId = await room();
    for (let index = 0; index < 60; index += 1) await setState(ada, roomId, 'org.example', { n: 1 }, `${index}`);
    await join(bob, roomId);
    await leave(bob, roomId);
    for (let index = 0; index < 60; index += 1) await setState(ada, roomId, 'org.example', { n: 2 }, `${index}`);
    expect(numbers(await stateOf(bob, roomId))).toEqual(Array.from({ length: 60 }, () => 1));
    expect(numbers(await stateOf(ada, roomId))).toEqual(Array.from({ length: 60 }, () => 2));
  });

  const BAD = [
    ['/messages', 'without a direction'],
    ['/messages?dir=x', 'with a direction that is none'],
    ['/messages?dir=b&limit=-1', 'of fewer than none'],
    ['/messages?dir=b&limit=few', 'of a number that is none'],
    ['/messages?dir=b&from=x1', 'from a token of nowhere'],
    ['/messages?dir=b&from=s', 'from a token without a number'],
    ['/messages?dir=b&filter=x', 'with a filter that is no JSON'],
    ['/messages?dir=b&filter=[]', 'with a filter that is no object'],
    ['/messages?dir=b&filter={"types":1}', 'with a filter of the wrong type'],
    ['/members?membership=guest', 'with a membership that is none'],
    ['/members?at=1', 'at a token of nowhere'],
    ['/context/$a?limit=-1', 'of fewer than none'],
    ['/event/a', 'of an event that has no id'],
    ['/state/m.room.name?format=xml', 'in a format that is none'],
  ] as const;

  test.each(BAD)('GET %s, %s, is refused', async (path) => {
    const { status, body } = await ada.get(roomPath(await room(), path));
    expect(status).toBe(400);
    expect(['M_BAD_JSON', 'M_MISSING_PARAM', 'M_INVALID_PARAM']).toContain(body['errcode']);
  });
});
