import type { TestServer } from '@byline/testkit/byline.ts';
import { type Person, type Reply, signUp } from '@byline/testkit/person.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import { answerInThread, edit, idsOf, ignore, type RelatedPage } from './relating.ts';
import { redact, refusal, setState } from './room-calls.ts';
import { createRoom, join, roomPath, say } from './syncing.ts';
import { startWholeServer } from './whole-server.ts';

describe.each(ENGINES)('the threads of a room on %s', (engine) => {
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

  const threads = (person: Person, query = ''): Promise<Reply<RelatedPage>> =>
    person.get<RelatedPage>(`/_matrix/client/v1/rooms/${encodeURIComponent(roomId)}/threads${query}`);
  const listed = async (person: Person, query = '') => {
    const { status, body } = await threads(person, query);
    expect(status).toBe(200);
    return body;
  };

  /** Three threads; the first has the newest answer. */
  const three = async () => {
    const roots = [await say(ada, roomId, 'one'), await say(ada, roomId, 'two'), await say(bob, roomId, 'three')];
    const [one = '', two = '', last = ''] = roots;
    await say(ada, roomId, 'no thread');
    await answerInThread(ada, roomId, one, 'a');
    await answerInThread(bob, roomId, two, 'b');
    await answerInThread(ada, roomId, last, 'c');
    const newest = await answerInThread(ada, roomId, one, 'd');
    return { one, two, last, newest };
  };

  test('the one with the newest answer comes first, each with what is told of it', async () => {
    const { one, two, last, newest } = await three();
    const page = await listed(bob);
    expect(idsOf(page)).toEqual([one, last, two]);
    expect(page).not.toHaveProperty('next_batch');
    expect(page.chunk[0]?.unsigned?.['m.relations']?.['m.thread']).toMatchObject({
      count: 2,
      latest_event: { event_id: newest },
      current_user_participated: false,
    });
    await redact(ada, roomId, newest);
    expect(idsOf(await listed(bob))).toEqual([last, two, one]);
    // Neither an edit nor its author’s other words make a thread newer.
    await edit(ada, roomId, two, 'TWO');
    expect(idsOf(await listed(bob))).toEqual([last, two, one]);
  });

  test('those in which one has taken part, by beginning or by answering', async () => {
    const { one, two, last } = await three();
    expect(idsOf(await listed(bob, '?include=participated'))).toEqual([last, two]);
    expect(idsOf(await listed(ada, '?include=participated'))).toEqual([one, last, two]);
    await join(eve, roomId);
    expect(await listed(eve, '?include=participated')).toEqual({ chunk: [] });
    expect((await threads(eve, '?include=some')).status).toBe(400);
  });

  test('page by page', async () => {
    const { one, two, last } = await three();
    const first = await listed(bob, '?limit=2');
    expect(idsOf(first)).toEqual([one, last]);
    // What becomes newer meanwhile does not come twice.
    await answerInThread(ada, roomId, last, 'newer');
    const second = await listed(bob, `?limit=2&from=${first.next_batch}`);
    expect(idsOf(second)).toEqual([two]);
    expect(second).not.toHaveProperty('next_batch');
    expect(await threads(bob, '?from=elsewhere')).toMatchObject(refusal(400, 'M_INVALID_PARAM'));
    expect((await threads(bob, '?limit=0')).status).toBe(400);
  });

  test('only for who may read, and only what they may', async () => {
    const { one, two, last } = await three();
    await bob.expectOk.post(roomPath(roomId, '/leave'));
    const later = await say(ada, roomId, 'later');
    await answerInThread(ada, roomId, later, 'e');
    await answerInThread(ada, roomId, two, 'f');
    expect(idsOf(await listed(bob))).toEqual([one, last, two]);
    expect(idsOf(await listed(ada))).toEqual([two, later, one, last]);
    expect(await threads(eve)).toMatchObject(refusal(403, 'M_FORBIDDEN'));
  });

  test('what was said before one came is not listed where newcomers may not read it', async () => {
    await setState(ada, roomId, 'm.room.history_visibility', { history_visibility: 'joined' });
    const before = await say(ada, roomId, 'before');
    await answerInThread(ada, roomId, before, 'a');
    await join(eve, roomId);
    const after = await say(ada, roomId, 'after');
    await answerInThread(ada, roomId, after, 'b');
    await answerInThread(ada, roomId, before, 'c');
    expect(idsOf(await listed(eve))).toEqual([after]);
  });

  test('of whom one ignores, the beginning is empty and the answers do not count', async () => {
    await join(eve, roomId);
    const own = await say(eve, roomId, 'root of eve');
    await answerInThread(bob, roomId, own, 'a');
    const other = await say(bob, roomId, 'root of bob');
    await answerInThread(bob, roomId, other, 'b');
    await answerInThread(eve, roomId, own, 'c');
    const lonely = await say(bob, roomId, 'only eve answers');
    await answerInThread(eve, roomId, lonely, 'd');
    await ignore(ada, eve);
    const { chunk } = await listed(ada);
    expect(chunk.map(({ event_id: id, content }) => [id, content['body']])).toEqual([
      [other, 'root of bob'],
      [own, undefined],
    ]);
    await ignore(ada);
    expect(idsOf(await listed(ada))).toEqual([lonely, own, other]);
  });
});
