import type { StaffChange } from '@byline/protocol/byline/staff.ts';
import type { StaffRole } from '@byline/protocol/byline/staff-role.ts';
import type { TestServer } from '@byline/testkit/byline.ts';
import { type Person, signIn, signUp, signUpAdministrator } from '@byline/testkit/person.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import { refusal } from './room-calls.ts';
import { makeTestClock, startWholeServer } from './whole-server.ts';

const CHANGES = '/_byline/v1/staff-changes';
const EXCLUDED = refusal(409, 'BYLINE_ROLES_EXCLUDE');
const role = (person: Person, name: StaffRole): string => `/_byline/v1/staff/${person.userId}/${name}`;
const rolesOf = async (person: Person): Promise<unknown> => (await person.expectOk.get('/_byline/v1/me'))['roles'];

describe.each(ENGINES)('roles that exclude each other, on %s', (engine) => {
  const clock = makeTestClock();
  let server: TestServer;
  let chief: Person;
  let ada: Person;

  beforeAll(async () => {
    server = await startWholeServer(engine, { clock });
    chief = await signUpAdministrator(server, 'chief');
    ada = await signUp(server, 'ada');
  });
  afterAll(() => server.dispose());

  test('an administrator can not be a reviewer or a custodian, not even by their own hand', async () => {
    for (const name of ['reviewer', 'custodian'] as const)
      expect(await chief.put(role(chief, name))).toMatchObject({
        ...EXCLUDED,
        body: { role: name, held: 'administrator' },
      });
    expect(await rolesOf(chief)).toEqual(['administrator']);
    await chief.expectOk.put(role(chief, 'moderator'));
    expect(await chief.get('/_byline/v1/review/queue')).toMatchObject(refusal(403, 'BYLINE_ROLE_REQUIRED'));
  });

  test('a reviewer can be neither of the two others, unless the role is taken from them first', async () => {
    await chief.expectOk.put(role(ada, 'reviewer'));
    for (const name of ['administrator', 'custodian'] as const)
      expect(await chief.put(role(ada, name))).toMatchObject({ ...EXCLUDED, body: { role: name, held: 'reviewer' } });
    await chief.expectOk.delete(role(ada, 'reviewer'));
    await chief.expectOk.put(role(ada, 'custodian'));
    for (const name of ['administrator', 'reviewer'] as const)
      expect(await chief.put(role(ada, name))).toMatchObject({ ...EXCLUDED, body: { held: 'custodian' } });
    expect(await rolesOf(ada)).toEqual(['custodian']);
    await chief.expectOk.delete(role(ada, 'custodian'));
  });

  test('of two roles that are given at once, one is given', async () => {
    const eve = await signUp(server, 'eve');
    const wanted = ['reviewer', 'administrator', 'custodian'] as const;
    const answers = await Promise.all(wanted.map((name) => chief.put(role(eve, name))));
    expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 409, 409]);
    expect(await rolesOf(eve)).toHaveLength(1);
  });

  test('what is given and taken is kept for administrators to read', async () => {
    expect(await ada.get(CHANGES)).toMatchObject(refusal(403, 'BYLINE_ROLE_REQUIRED'));
    const since = (await newest()).number;
    const bob = await signUp(server, 'bob');
    await chief.expectOk.put(role(bob, 'reviewer'));
    await chief.expectOk.put(role(bob, 'reviewer'));
    const grantedAt = clock.now();
    clock.advance(1_000);
    await chief.expectOk.delete(role(bob, 'reviewer'));
    await chief.expectOk.delete(role(bob, 'reviewer'));
    await chief.expectOk.put(role(bob, 'moderator'));
    const auth = { type: 'm.login.password', user: 'bob', password: bob.password };
    await bob.expectOk.post('/_matrix/client/v3/account/deactivate', { auth });
    const of = { user_id: bob.userId };
    const recorded = [
      { number: since + 4, at: clock.now(), ...of, role: 'moderator', change: 'revoked' },
      { number: since + 3, at: clock.now(), ...of, role: 'moderator', change: 'granted', by: chief.userId },
      { number: since + 2, at: clock.now(), ...of, role: 'reviewer', change: 'revoked', by: chief.userId },
      { number: since + 1, at: grantedAt, ...of, role: 'reviewer', change: 'granted', by: chief.userId },
    ];
    expect((await read(`?limit=4`)).map((each) => each)).toEqual(recorded);
    expect(await read(`?limit=2&before=${since + 3}`)).toEqual(recorded.slice(2));
    const all = await read('');
    expect(all.at(-1)).toEqual({
      number: 1,
      at: expect.any(Number) as unknown,
      user_id: chief.userId,
      role: 'administrator',
      change: 'granted',
    });

    await server.stop();
    server = await server.restart();
    chief = await signIn(server, 'chief');
    expect(await read('')).toEqual(all);
  });

  const read = async (query: string): Promise<StaffChange[]> =>
    (await chief.expectOk.get<{ changes: StaffChange[] }>(`${CHANGES}${query}`)).changes;
  const newest = async (): Promise<StaffChange> => {
    const [change] = await read('?limit=1');
    if (change === undefined) throw new Error('Nothing was recorded.');
    return change;
  };
});

describe.each(ENGINES)('the link of a server whose administrators have gone, on %s', (engine) => {
  test('makes no reviewer an administrator, and stays good for somebody else', async () => {
    const server = await startWholeServer(engine);
    const chief = await signUpAdministrator(server, 'chief');
    const rita = await signUp(server, 'rita');
    await chief.expectOk.put(role(rita, 'reviewer'));
    const auth = { type: 'm.login.password', user: 'chief', password: chief.password };
    await chief.expectOk.post('/_matrix/client/v3/account/deactivate', { auth });
    const token = new URL((await server.setupLink()) ?? '').hash.slice(1);
    expect(await rita.post('/_byline/v1/setup', { token })).toMatchObject(EXCLUDED);
    const next = await signUp(server, 'next');
    expect(await next.post('/_byline/v1/setup', { token })).toMatchObject({ status: 200 });
    await server.dispose();
  });
});
