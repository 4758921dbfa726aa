import type { PublicAccount } from '@byline/protocol/byline/accounts.ts';
import type { TestServer } from '@byline/testkit/byline.ts';
import { type Person, type Reply, signIn, signUp } from '@byline/testkit/person.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import {
  apply,
  byline,
  draft,
  hireReviewer,
  mustPublish,
  type Office,
  openAccount,
  openOffice,
  publicPart,
} from './publisher.ts';
import { client, messages } from './room-calls.ts';
import { createRoom, join, roomPath } from './syncing.ts';
import { startWholeServer } from './whole-server.ts';

/** Each race is run so often, because it may go well by luck. */
const ROUNDS = 5;
const rounds = Array.from({ length: ROUNDS }, (_, round) => round);

const statuses = (replies: readonly Reply[]): number[] =>
  replies.map(({ status }) => status).toSorted((left, right) => left - right);
const eventIds = (replies: readonly Reply[]): Set<unknown> => new Set(replies.map(({ body }) => body['event_id']));

describe.each(ENGINES)('what happens at once, on %s', (engine) => {
  let server: TestServer;
  let office: Office;
  let ada: Person;
  let bob: Person;
  let rob: Person;
  let gazette: PublicAccount;

  beforeAll(async () => {
    server = await startWholeServer(engine);
    office = await openOffice(server);
    [ada, bob] = [await signUp(server, 'ada'), await signUp(server, 'bob')];
    rob = await hireReviewer(server, office.administrator, 'rob');
    gazette = await openAccount(office, ada, 'gazette');
  });
  afterAll(() => server.dispose());

  test('of two reviewers one gets the case, and of five decisions one counts', async () => {
    const { id } = await apply(office, bob, publicPart('herald'));
    const claim = (reviewer: Person) => reviewer.post(byline(`/review/cases/${id}/claim`));
    expect(statuses(await Promise.all([claim(office.reviewer), claim(rob)]))).toEqual([200, 409]);
    const decision = { decision: 'approve', reason: 'All is well.' };
    const decide = (reviewer: Person) => reviewer.post(byline(`/review/cases/${id}/decision`), decision);
    const decided = await Promise.all([office.reviewer, rob, office.reviewer, rob, rob].map(decide));
    expect(statuses(decided)).toEqual([200, 409, 409, 409, 409]);
  });

  test('a case is either withdrawn or decided', async () => {
    const { id } = await apply(office, bob, publicPart('courier'));
    await rob.expectOk.post(byline(`/review/cases/${id}/claim`));
    const outcomes = await Promise.all([
      bob.post(byline(`/applications/${id}/withdraw`)),
      rob.post(byline(`/review/cases/${id}/decision`), { decision: 'approve', reason: 'All is well.' }),
    ]);
    expect(outcomes.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  test('a handle is had by one, be it as an account or as a name to sign in with', async () => {
    const [ours, theirs] = [
      await draft(office, ada, publicPart('twice')),
      await draft(office, bob, publicPart('twice')),
    ];
    const wanted = await Promise.all([
      ada.post(byline(`/applications/${ours.id}/submit`)),
      bob.post(byline(`/applications/${theirs.id}/submit`)),
    ]);
    expect(statuses(wanted)).toEqual([200, 409]);
    const { id } = await draft(office, ada, publicPart('zoe'));
    const [account, person] = await Promise.allSettled([
      ada.expectOk.post(byline(`/applications/${id}/submit`)),
      signUp(server, 'zoe'),
    ]);
    expect([account.status, person.status].toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  test('one name of a request makes one event, however often it is sent at once', async () => {
    const roomId = await createRoom(ada);
    const content = { msgtype: 'm.text', body: 'once' };
    const send = () => ada.put(roomPath(roomId, '/send/m.room.message/same'), content);
    expect(eventIds(await Promise.all(Array.from({ length: 20 }, send))).size).toBe(1);
    const publish = () => ada.post(byline('/accounts/gazette/posts'), { content, txn_id: 'same' });
    expect(eventIds(await Promise.all(Array.from({ length: 20 }, publish))).size).toBe(1);
  });

  test('a post that is deleted five times at once is deleted once', async () => {
    const post = encodeURIComponent(await mustPublish(ada, 'gazette', 'soon gone'));
    const remove = () => ada.delete(byline(`/accounts/gazette/posts/${post}`));
    expect(eventIds(await Promise.all(Array.from({ length: 5 }, remove))).size).toBe(1);
  });

  test.each(['changed first', 'deleted first'])(
    'nothing is left of a post that is changed and deleted at once: %s',
    async (order) => {
      for (const round of rounds) {
        const post = encodeURIComponent(await mustPublish(ada, 'gazette', 'soon gone'));
        const path = byline(`/accounts/gazette/posts/${post}`);
        const content = { msgtype: 'm.text', body: 'risen from the dead' };
        const change = () => ada.put(path, { content, txn_id: `${order} ${round}` });
        const calls = order === 'changed first' ? [change, () => ada.delete(path)] : [() => ada.delete(path), change];
        const answers = await Promise.all(calls.map((call) => call()));
        expect(answers.map(({ status }) => [200, 404].includes(status))).toEqual([true, true]);
      }
      expect(JSON.stringify(await messages(bob, gazette.room_id))).not.toContain('risen');
    },
  );

  test('who is banned is not in, whenever they joined', async () => {
    for (const _round of rounds) {
      const roomId = await createRoom(ada, { preset: 'public_chat' });
      const ban = ada.expectOk.post(roomPath(roomId, '/ban'), { user_id: bob.userId });
      const joining = bob.post(client(`/join/${encodeURIComponent(roomId)}`));
      await Promise.all([ban, joining]);
      expect((await ada.expectOk.get(roomPath(roomId, '/joined_members')))['joined']).not.toHaveProperty([bob.userId]);
      await expect(join(bob, roomId)).rejects.toThrow('403');
    }
  });

  test.each([
    ['another password', '/account/password', { new_password: 'another one entirely' }],
    ['the end of the account', '/account/deactivate', {}],
  ])('nobody stays signed in by an old password after %s', async (what, path, body) => {
    for (const round of rounds) {
      const person = await signUp(server, `${what.replaceAll(' ', '-')}-${round}`);
      const { body: challenge } = await person.post(client(path), body);
      const identifier = { type: 'm.id.user', user: person.name };
      const auth = { type: 'm.login.password', session: challenge['session'], identifier, password: person.password };
      const signingIn = Promise.allSettled(Array.from({ length: 6 }, () => signIn(server, person.name)));
      await person.expectOk.post(client(path), { ...body, auth });
      for (const session of await signingIn) {
        if (session.status === 'rejected') continue;
        expect(await session.value.get(client('/account/whoami'))).toMatchObject({ status: 401 });
      }
    }
  });
});
