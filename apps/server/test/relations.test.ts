import type { TestServer } from '@byline/testkit/byline.ts';
import { type Person, signUp } from '@byline/testkit/person.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import { mustPublish, openAccount, openOffice } from './publisher.ts';
import {
  answerInThread,
  bundleOf,
  edit,
  idsOf,
  ignore,
  react,
  reaction,
  related,
  type RelatedEvent,
  relatesTo,
  send,
  text,
  trySend,
} from './relating.ts';
import { messages, redact, refusal, setState } from './room-calls.ts';
import { createRoom, join, roomPath, say, sync } from './syncing.ts';
import { startWholeServer } from './whole-server.ts';

const bundleIn = (events: readonly RelatedEvent[], id: string) =>
  events.find((event) => event.event_id === id)?.unsigned?.['m.relations'];

describe.each(ENGINES)('relations on %s', (engine) => {
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

  const ofPage = async (person: Person, eventId: string, rest = '') => {
    const { status, body } = await related(person, roomId, eventId, rest);
    expect(status).toBe(200);
    return body;
  };

  describe('the relations of an event', () => {
    test('all, of one relation type, and of one event type; the newest first, or the oldest', async () => {
      const root = await say(ada, roomId, 'root');
      const like = await react(bob, roomId, root);
      const answer = await answerInThread(bob, roomId, root, 'answer');
      const change = await edit(ada, roomId, root, 'ROOT');
      const sticker = await send(bob, roomId, 'm.sticker', { body: 's', ...relatesTo('m.thread', root) });
      expect(idsOf(await ofPage(ada, root))).toEqual([sticker, change, answer, like]);
      expect(idsOf(await ofPage(ada, root, '?dir=f'))).toEqual([like, answer, change, sticker]);
      expect(idsOf(await ofPage(ada, root, '/m.thread'))).toEqual([sticker, answer]);
      expect(idsOf(await ofPage(ada, root, '/m.thread/m.room.message'))).toEqual([answer]);
      expect(idsOf(await ofPage(ada, root, '/m.annotation/m.reaction'))).toEqual([like]);
      expect(await ofPage(ada, root, '/m.thread/m.reaction')).toEqual({ chunk: [] });
      expect(await ofPage(ada, like)).toEqual({ chunk: [] });
    });

    test('page by page, in both directions, between tokens', async () => {
      const root = await say(ada, roomId, 'root');
      const sent: string[] = [];
      for (let index = 0; index < 5; index += 1) sent.push(await answerInThread(ada, roomId, root, `${index}`));
      const walk = async (dir: 'b' | 'f') => {
        const pages: string[][] = [];
        for (let from: string | undefined = ''; from !== undefined;) {
          const page = await ofPage(ada, root, `/m.thread?dir=${dir}&limit=2${from === '' ? '' : `&from=${from}`}`);
          expect(page.prev_batch).toBe(from === '' ? undefined : from);
          pages.push(idsOf(page));
          from = page.next_batch;
        }
        return pages;
      };
      const [a, b, c, d, e] = sent;
      expect(await walk('b')).toEqual([[e, d], [c, b], [a]]);
      expect(await walk('f')).toEqual([[a, b], [c, d], [e]]);
      const first = await ofPage(ada, root, '?limit=2');
      const second = await ofPage(ada, root, `?limit=2&from=${first.next_batch}`);
      expect(idsOf(await ofPage(ada, root, `?to=${first.next_batch}`))).toEqual([e, d]);
      expect(idsOf(await ofPage(ada, root, `?from=${first.next_batch}&to=${second.next_batch}`))).toEqual([c, b]);
      expect(idsOf(await ofPage(ada, root, `?from=${second.next_batch}&to=${first.next_batch}`))).toEqual([]);
      expect(idsOf(await ofPage(ada, root, `?dir=f&from=${second.next_batch}&to=${first.next_batch}`))).toEqual([b, c]);
      const { next_batch: now } = await sync(ada);
      await answerInThread(ada, roomId, root, 'later');
      expect(idsOf(await ofPage(ada, root, `?from=${now}&limit=1`))).toEqual([e]);
    });

    test('recursion follows what relates indirectly, through what matches', async () => {
      const root = await say(ada, roomId, 'root');
      const answer = await answerInThread(bob, roomId, root, 'answer');
      const like = await react(ada, roomId, answer);
      const change = await edit(bob, roomId, answer, 'ANSWER');
      const reference = await send(ada, roomId, 'org.example', relatesTo('m.reference', like));
      const fourth = await send(ada, roomId, 'org.example', relatesTo('m.reference', reference));
      expect(idsOf(await ofPage(ada, root, '?recurse=false'))).toEqual([answer]);
      const page = await ofPage(ada, root, '?recurse=true');
      expect(idsOf(page)).toEqual([reference, change, like, answer]);
      expect(page.recursion_depth).toBe(3);
      expect(idsOf(page)).not.toContain(fourth);
      expect(await ofPage(ada, root)).not.toHaveProperty('recursion_depth');
      // What stands between must match too.
      expect(idsOf(await ofPage(ada, root, '/m.annotation?recurse=true'))).toEqual([]);
      expect(idsOf(await ofPage(ada, answer, '/m.annotation?recurse=true'))).toEqual([like]);
    });

    test('only what the reader may see', async () => {
      const root = await say(ada, roomId, 'root');
      const before = await react(bob, roomId, root);
      await bob.expectOk.post(roomPath(roomId, '/leave'));
      await answerInThread(ada, roomId, root, 'without bob');
      expect(idsOf(await ofPage(bob, root))).toEqual([before]);
      expect(await bundleOf(bob, roomId, root)).toBeUndefined();
      expect((await bundleOf(ada, roomId, root))?.['m.thread']?.count).toBe(1);
      expect(await related(eve, roomId, root)).toMatchObject(refusal(404, 'M_NOT_FOUND'));
      expect(await related(ada, roomId, '$nothing')).toMatchObject(refusal(404, 'M_NOT_FOUND'));
      const elsewhere = await createRoom(ada);
      const there = await say(ada, elsewhere, 'there');
      expect(await related(ada, roomId, there)).toMatchObject(refusal(404, 'M_NOT_FOUND'));
      expect((await related(ada, roomId, root, '?limit=0')).status).toBe(400);
      expect((await related(ada, roomId, root, '?from=nonsense')).status).toBe(400);
    });

    test('what somebody missed while away stays unseen where only members may see', async () => {
      await setState(ada, roomId, 'm.room.history_visibility', { history_visibility: 'joined' });
      const root = await say(ada, roomId, 'root');
      const first = await answerInThread(ada, roomId, root, 'with bob');
      await bob.expectOk.post(roomPath(roomId, '/leave'));
      await answerInThread(ada, roomId, root, 'without bob');
      await join(bob, roomId);
      expect(idsOf(await ofPage(bob, root))).toEqual([first]);
      expect((await bundleOf(bob, roomId, root))?.['m.thread']).toMatchObject({
        count: 1,
        latest_event: { event_id: first },
      });
    });

    test('what names an event of another room, or none, relates to nothing', async () => {
      const elsewhere = await createRoom(ada);
      const there = await say(ada, elsewhere, 'there');
      await answerInThread(ada, roomId, there, 'from here');
      await answerInThread(ada, roomId, '$nothing', 'from here');
      expect((await related(ada, elsewhere, there)).body).toEqual({ chunk: [] });
      expect(await bundleOf(ada, elsewhere, there)).toBeUndefined();
    });
  });

  describe('bundles', () => {
    test('tell of the newest edit that is valid, and of the one before it when it is taken back', async () => {
      const root = await say(ada, roomId, 'one');
      const first = await edit(ada, roomId, root, 'two');
      const second = await edit(ada, roomId, root, 'three');
      await edit(bob, roomId, root, 'forged');
      await send(ada, roomId, 'm.room.message', { ...text('empty'), ...relatesTo('m.replace', root) });
      await send(ada, roomId, 'm.sticker', { 'm.new_content': {}, ...relatesTo('m.replace', root) });
      await edit(ada, roomId, second, 'an edit of an edit');
      expect(await bundleOf(ada, roomId, second)).toBeUndefined();
      expect((await bundleOf(bob, roomId, root))?.['m.replace']).toMatchObject({
        event_id: second,
        room_id: roomId,
        sender: ada.userId,
        content: { 'm.new_content': { body: 'three' } },
      });
      const event = await ada.expectOk.get<RelatedEvent>(roomPath(roomId, `/event/${encodeURIComponent(root)}`));
      expect(event.content['body']).toBe('one');
      await redact(ada, roomId, second);
      expect((await bundleOf(bob, roomId, root))?.['m.replace']?.event_id).toBe(first);
      await redact(ada, roomId, first);
      expect(await bundleOf(bob, roomId, root)).toBeUndefined();
    });

    test('tell no edit of what is redacted, but its thread and references', async () => {
      const root = await say(ada, roomId, 'one');
      await edit(ada, roomId, root, 'two');
      await answerInThread(bob, roomId, root, 'answer');
      await redact(ada, roomId, root);
      expect(Object.keys((await bundleOf(ada, roomId, root)) ?? {})).toEqual(['m.thread']);
    });

    test('tell of an encrypted edit, whatever it says inside', async () => {
      const secret = { algorithm: 'm.megolm.v1.aes-sha2', ciphertext: 'x' };
      const root = await send(ada, roomId, 'm.room.encrypted', secret);
      const change = await send(ada, roomId, 'm.room.encrypted', { ...secret, ...relatesTo('m.replace', root) });
      expect((await bundleOf(bob, roomId, root))?.['m.replace']?.event_id).toBe(change);
    });

    test('tell of a thread: how many, the newest with what relates to it, and whether one takes part', async () => {
      const root = await say(ada, roomId, 'root');
      await answerInThread(bob, roomId, root, 'one');
      const newest = await answerInThread(bob, roomId, root, 'two');
      const change = await edit(bob, roomId, newest, 'TWO');
      const reference = await send(ada, roomId, 'org.example', relatesTo('m.reference', newest));
      await join(eve, roomId);
      expect(await bundleOf(eve, roomId, root)).toMatchObject({
        'm.thread': {
          count: 2,
          current_user_participated: false,
          latest_event: {
            event_id: newest,
            unsigned: {
              'm.relations': { 'm.replace': { event_id: change }, 'm.reference': { chunk: [{ event_id: reference }] } },
            },
          },
        },
      });
      const takesPart = async (person: Person) =>
        (await bundleOf(person, roomId, root))?.['m.thread']?.current_user_participated;
      expect(await Promise.all([takesPart(ada), takesPart(bob)])).toEqual([true, true]);
      await redact(bob, roomId, newest);
      expect((await bundleOf(eve, roomId, root))?.['m.thread']).toMatchObject({
        count: 1,
        latest_event: { content: { body: 'one' } },
      });
      const own = await answerInThread(eve, roomId, root, 'mine');
      expect(await takesPart(eve)).toBe(true);
      await redact(eve, roomId, own);
      expect(await takesPart(eve)).toBe(false);
    });

    test('list references in their order, and never reactions', async () => {
      const root = await say(ada, roomId, 'root');
      const one = await send(ada, roomId, 'org.example', relatesTo('m.reference', root));
      const two = await send(bob, roomId, 'org.example', relatesTo('m.reference', root));
      await react(bob, roomId, root);
      expect(await bundleOf(ada, roomId, root)).toEqual({
        'm.reference': { chunk: [{ event_id: one }, { event_id: two }] },
      });
    });

    test('leave out whom the reader ignores', async () => {
      await join(eve, roomId);
      const root = await say(ada, roomId, 'root');
      const kept = await answerInThread(ada, roomId, root, 'kept');
      await answerInThread(eve, roomId, root, 'ignored');
      await ignore(bob, eve);
      expect((await bundleOf(bob, roomId, root))?.['m.thread']).toMatchObject({
        count: 1,
        latest_event: { event_id: kept },
      });
      expect(idsOf(await ofPage(bob, root))).toEqual([kept]);
      await ignore(bob);
      expect((await bundleOf(bob, roomId, root))?.['m.thread']?.count).toBe(2);
    });

    test('stand wherever events are read, and say after a restart what they said before', async () => {
      const root = await say(ada, roomId, 'root');
      const change = await edit(ada, roomId, root, 'ROOT');
      const answer = await answerInThread(ada, roomId, root, 'answer');
      const changed = await edit(ada, roomId, answer, 'ANSWER');
      const look = async () => {
        const page = (await messages(bob, roomId)).chunk as readonly RelatedEvent[];
        const path = roomPath(roomId, `/context/${encodeURIComponent(change)}?limit=10`);
        const context = await bob.expectOk.get<{ events_before: RelatedEvent[] }>(path);
        const synced = (await sync(bob)).rooms?.join?.[roomId]?.timeline.events as readonly RelatedEvent[];
        const found = [page, context.events_before, synced].map((events) => bundleIn(events, root));
        return [...found, await bundleOf(bob, roomId, root), bundleIn((await ofPage(bob, root)).chunk, answer)];
      };
      const before = await look();
      const whole = { 'm.replace': { event_id: change }, 'm.thread': { count: 1, latest_event: { event_id: answer } } };
      const [inMessages, inContext, inSync, alone, inRelations] = before;
      for (const bundle of [inMessages, inContext, inSync, alone]) expect(bundle).toMatchObject(whole);
      expect(inRelations).toMatchObject({ 'm.replace': { event_id: changed } });
      await server.restart();
      expect(await look()).toEqual(before);
    });

    test('a public account’s changes are told with its posts, to everybody alike', async () => {
      const office = await openOffice(server);
      const { room_id: account } = await openAccount(office, ada, 'gazette');
      await join(bob, account);
      await join(eve, account);
      const post = await mustPublish(ada, 'gazette', 'morning');
      await ada.expectOk.put(`/_byline/v1/accounts/gazette/posts/${encodeURIComponent(post)}`, {
        content: text('evening'),
        txn_id: 'evening',
      });
      const replacement = { 'm.replace': { content: { 'm.new_content': { body: 'evening' } } } };
      expect(await bundleOf(bob, account, post)).toMatchObject(replacement);
      const first = (await sync(bob)).rooms?.join?.[account]?.timeline.events as readonly RelatedEvent[];
      expect(bundleIn(first, post)).toMatchObject(replacement);
      // Nothing in it is one reader's own.
      expect((await sync(eve)).rooms?.join?.[account]?.timeline.events).toEqual(first);
    });
  });

  describe('what may not relate', () => {
    const DUPLICATE = refusal(400, 'M_DUPLICATE_ANNOTATION');

    test('the same reaction twice, until the first is taken back', async () => {
      const root = await say(ada, roomId, 'root');
      const first = await react(bob, roomId, root);
      const again = () => trySend(bob, roomId, 'm.reaction', reaction(root));
      expect(await again()).toMatchObject(DUPLICATE);
      await react(bob, roomId, root, '👎');
      await react(ada, roomId, root);
      await send(bob, roomId, 'org.example.mark', reaction(root));
      await redact(bob, roomId, first);
      expect((await again()).status).toBe(200);
      expect(await again()).toMatchObject(DUPLICATE);
      expect(idsOf(await ofPage(ada, root, '/m.annotation/m.reaction'))).toHaveLength(3);
    });

    test('of the same reactions at once one is taken; a repeated request is the same one', async () => {
      const root = await say(ada, roomId, 'root');
      const many = await Promise.all(
        Array.from({ length: 8 }, () => trySend(bob, roomId, 'm.reaction', reaction(root))),
      );
      const refused = many.filter(({ status }) => status !== 200);
      expect(refused).toEqual(Array.from({ length: 7 }, () => expect.objectContaining({ status: 400 })));
      expect(refused[0]).toMatchObject(DUPLICATE);
      const path = roomPath(roomId, '/send/m.reaction/repeated');
      const first = await bob.expectOk.put<{ event_id: string }>(path, reaction(root, '❤️'));
      expect(await bob.expectOk.put(path, reaction(root, '❤️'))).toEqual(first);
      expect(idsOf(await ofPage(ada, root))).toHaveLength(2);
    });

    test('a thread does not begin at what relates to another itself', async () => {
      const root = await say(ada, roomId, 'root');
      const answer = await answerInThread(bob, roomId, root, 'answer');
      const change = await edit(ada, roomId, root, 'ROOT');
      for (const inner of [answer, change]) {
        const nested = text('nested', relatesTo('m.thread', inner));
        expect(await trySend(bob, roomId, 'm.room.message', nested)).toMatchObject(refusal(400, 'M_UNKNOWN'));
      }
      const reply = await send(
        bob,
        roomId,
        'm.room.message',
        text('reply', { 'm.relates_to': { 'm.in_reply_to': { event_id: root } } }),
      );
      await answerInThread(bob, roomId, reply, 'a thread of its own');
      expect((await bundleOf(ada, roomId, reply))?.['m.thread']?.count).toBe(1);
    });
  });

  test('polls: answers and the end relate to their beginning, in the stable form and in the older one', async () => {
    const forms = [
      ['m.poll.start', 'm.poll.response', 'm.poll.end'],
      ['org.matrix.msc3381.poll.start', 'org.matrix.msc3381.poll.response', 'org.matrix.msc3381.poll.end'],
    ] as const;
    for (const [start, response, end] of forms) {
      const poll = await send(ada, roomId, start, { question: { body: 'Tea?' } });
      const answers = [
        await send(ada, roomId, response, relatesTo('m.reference', poll)),
        await send(bob, roomId, response, relatesTo('m.reference', poll)),
        await send(bob, roomId, response, relatesTo('m.reference', poll)),
      ];
      const ended = await send(ada, roomId, end, relatesTo('m.reference', poll));
      expect(idsOf(await ofPage(bob, poll, `/m.reference/${response}?dir=f`))).toEqual(answers);
      expect(idsOf(await ofPage(bob, poll, `/m.reference/${end}`))).toEqual([ended]);
      expect((await bundleOf(bob, roomId, poll))?.['m.reference']?.chunk).toHaveLength(4);
    }
  });
});
