import { caller, type Person, signUp } from '@byline/testkit/person.ts';
import type { TestServer } from '@byline/testkit/byline.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import { act, client, messages, setState } from './room-calls.ts';
import { bodiesOf, createRoom, join, roomPath, say, type SyncedEvent, sync } from './syncing.ts';
import { startWholeServer } from './whole-server.ts';

/** What somebody has to do with the room in the course of the play. */
const PARTS = [
  'stranger',
  'knocker',
  'invited',
  'decliner',
  'joined',
  'left',
  'kicked',
  'banned',
  'banned before',
  'rejoined',
  'invited again',
] as const;
type Part = (typeof PARTS)[number];

/**
 * What is said in the course of the play: before anybody is there; while people are invited; while they are in the room;
 * when some have gone; when some of those are invited again; when some of those have come again.
 */
const SAID = ['before', 'inviting', 'inside', 'gone', 'inviting again', 'again'] as const;

const ALL = SAID;
const NOTHING = 'closed';
type Readable = readonly string[] | typeof NOTHING;

const VISIBILITIES = ['world_readable', 'shared', 'invited', 'joined'] as const;

/** What each reads in the end, by the history visibility of the room (client-server API: "Room History Visibility"). */
const READABLE: Readonly<Record<Part, readonly [Readable, Readable, Readable, Readable]>> = {
  stranger: [ALL, NOTHING, NOTHING, NOTHING],
  knocker: [ALL, NOTHING, NOTHING, NOTHING],
  invited: [ALL, NOTHING, NOTHING, NOTHING],
  decliner: [ALL, NOTHING, NOTHING, NOTHING],
  joined: [ALL, ALL, ALL.slice(1), ALL.slice(2)],
  left: [ALL, ALL.slice(0, 3), ['inviting', 'inside'], ['inside']],
  kicked: [ALL, ALL.slice(0, 3), ['inviting', 'inside'], ['inside']],
  banned: [ALL, ALL.slice(0, 3), ['inviting', 'inside'], ['inside']],
  'banned before': [ALL, NOTHING, NOTHING, NOTHING],
  rejoined: [ALL, ALL, ['inviting', 'inside', 'inviting again', 'again'], ['inside', 'again']],
  'invited again': [ALL, ALL.slice(0, 3), ['inviting', 'inside'], ['inside']],
};

/** Where the room is in their sync. */
const SECTION: Readonly<Record<Part, 'join' | 'invite' | 'knock' | 'leave' | undefined>> = {
  stranger: undefined,
  knocker: 'knock',
  invited: 'invite',
  decliner: 'leave',
  joined: 'join',
  left: 'leave',
  kicked: 'leave',
  banned: 'leave',
  'banned before': 'leave',
  rejoined: 'join',
  'invited again': 'invite',
};

/** Who may see what the room is: as it is now, or as it was when they went. */
const stateSeen = (part: Part, readable: Readable): string | undefined => {
  if (readable === NOTHING) return undefined;
  const last = readable === ALL ? 'again' : readable.at(-1);
  return ['left', 'kicked', 'banned', 'invited again'].includes(part) && last !== 'again' ? 'inside' : 'again';
};

type Cast = Readonly<Record<Part, Person>>;

/** Whether nothing was said between these. */
const isUnbroken = (bodies: readonly string[]): boolean => {
  const [first = ''] = bodies;
  const from = SAID.findIndex((body) => body === first);
  return SAID.slice(from, from + bodies.length).join() === bodies.join();
};

const spoken = (events: readonly SyncedEvent[]): unknown[] =>
  events.filter(({ type }) => type === 'm.room.message').map(({ content }) => content['body']);

