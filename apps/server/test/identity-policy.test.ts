import { createKeyPair } from '@byline/core/sealing/sealing-key.ts';
import type { TestServer } from '@byline/testkit/byline.ts';
import { type Person, signUp, signUpAdministrator } from '@byline/testkit/person.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import {
  applyPersonally,
  apply,
  byline,
  decide,
  type Office,
  openAccount,
  openOffice,
  publicPart,
  publish,
} from './publisher.ts';
import { client, refusal } from './room-calls.ts';
import { createRoom, join, roomPath, sync } from './syncing.ts';
import { startWholeServer } from './whole-server.ts';

const REQUIRED = refusal(403, 'BYLINE_IDENTITY_REQUIRED');

const standingOf = (person: Person): Promise<unknown> => person.expectOk.get(byline('/identity/standing'));

describe.each(ENGINES)('who must be verified before what, on %s', (engine) => {
  let server: TestServer;
  let office: Office;
  let ada: Person;
  let bob: Person;
  let sent = 0;

  beforeAll(async () => {
    server = await startWholeServer(engine);
    office = await openOffice(server);
    ada = await signUp(server, 'ada');
    bob = await signUp(server, 'bob');
  });
  afterAll(() => server.dispose());

  const requireOf = (value: 'everyone' | 'public-accounts'): Promise<unknown> =>
    office.administrator.expectOk.put(byline('/policy/identity.required'), { value });
  const say = (person: Person, roomId: string) => {
    sent += 1;
    return person.put(roomPath(roomId, `/send/m.room.message/policy${sent}`), { msgtype: 'm.text', body: 'hello' });
  };

  test('a change holds at once, for accounts that were there before, and each is told why and what to do', async () => {
    const roomId = await createRoom(ada, { preset: 'public_chat' });
    await join(bob, roomId);
    expect(await say(ada, roomId)).toMatchObject({ status: 200 });
    expect(await standingOf(ada)).toEqual({ verified: false, may_talk: true, identity_required: 'public-accounts' });

    await requireOf('everyone');
    const refused = await say(ada, roomId);
    expect(refused).toMatchObject(REQUIRED);
    expect(refused.body).toMatchObject({
      apply_url: expect.stringMatching(/^http:.*\/me\/apply$/) as unknown,
      to_do: 'apply',
      error: expect.stringContaining('Please apply') as unknown,
    });
    expect(await ada.post(client('/createRoom'), {})).toMatchObject(REQUIRED);
    // They sign in and read as before.
    expect((await sync(ada)).rooms?.join?.[roomId]).toBeDefined();
    expect(await standingOf(ada)).toMatchObject({
      may_talk: false,
      to_do: 'apply',
      why: expect.any(String) as unknown,
    });

    // The provider's own people are known to it.
    expect(await office.reviewer.post(client('/createRoom'), {})).toMatchObject({ status: 200 });
    expect(await standingOf(office.reviewer)).toMatchObject({ verified: false, may_talk: true });

    const { id } = await applyPersonally(office, ada);
    expect(await say(ada, roomId)).toMatchObject({ ...REQUIRED, body: { to_do: 'wait' } });
    await decide(office.reviewer, id, { decision: 'ask-for-changes', reason: 'The picture is blurred.' });
    expect(await standingOf(ada)).toMatchObject({ to_do: 'correct' });
    await ada.expectOk.post(byline(`/applications/${id}/submit`));
    await decide(office.reviewer, id, { decision: 'approve' });
    expect(await say(ada, roomId)).toMatchObject({ status: 200 });
    expect(await standingOf(ada)).toEqual({ verified: true, may_talk: true, identity_required: 'everyone' });
    expect(await say(bob, roomId)).toMatchObject(REQUIRED);

    await requireOf('public-accounts');
    expect(await say(bob, roomId)).toMatchObject({ status: 200 });
  });

  test('what a person showed is remembered over a restart', async () => {
    await requireOf('everyone');
    await server.stop();
    server = await server.restart();
    const createRoomAs = async ({ token }: Person): Promise<number> => {
      const headers = { authorization: `Bearer ${token}` };
      return (await fetch(`${server.url}${client('/createRoom')}`, { method: 'POST', headers, body: '{}' })).status;
    };
    expect(await createRoomAs(ada)).toBe(200);
    expect(await createRoomAs(bob)).toBe(403);
  });
});

describe.each(ENGINES)('operators under a policy for everyone, on %s', (engine) => {
  let server: TestServer;
  afterAll(() => server.dispose());

  test('whoever answers for a public account is verified by it; who only helps is not', async () => {
    server = await startWholeServer(engine);
    const office = await openOffice(server);
    const [ada, bob] = await Promise.all([signUp(server, 'ada'), signUp(server, 'bob')]);
    await openAccount(office, ada, 'courier');
    await ada.expectOk.put(byline(`/accounts/courier/operators/${bob.userId}`));
    expect(await publish(bob, 'courier', 'from the desk')).toMatchObject({ status: 200 });

    await office.administrator.expectOk.put(byline('/policy/identity.required'), { value: 'everyone' });
    expect(await publish(ada, 'courier', 'by the publisher')).toMatchObject({ status: 200 });
    expect(await publish(bob, 'courier', 'by the help')).toMatchObject(REQUIRED);
  });
});

describe.each(ENGINES)('a provider without a key, on %s', (engine) => {
  let server: TestServer;
  let administrator: Person;
  let ada: Person;

  beforeAll(async () => {
    server = await startWholeServer(engine);
    administrator = await signUpAdministrator(server, 'administrator');
    ada = await signUp(server, 'ada');
  });
  afterAll(() => server.dispose());

  test('takes no application, and tells its staff what to do', async () => {
    const NO_KEY = refusal(409, 'BYLINE_NO_REVIEWERS_KEY');
    const application = { purpose: 'public-account', public: publicPart('courier') };
    expect(await ada.post(byline('/applications'), application)).toMatchObject(NO_KEY);
    expect(await ada.get(byline('/reviewers-key'))).toMatchObject({
      ...NO_KEY,
      body: { error: expect.not.stringContaining('npm run') as unknown },
    });
    expect(await administrator.get(byline('/reviewers-key'))).toMatchObject({
      ...NO_KEY,
      body: { error: expect.stringContaining('npm run byline -- keys new') as unknown },
    });

    const key = await createKeyPair();
    await administrator.expectOk.put(byline('/reviewers-key'), { public_key: key.publicKey });
    expect(
      await apply({ server, administrator, reviewer: administrator, key }, ada, publicPart('courier')),
    ).toMatchObject({
      state: 'submitted',
    });
  });
});
