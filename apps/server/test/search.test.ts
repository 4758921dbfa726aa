import type { TestServer } from '@byline/testkit/byline.ts';
import { type Person, type Reply, signUp } from '@byline/testkit/person.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import { mustPublish, openAccount, openOffice } from './publisher.ts';
import { edit, ignore, type RelatedEvent, send, text } from './relating.ts';
import { redact, refusal, setState } from './room-calls.ts';
import { createRoom, join, roomPath, say } from './syncing.ts';
import { startWholeServer } from './whole-server.ts';

interface Result {
  readonly rank: number;
  readonly result: RelatedEvent;
  readonly context?: {
    readonly start: string;
    readonly end: string;
    readonly events_before: readonly RelatedEvent[];
    readonly events_after: readonly RelatedEvent[];
    readonly profile_info?: Readonly<Record<string, unknown>>;
  };
}

interface Found {
  readonly count: number;
  readonly highlights: readonly string[];
  readonly results: readonly Result[];
  readonly state?: Readonly<Record<string, readonly RelatedEvent[]>>;
  readonly groups?: Readonly<Record<string, Readonly<Record<string, { order: number; results: string[] }>>>>;
  readonly next_batch?: string;
}

interface Answer {
  readonly search_categories: { readonly room_events?: Found };
}

const trySearch = (person: Person, wanted: object, nextBatch?: string): Promise<Reply<Answer>> => {
  const query = nextBatch === undefined ? '' : `?next_batch=${nextBatch}`;
  return person.post(`/_matrix/client/v3/search${query}`, { search_categories: { room_events: wanted } });
};
const idsOf = ({ results }: Found) => results.map(({ result }) => result.event_id);

const bodies = (events: readonly RelatedEvent[] = []) => events.map(({ content }) => content['body']);