describe.each(ENGINES)('who reads what, on %s', (engine) => {
  let server: TestServer;
  let ada: Person;
  let cast: Cast;

  beforeAll(async () => {
    server = await startWholeServer(engine);
    ada = await signUp(server, 'ada');
    const people = PARTS.map(async (part) => [part, await signUp(server, part.replaceAll(' ', '-'))] as const);
    cast = Object.fromEntries(await Promise.all(people)) as Cast;
  });
  afterAll(() => server.dispose());

  describe.each(VISIBILITIES)('history %s', (visibility) => {
    let roomId: string;
    let ids: Readonly<Record<string, string>>;
    let tokens: Readonly<Record<Part, string>>;
    const column = VISIBILITIES.indexOf(visibility);
    const readableBy = (part: Part): Readable => READABLE[part][column] ?? NOTHING;

    beforeAll(async () => {
      roomId = await createRoom(ada, {
        initial_state: [
          { type: 'm.room.history_visibility', content: { history_visibility: visibility } },
          { type: 'm.room.join_rules', content: { join_rule: 'knock' } },
        ],
      });
      const since = PARTS.map(async (part) => [part, (await sync(cast[part])).next_batch] as const);
      tokens = Object.fromEntries(await Promise.all(since)) as Record<Part, string>;
      ids = await play(roomId);
    });

    /** Each thing that is said is the room's name at the time, too. */
    const speak = async (body: string): Promise<readonly [string, string]> => {
      const named = await setState(ada, roomId, 'm.room.name', { name: body });
      expect(named.status).toBe(200);
      return [body, await say(ada, roomId, body)];
    };

    const play = async (id: string): Promise<Readonly<Record<string, string>>> => {
      const { knocker, decliner, joined, left, kicked, banned, rejoined } = cast;
      const insiders = [joined, left, kicked, banned, rejoined, cast['invited again']];
      const said = [await speak('before')];
      await act(ada, id, 'ban', cast['banned before']);
      await knocker.expectOk.post(client(`/knock/${encodeURIComponent(id)}`));
      for (const person of [...insiders, cast.invited, decliner]) await act(ada, id, 'invite', person);
      said.push(await speak('inviting'));
      for (const person of insiders) await join(person, id);
      said.push(await speak('inside'));
      for (const person of [left, rejoined, decliner, cast['invited again']]) {
        await person.expectOk.post(roomPath(id, '/leave'));
      }
      await act(ada, id, 'kick', kicked);
      await act(ada, id, 'ban', banned);
      said.push(await speak('gone'));
      for (const person of [rejoined, cast['invited again']]) await act(ada, id, 'invite', person);
      said.push(await speak('inviting again'));
      await join(rejoined, id);
      said.push(await speak('again'));
      return Object.fromEntries(said);
    };

    test.each(PARTS)('%s: /messages in both directions', async (part) => {
      const readable = readableBy(part);
      const { status } = await cast[part].get(roomPath(roomId, '/messages?dir=b'));
      expect(status).toBe(readable === NOTHING ? 403 : 200);
      const read = async (dir: string) =>
        readable === NOTHING ? NOTHING : spoken((await messages(cast[part], roomId, `dir=${dir}&limit=100`)).chunk);
      expect(await read('f')).toEqual(readable);
      expect(await read('b')).toEqual(readable === NOTHING ? NOTHING : readable.toReversed());
      const { next_batch: now } = await sync(cast[part]);
      expect(await read(`f&to=${now}`)).toEqual(readable);
      expect(await read(`b&from=${now}`)).toEqual(readable === NOTHING ? NOTHING : readable.toReversed());
    });

    test.each(PARTS)('%s: /event and /context of each', async (part) => {
      const readable = readableBy(part);
      const found: Record<'event' | 'context', string[]> = { event: [], context: [] };
      for (const body of SAID) {
        const path = encodeURIComponent(ids[body] ?? '');
        const event = await cast[part].get(roomPath(roomId, `/event/${path}`));
        const context = await cast[part].get(roomPath(roomId, `/context/${path}`));
        expect([200, 404]).toContain(event.status);
        expect([200, readable === NOTHING ? 403 : 404]).toContain(context.status);
        if (event.status === 200) found.event.push(body);
        if (context.status === 200) found.context.push(body);
      }
      const expected = readable === NOTHING ? [] : readable;
      expect(found).toEqual({ event: expected, context: expected });
    });

    test.each(PARTS)('%s: around an event stands what they may read', async (part) => {
      const readable = readableBy(part);
      const [first = ''] = readable === NOTHING ? [] : readable;
      const path = roomPath(roomId, `/context/${encodeURIComponent(ids[first] ?? '$none')}?limit=200`);
      const { body } = await cast[part].get<{ events_after?: SyncedEvent[]; events_before?: SyncedEvent[] }>(path);
      expect(spoken(body.events_after ?? [])).toEqual(readable === NOTHING ? [] : readable.slice(1));
      expect(spoken(body.events_before ?? [])).toEqual([]);
    });

    test.each(PARTS)('%s: /state and /members', async (part) => {
      const seen = stateSeen(part, readableBy(part));
      const name = await cast[part].get(roomPath(roomId, '/state/m.room.name'));
      expect(name).toMatchObject(seen === undefined ? { status: 403 } : { status: 200, body: { name: seen } });
      const state = await cast[part].get<SyncedEvent[]>(roomPath(roomId, '/state'));
      const names = state.status === 200 ? state.body.filter(({ type }) => type === 'm.room.name') : [];
      expect(names.map(({ content }) => content['name'])).toEqual(seen === undefined ? [] : [seen]);
      const members = await cast[part].get<{ chunk?: SyncedEvent[] }>(roomPath(roomId, '/members'));
      expect(members.status).toBe(seen === undefined ? 403 : 200);
      const rejoined = (members.body.chunk ?? []).find(({ state_key: key }) => key === cast.rejoined.userId);
      // Who went before and after them saw them there and not there.
      const then = part === 'left' ? 'join' : 'leave';
      const standing = seen === 'again' ? 'join' : then;
      expect(rejoined?.content['membership']).toBe(seen === undefined ? undefined : standing);
      const joined = await cast[part].get(roomPath(roomId, '/joined_members'));
      expect(joined.status).toBe(SECTION[part] === 'join' ? 200 : 403);
    });

    test.each(PARTS)('%s: /sync since before', async (part) => {
      const readable = readableBy(part);
      const filter = JSON.stringify({ room: { timeline: { limit: 100 } } });
      const { rooms = {} } = await sync(cast[part], tokens[part], { filter });
      const sections = Object.entries(rooms).filter(([, section]) => Object.hasOwn(section, roomId));
      expect(sections.map(([name]) => name)).toEqual(SECTION[part] === undefined ? [] : [SECTION[part]]);
      const room = rooms.join?.[roomId] ?? rooms.leave?.[roomId];
      const isThere = SECTION[part] === 'join' || ['left', 'kicked', 'banned'].includes(part);
      const told = readable === NOTHING || !isThere ? [] : readable;
      // Who has left is told of the room until they left, even where anyone may read on.
      const until = SECTION[part] === 'leave' ? told.filter((body) => SAID.indexOf(body as 'gone') < 3) : told;
      // A timeline has no holes; what was said before one is read page by page.
      const timeline = until.filter((_body, index) => isUnbroken(until.slice(index)));
      expect(bodiesOf(room)).toEqual(timeline);
      const before = room === undefined ? '' : `&from=${room.timeline.prev_batch}`;
      const rest = until.length === 0 ? [] : (await messages(cast[part], roomId, `dir=b&limit=100${before}`)).chunk;
      expect(spoken(rest).toReversed()).toEqual(until.slice(0, until.length - timeline.length));
    });

    test('who has not signed in reads nothing', async () => {
      expect((await caller(server).get(roomPath(roomId, '/messages?dir=b'))).status).toBe(401);
    });
  });
});
