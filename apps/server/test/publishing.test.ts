import type { PublicAccount } from '@byline/protocol/byline/accounts.ts';
import type { Post } from '@byline/protocol/byline/posts.ts';
import { verifyEvent } from '@byline/core/event/signature.ts';
import { eventIdOf } from '@byline/core/event/hash.ts';
import { verifyKeyFrom } from '@byline/core/event/signing-key.ts';
import type { GraphTables } from '@byline/server/features/graph/tables.ts';
import { Engine } from '@byline/server/platform/engine/engine.ts';
import { readSigningKey } from '@byline/server/platform/signing-key.ts';
import { EventId, type Pdu } from '@byline/protocol';
import type { TestServer } from '@byline/testkit/byline.ts';
import { caller, type Person, type Reply, signUp } from '@byline/testkit/person.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import { apply, byline, mustPublish, type Office, openAccount, openOffice, publicPart, publish } from './publisher.ts';
import { client, eventOf, messages, readState, redact, refusal, setState, stateOf } from './room-calls.ts';
import { bodiesOf, roomPath, sync } from './syncing.ts';
import { startWholeServer } from './whole-server.ts';

const text = (body: string) => ({ msgtype: 'm.text', body });

const postPath = (eventId: string): string => byline(`/accounts/courier/posts/${encodeURIComponent(eventId)}`);

const voice = (url: string) => ({
  msgtype: 'm.audio',
  body: 'Voice message',
  url,
  info: { duration: 3_000, mimetype: 'audio/ogg' },
  'org.matrix.msc1767.audio': { duration: 3_000, waveform: [0, 512, 1024] },
  'org.matrix.msc3245.voice': {},
});

const idsOf = (page: { posts: Post[] }) => page.posts.map(({ event_id: id, content }) => [EventId.parse(id), content]);

const bodyIn = ({ body }: Post['content']): string => (typeof body === 'string' ? body : '');