describe.each(ENGINES)('search on %s', (engine) => {
  let server: TestServer;
  let ada: Person;
  let bob: Person;
  let eve: Person;
  let roomId: string;

  beforeAll(async () => {
    server = await startWholeServer(engine);
    [ada, bob, eve] = await Promise.all([signUp(server, 'ada'), signUp(server, 'bob'), signUp(server, 'eve')]);
  });
  afterAll(() => server.dispose());
  beforeEach(async () => {
    roomId = await createRoom(ada, { preset: 'public_chat' });
    await join(bob, roomId);
  });

  const search = async (person: Person, term: string, wanted: object = {}, nextBatch?: string): Promise<Found> => {
    const here = { search_term: term, order_by: 'recent', filter: { rooms: [roomId] }, ...wanted };
    const { status, body } = await trySearch(person, here, nextBatch);
    if (status !== 200 || body.search_categories.room_events === undefined) throw new Error(JSON.stringify(body));
    return body.search_categories.room_events;
  };
  const ids = async (person: Person, term: string, wanted: object = {}) => idsOf(await search(person, term, wanted));

  test('finds words in any case, with or without accents, all of them, the newest first', async () => {
    const one = await say(ada, roomId, 'Martians and men');
    const two = await say(bob, roomId, 'men, MARTIANS & Żółwie');
    await say(ada, roomId, 'women only');
    expect(await ids(bob, 'martians MEN')).toEqual([two, one]);
    expect(await ids(bob, 'zołwie')).toEqual([two]);
    expect(await ids(bob, 'wom')).toEqual([]);
    expect(await ids(bob, '?!')).toEqual([]);
    expect(await search(bob, 'Martians men')).toMatchObject({ count: 2, highlights: ['martians', 'men'] });
  });

  test('finds Chinese by any of its characters that stand together', async () => {
    const one = await say(ada, roomId, '我们明天去北京天安门');
    const two = await say(ada, roomId, '北边很冷，南京很热；天气');
    expect(await ids(bob, '北京')).toEqual([one]);
    expect(await ids(bob, '京')).toEqual([two, one]);
    expect(await ids(bob, '明天去北京')).toEqual([one]);
    expect(await ids(bob, '天安门 我们')).toEqual([one]);
    // Every pair of it stands somewhere in this, and yet it does not.
    await say(ada, roomId, '去北，北京，京都');
    expect(await ids(bob, '去北京都')).toEqual([]);
  });

  test('the best first where rank is asked for, which is what is done unless told otherwise', async () => {
    const long = `cake ${'and many other words besides '.repeat(20)}`;
    const [short, other] = [await say(ada, roomId, 'cake'), await say(ada, roomId, long)];
    expect(await ids(bob, 'cake', { order_by: 'recent' })).toEqual([other, short]);
    const { results } = await search(bob, 'cake', { order_by: undefined });
    expect(results.map(({ result }) => result.event_id)).toEqual([short, other]);
    expect(results[0]?.rank).toBeGreaterThan(results[1]?.rank ?? Infinity);
  });

  test('only what one may read: rooms one is or was in, up to where one left, and nothing before where it is hidden', async () => {
    const open = await say(ada, roomId, 'secret one');
    await bob.expectOk.post(roomPath(roomId, '/leave'));
    const later = await say(ada, roomId, 'secret two');
    expect(await ids(bob, 'secret')).toEqual([open]);
    expect(await search(bob, 'secret')).toMatchObject({ count: 1 });
    expect(await ids(ada, 'secret')).toEqual([later, open]);
    expect(await ids(eve, 'secret')).toEqual([]);
    expect(await ids(eve, 'secret', { filter: {} })).toEqual([]);
    await setState(ada, roomId, 'm.room.history_visibility', { history_visibility: 'joined' });
    const hidden = await say(ada, roomId, 'secret three');
    await join(eve, roomId);
    const seen = await say(ada, roomId, 'secret four');
    expect(await ids(eve, 'secret')).not.toContain(hidden);
    expect((await ids(eve, 'secret'))[0]).toBe(seen);
  });

  test('nothing encrypted, and nothing in an encrypted room', async () => {
    await say(ada, roomId, 'cipher in the clear');
    await send(ada, roomId, 'm.room.encrypted', { ciphertext: 'cipher', body: 'cipher' });
    expect((await search(ada, 'cipher')).count).toBe(1);
    await setState(ada, roomId, 'm.room.encryption', { algorithm: 'm.megolm.v1.aes-sha2' });
    expect((await search(ada, 'cipher')).count).toBe(0);
  });

  test('what is redacted is gone, and what was changed is found by its new words', async () => {
    const one = await say(ada, roomId, 'apples');
    const two = await say(ada, roomId, 'apples and pears');
    expect(await ids(bob, 'apples')).toEqual([two, one]);
    const change = await edit(ada, roomId, one, 'plums');
    await edit(bob, roomId, two, 'forged');
    expect(await ids(bob, 'apples')).toEqual([two]);
    const [plums] = (await search(bob, 'plums')).results;
    expect(plums?.result).toMatchObject({
      event_id: one,
      unsigned: { 'm.relations': { 'm.replace': { event_id: change } } },
    });
    await redact(ada, roomId, change);
    expect(await ids(bob, 'plums')).toEqual([]);
    expect(await ids(bob, 'apples')).toEqual([two, one]);
    await redact(ada, roomId, one);
    await edit(ada, roomId, one, 'plums');
    expect(await ids(bob, 'apples')).toEqual([two]);
    expect(await ids(bob, 'plums')).toEqual([]);
  });

  test('by keys, senders, types and addresses', async () => {
    await setState(ada, roomId, 'm.room.name', { name: 'the lemon room' });
    const topic = { topic: 'about', 'm.topic': { 'm.text': [{ body: 'lemon trees' }] } };
    await setState(ada, roomId, 'm.room.topic', topic);
    const said = await say(ada, roomId, 'a lemon');
    const picture = await send(bob, roomId, 'm.room.message', text('lemon.png', { url: 'mxc://byline.test/x' }));
    const kinds = async (wanted: object) =>
      (await search(bob, 'lemon', wanted)).results.map(({ result }) => result.type);
    expect(await kinds({})).toHaveLength(4);
    expect(await kinds({ keys: [] })).toHaveLength(4);
    expect(await kinds({ keys: ['content.name'] })).toEqual(['m.room.name']);
    expect(await kinds({ keys: ['content.topic'] })).toEqual(['m.room.topic']);
    expect(await ids(bob, 'lemon', { keys: ['content.body'] })).toEqual([picture, said]);
    const filtered = (filter: object) => ids(bob, 'lemon', { filter: { rooms: [roomId], ...filter } });
    expect(await filtered({ senders: [bob.userId] })).toEqual([picture]);
    expect(await filtered({ not_senders: [ada.userId] })).toEqual([picture]);
    expect(await filtered({ types: ['m.room.message'] })).toEqual([picture, said]);
    expect(await filtered({ contains_url: true })).toEqual([picture]);
    expect(await filtered({ not_rooms: [roomId] })).toEqual([]);
    await ignore(ada, bob);
    expect(await ids(ada, 'lemon', { keys: ['content.body'] })).toEqual([said]);
    await ignore(ada);
  });

  test('page by page, whatever is said meanwhile', async () => {
    const said: string[] = [];
    for (let index = 0; index < 5; index += 1) said.unshift(await say(ada, roomId, `grape ${index}`));
    const wanted = { filter: { rooms: [roomId], limit: 2 } };
    const first = await search(bob, 'grape', wanted);
    await say(ada, roomId, 'grape again');
    const second = await search(bob, 'grape', wanted, first.next_batch);
    const third = await search(bob, 'grape', wanted, second.next_batch);
    expect([first, second, third].map(idsOf)).toEqual([said.slice(0, 2), said.slice(2, 4), said.slice(4)]);
    expect([first.count, third.next_batch]).toEqual([5, undefined]);
  });

  test('with what was said around, who they were, the state and groups', async () => {
    await say(bob, roomId, 'before');
    const found = await say(ada, roomId, 'kiwi');
    await say(bob, roomId, 'after');
    await say(bob, roomId, 'and after');
    const answer = await search(ada, 'kiwi', {
      event_context: { before_limit: 1, after_limit: 1, include_profile: true },
      include_state: true,
      groupings: { group_by: [{ key: 'room_id' }, { key: 'sender' }] },
    });
    const context = answer.results[0]?.context;
    expect([bodies(context?.events_before), bodies(context?.events_after)]).toEqual([['before'], ['after']]);
    expect(context?.profile_info).toMatchObject({ [ada.userId]: {}, [bob.userId]: {} });
    const older = await ada.expectOk.get<{ chunk: RelatedEvent[] }>(
      roomPath(roomId, `/messages?dir=f&limit=1&from=${context?.end}`),
    );
    expect(bodies(older.chunk)).toEqual(['and after']);
    expect(answer.state?.[roomId]?.map(({ type }) => type)).toContain('m.room.create');
    expect(answer.groups).toEqual({
      room_id: { [roomId]: { order: 1, results: [found] } },
      sender: { [ada.userId]: { order: 1, results: [found] } },
    });
  });

  test('public accounts are found by who follows them', async () => {
    const office = await openOffice(server);
    const { room_id: account } = await openAccount(office, ada, 'almanac');
    const post = await mustPublish(ada, 'almanac', 'the comet comes');
    const wanted = { filter: { rooms: [account] } };
    expect(await ids(bob, 'comet', wanted)).toEqual([]);
    await join(bob, account);
    expect(await ids(bob, 'comet', wanted)).toEqual([post]);
  });

  test('what was not made findable before a restart is afterwards', async () => {
    const one = await say(ada, roomId, 'quince');
    await server.restart();
    expect(await ids(bob, 'quince')).toEqual([one]);
    await redact(ada, roomId, one);
    expect(await ids(bob, 'quince')).toEqual([]);
  });

  test('what is wrong is refused; what is not asked is not answered', async () => {
    expect((await ada.post('/_matrix/client/v3/search', { search_categories: {} })).body).toEqual({
      search_categories: {},
    });
    expect((await trySearch(ada, {})).status).toBe(400);
    expect((await trySearch(ada, { search_term: 'x', order_by: 'age' })).status).toBe(400);
    expect((await trySearch(ada, { search_term: 'x'.repeat(1_001) })).status).toBe(400);
    expect(await trySearch(ada, { search_term: 'x' }, 'elsewhere')).toMatchObject(refusal(400, 'M_INVALID_PARAM'));
    for (const hostile of ['" OR 1', "'); drop table", '*', 'a AND', '\0', '\ud800', 'NEAR(', '(((', '-x', 'col:x']) {
      expect((await trySearch(ada, { search_term: hostile })).status).toBe(200);
    }
    const long = String.fromCodePoint(...Array.from({ length: 1_000 }, (_, index) => 0x4e00 + index));
    const said = await say(ada, roomId, long);
    expect(await ids(bob, long)).toEqual([said]);
    expect(await search(bob, long, { filter: { rooms: [roomId], limit: 0 } })).toMatchObject({ count: 1, results: [] });
  });
});