describe.each(ENGINES)('publishing on %s', (engine) => {
  let server: TestServer;
  let office: Office;
  let ada: Person;
  let reader: Person;
  let courier: PublicAccount;
  let unqualified: PublicAccount;
  let sent = 0;

  beforeAll(async () => {
    server = await startWholeServer(engine);
    office = await openOffice(server);
    ada = await signUp(server, 'ada');
    reader = await signUp(server, 'reader');
    courier = await openAccount(office, ada, 'courier', { approval: { label: 'news' } });
    await apply(office, ada, publicPart('waiting'));
    unqualified = await ada.expectOk.get<PublicAccount>(byline('/accounts/waiting'));
    await reader.expectOk.put(byline('/accounts/courier/subscription'));
  });
  afterAll(() => server.dispose());

  const send = (
    person: Person,
    roomId: string,
    content: object,
    type = 'm.room.message',
  ): Promise<Reply<{ event_id: string }>> => {
    sent += 1;
    return person.put<{ event_id: string }>(roomPath(roomId, `/send/${type}/raw${sent}`), content);
  };
  const posts = (query = '', by: Person = reader) =>
    by.expectOk.get<{ posts: Post[]; next?: string }>(byline(`/accounts/courier/posts${query}`));

  const statusOf = async (mxc: string): Promise<number> =>
    (await fetch(`${server.url}/_byline/v1/media/${mxc.split('/').at(-1)}`)).status;

  test('the room is an ordinary public room of version 12 in which the account is alone', async () => {
    const state = await stateOf(reader, courier.room_id);
    const contents = Object.fromEntries(
      state.filter(({ type }) => type !== 'm.room.member').map(({ type, content }) => [type, content]),
    );
    expect(contents).toMatchObject({
      'm.room.create': { room_version: '12' },
      'm.room.join_rules': { join_rule: 'public' },
      'm.room.history_visibility': { history_visibility: 'world_readable' },
      'm.room.canonical_alias': { alias: '#courier:byline.test' },
      'm.room.name': { name: 'The courier' },
      'm.room.topic': { topic: 'All that courier has to say.' },
      'im.byline.account': {
        account_id: courier.account_id,
        handle: 'courier',
        kind: 'media',
        category: 'culture',
        label: 'news',
        verified_since: courier.qualification?.verified_since,
        expires: courier.qualification?.expires,
      },
    });
    const members = state.filter(({ type }) => type === 'm.room.member').map(({ state_key: key }) => key);
    // Whoever reads is shown themself; the room has nobody but the account.
    expect(members.filter((member) => member !== reader.userId)).toEqual([courier.user_id]);
    expect(courier.user_id).toBe('@courier:byline.test');
    expect(new Set(state.map(({ sender }) => sender).filter((one) => one !== reader.userId))).toEqual(
      new Set([courier.user_id]),
    );
  });

  test('before it is verified, the room says nothing of who is behind it', async () => {
    const { body } = await readState(ada, unqualified.room_id, 'im.byline.account');
    expect(body).toEqual({ account_id: unqualified.account_id, handle: 'waiting' });
  });

  test('the account speaks, not the person, and its events are whole and signed', async () => {
    const eventId = await mustPublish(ada, 'courier', 'Good morning');
    const { body } = await eventOf(reader, courier.room_id, eventId);
    expect(body).toMatchObject({ sender: courier.user_id, content: text('Good morning') });
    expect(JSON.stringify(body)).not.toContain(ada.userId);

    const key = await readSigningKey(server.config.dataFolder, server.config.serverName);
    const verifyKey = verifyKeyFrom(key.publicKey);
    if (verifyKey === undefined) throw new Error('The server has no key.');
    const database = await Engine.open({ ...server.config, onConnectionLost: () => undefined });
    const events = await database.reader.withTables<GraphTables>().selectFrom('account_events').selectAll().execute();
    await database.close();
    expect(events.length).toBeGreaterThan(10);
    for (const { event_id: id, pdu: stored } of events) {
      const pdu = JSON.parse(stored) as Pdu;
      expect(eventIdOf(pdu, '12')).toBe(id);
      expect(verifyEvent(pdu, '12', server.config.serverName, key.keyId, verifyKey)).toBe(true);
    }
  });

  test('subscribers receive it in their next sync, also by a plain Matrix send of an operator', async () => {
    const { next_batch: since } = await sync(reader);
    await mustPublish(ada, 'courier', 'By the API');
    expect(await send(ada, courier.room_id, text('By Matrix'))).toMatchObject({ status: 200 });
    const { rooms } = await sync(reader, since);
    expect(bodiesOf(rooms?.join?.[courier.room_id])).toEqual(['By the API', 'By Matrix']);
    const { chunk } = await messages(reader, courier.room_id, 'dir=b&limit=2');
    expect(chunk.map(({ sender }) => sender)).toEqual([courier.user_id, courier.user_id]);
  });

  test('before it is approved an account can not publish: in no way, with one clear error', async () => {
    const refused = refusal(403, 'BYLINE_NOT_QUALIFIED');
    expect(await publish(ada, 'waiting', 'x')).toMatchObject(refused);
    expect(await send(ada, unqualified.room_id, text('x'))).toMatchObject(refused);
    expect(await send(ada, unqualified.room_id, text('x'), 'm.sticker')).toMatchObject(refused);
    const edit = { content: text('x'), txn_id: 'edit' };
    expect(await ada.put(byline('/accounts/waiting/posts/$nothing'), edit)).toMatchObject(refused);
    const errors = [await publish(ada, 'waiting', 'x'), await send(ada, unqualified.room_id, text('x'))];
    expect(new Set(errors.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(await setState(ada, unqualified.room_id, 'm.room.name', { name: 'x' })).toMatchObject({ status: 403 });
    expect(await reader.get(byline('/accounts/waiting/posts'))).toMatchObject(refusal(404, 'M_NOT_FOUND'));
    expect(await reader.put(byline('/accounts/waiting/subscription'))).toMatchObject(refusal(404, 'M_NOT_FOUND'));
    expect((await reader.post(client(`/join/${encodeURIComponent('#waiting:byline.test')}`))).status).toBe(404);
  });

  test('nobody but an operator speaks, changes or deletes', async () => {
    const eventId = await mustPublish(ada, 'courier', 'Ours');
    const refused = refusal(403, 'M_FORBIDDEN');
    expect(await publish(reader, 'courier', 'x')).toMatchObject(refused);
    expect(await send(reader, courier.room_id, text('x'))).toMatchObject(refused);
    expect(await reader.put(postPath(eventId), { content: text('x'), txn_id: 'a' })).toMatchObject(refused);
    expect(await reader.delete(postPath(eventId), {})).toMatchObject(refused);
    expect(await redact(reader, courier.room_id, eventId)).toMatchObject(refused);
    for (const person of [reader, ada]) {
      expect(await setState(person, courier.room_id, 'm.room.name', { name: 'x' })).toMatchObject(refused);
      expect(
        (await person.post(roomPath(courier.room_id, '/invite'), { user_id: office.reviewer.userId })).status,
      ).toBe(403);
    }
    expect(await send(ada, courier.room_id, { key: 'x' }, 'm.reaction')).toMatchObject(refused);
    expect(await caller(server).post(byline('/accounts/courier/posts'), {})).toMatchObject(
      refusal(401, 'M_MISSING_TOKEN'),
    );
  });

  test.each([
    ['no kind of message', { body: 'x' }],
    ['a kind that is none', { msgtype: 'org.example.x', body: 'x' }],
    ['nothing to say', { msgtype: 'm.text', body: ' ' }],
    ['a picture without a file', { msgtype: 'm.image', body: 'x' }],
    ['a picture that lies elsewhere', { msgtype: 'm.image', body: 'x', url: 'https://example.org/x.png' }],
    ['an encrypted file', { msgtype: 'm.file', body: 'x', url: 'mxc://byline.test/abc', file: {} }],
    ['a thread', { ...text('x'), 'm.relates_to': { rel_type: 'm.thread', event_id: '$x' } }],
    ['a change without the new text', { ...text('x'), 'm.relates_to': { rel_type: 'm.replace', event_id: '$x' } }],
  ])('%s is no post', async (_, content) => {
    expect(await publish(ada, 'courier', content)).toMatchObject(refusal(400, 'M_BAD_JSON'));
    expect(await send(ada, courier.room_id, content)).toMatchObject(refusal(400, 'M_BAD_JSON'));
  });

  test('a post that is too large is refused', async () => {
    expect(await publish(ada, 'courier', 'x'.repeat(70_000))).toMatchObject(refusal(413, 'M_TOO_LARGE'));
  });

  test('a request that is sent again is done once', async () => {
    const request = { content: text('Once'), txn_id: 'the same' };
    const first = await ada.expectOk.post<{ event_id: string }>(byline('/accounts/courier/posts'), request);
    expect(await ada.expectOk.post(byline('/accounts/courier/posts'), request)).toEqual(first);
    const both = await Promise.all(
      ['one', 'one'].map((id) => ada.expectOk.post(byline('/accounts/courier/posts'), { ...request, txn_id: id })),
    );
    expect(both[0]).toEqual(both[1]);
    const { posts: all } = await posts('?limit=100');
    expect(all.filter(({ content }) => content['body'] === 'Once')).toHaveLength(2);
  });

  test('a post is changed, and read as it is now', async () => {
    const eventId = await mustPublish(ada, 'courier', 'The market is on Monday');
    const before = await reader.expectOk.get<Post>(postPath(eventId));
    expect(before.edited_at).toBeUndefined();
    await ada.expectOk.put(postPath(eventId), { content: text('The market is on Tuesday'), txn_id: 'change 1' });
    const raw = {
      ...text('* The market is on Friday'),
      'm.new_content': text('The market is on Friday'),
      'm.relates_to': { rel_type: 'm.replace', event_id: eventId },
    };
    const { body: last } = await send(ada, courier.room_id, raw);
    const after = await reader.expectOk.get<Post>(postPath(eventId));
    expect(after).toMatchObject({ event_id: eventId, content: text('The market is on Friday') });
    expect(after.edited_at).toBeGreaterThanOrEqual(after.published_at);
    const { posts: all } = await posts();
    expect(all[0]).toEqual(after);
    expect(all.filter(({ content }) => bodyIn(content).includes('market'))).toHaveLength(1);

    // To take back a change is to read what was there before it.
    await redact(ada, courier.room_id, last.event_id);
    expect(await reader.expectOk.get(postPath(eventId))).toMatchObject({ content: text('The market is on Tuesday') });
    expect(await reader.get(postPath(last.event_id))).toMatchObject(refusal(404, 'M_NOT_FOUND'));
    const nothing = `/accounts/courier/posts/${encodeURIComponent('$nothing')}`;
    expect(await ada.put(byline(nothing), { content: text('x'), txn_id: 'y' })).toMatchObject(
      refusal(404, 'M_NOT_FOUND'),
    );
  });

  test('what is deleted is gone, with all that it ever said', async () => {
    const eventId = await mustPublish(ada, 'courier', 'A slip of the pen');
    await ada.expectOk.put(postPath(eventId), { content: text('Another slip'), txn_id: 'slip' });
    const [deletion, again] = [
      await ada.expectOk.delete<{ event_id: string }>(postPath(eventId), { reason: 'It was wrong.' }),
      await ada.expectOk.delete<{ event_id: string }>(postPath(eventId), {}),
    ];
    expect(again).toEqual(deletion);
    expect(await reader.get(postPath(eventId))).toMatchObject(refusal(404, 'M_NOT_FOUND'));
    const { chunk } = await messages(reader, courier.room_id);
    const all = JSON.stringify([chunk, await posts('?limit=100')]);
    expect(all).not.toContain('slip');
    expect(chunk.find(({ event_id: id }) => id === deletion.event_id)).toMatchObject({
      sender: courier.user_id,
      content: { redacts: eventId, reason: 'It was wrong.' },
    });
    const state = (await stateOf(reader, courier.room_id)).find(({ type }) => type === 'm.room.name');
    expect(await redact(ada, courier.room_id, state?.event_id ?? '')).toMatchObject(refusal(404, 'M_NOT_FOUND'));
  });

  test('posts are read in pages, the newest first, whatever lies between them', async () => {
    for (let number = 1; number <= 130; number += 1) {
      const eventId = await mustPublish(ada, 'courier', `Number ${number}`);
      if (number % 2 === 0) await ada.expectOk.delete(postPath(eventId), {});
    }
    const read: string[] = [];
    let from = '';
    for (;;) {
      const page = await posts(`?limit=7${from}`);
      read.push(...page.posts.map(({ content }) => bodyIn(content)).filter((body) => body.startsWith('Number')));
      if (page.next === undefined) break;
      from = `&from=${page.next}`;
    }
    expect(read).toEqual(Array.from({ length: 65 }, (_, index) => `Number ${129 - 2 * index}`));
  });

  test('files of a post are public as long as a post shows them', async () => {
    const uploadFile = async (by = ada): Promise<string> => {
      const response = await fetch(`${server.url}/_matrix/media/v3/upload`, {
        method: 'POST',
        headers: { authorization: `Bearer ${by.token}`, 'content-type': 'audio/ogg' },
        body: 'OggS spoken words',
      });
      return ((await response.json()) as { content_uri: string }).content_uri;
    };
    const mxc = await uploadFile();
    expect(await statusOf(mxc)).toBe(404);
    const first = await mustPublish(ada, 'courier', voice(mxc));
    const second = await mustPublish(ada, 'courier', voice(mxc));
    expect(await statusOf(mxc)).toBe(200);
    await ada.expectOk.delete(postPath(first), {});
    expect(await statusOf(mxc)).toBe(200);
    await redact(ada, courier.room_id, second);
    expect(await statusOf(mxc)).toBe(404);
    const ofAnother = await uploadFile(reader);
    expect(await publish(ada, 'courier', voice(ofAnother))).toMatchObject(refusal(403, 'M_FORBIDDEN'));
    expect(await statusOf(ofAnother)).toBe(404);
    const nowhere = voice('mxc://byline.test/nowhere');
    expect(await publish(ada, 'courier', nowhere)).toMatchObject(refusal(404, 'M_NOT_FOUND'));
  });

  test('operators are known to operators alone, and named by the owner alone', async () => {
    const path = byline('/accounts/courier/operators');
    const bob = await signUp(server, 'bob');
    expect(await bob.get(path)).toMatchObject(refusal(403, 'M_FORBIDDEN'));
    expect(await bob.put(`${path}/${bob.userId}`)).toMatchObject(refusal(403, 'M_FORBIDDEN'));
    expect(await ada.put(`${path}/@nobody:byline.test`)).toMatchObject(refusal(404, 'M_NOT_FOUND'));
    expect(await ada.put(`${path}/${courier.user_id}`)).toMatchObject(refusal(404, 'M_NOT_FOUND'));
    await ada.expectOk.put(`${path}/${bob.userId}`);
    expect(await publish(bob, 'courier', 'Bob at the desk')).toMatchObject({ status: 200 });
    expect(await bob.put(`${path}/${reader.userId}`)).toMatchObject(refusal(403, 'M_FORBIDDEN'));
    expect(await bob.expectOk.get(path)).toMatchObject({
      operators: [
        { user_id: ada.userId, role: 'owner' },
        { user_id: bob.userId, role: 'operator' },
      ],
    });
    expect(await bob.expectOk.get(byline('/my-accounts'))).toMatchObject({
      accounts: [{ handle: 'courier', role: 'operator' }],
    });
    expect(await ada.delete(`${path}/${ada.userId}`)).toMatchObject(refusal(403, 'M_FORBIDDEN'));
    await bob.expectOk.delete(`${path}/${bob.userId}`);
    expect(await publish(bob, 'courier', 'x')).toMatchObject(refusal(403, 'M_FORBIDDEN'));
  });

  test('all of it is there after a restart', async () => {
    const before = await posts('?limit=100');
    await server.stop();
    server = await server.restart();
    const again = caller(server, reader.token);
    const reply = await again.expectOk.get<{ posts: Post[] }>(byline('/accounts/courier/posts?limit=100'));
    expect(idsOf(reply)).toEqual(idsOf(before));
    expect(await again.expectOk.get(byline('/accounts/courier'))).toMatchObject({
      qualification: courier.qualification,
      subscription: { muted: false },
    });
    expect(await caller(server, ada.token).expectOk.get(byline('/my-accounts'))).toMatchObject({
      accounts: expect.arrayContaining([expect.objectContaining({ handle: 'waiting', role: 'owner' })]) as unknown,
    });
  });
});
