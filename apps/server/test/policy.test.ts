import type { Policy } from '@byline/protocol/byline/policy.ts';
import type { TestServer } from '@byline/testkit/byline.ts';
import { caller, type Person, signIn, signUp, signUpAdministrator } from '@byline/testkit/person.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import { refusal } from './room-calls.ts';
import { makeTestClock, startWholeServer } from './whole-server.ts';

const POLICY = '/_byline/v1/policy';
const LIFETIME = `${POLICY}/verification.lifetime`;
const DAY = 86_400_000;

const INVALID = refusal(400, 'M_INVALID_PARAM');
const ROLE_REQUIRED = refusal(403, 'BYLINE_ROLE_REQUIRED');

describe.each(ENGINES)('policies over time, on %s', (engine) => {
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

  test('all of them can be read by anybody, with what they mean', async () => {
    const { policies } = await caller(server).expectOk.get<{ policies: Policy[] }>(POLICY);
    const said = policies.map(({ key, value, unit }) => [key, value, unit]);
    expect(said).toEqual([
      ['identity.required', 'public-accounts', 'choice'],
      ['verification.lifetime', 365, 'days'],
      ['accounts.per-individual', 1, 'accounts'],
      ['accounts.per-organisation', 2, 'accounts'],
      ['review.due', 72, 'hours'],
      ['evidence.kept', 30, 'days'],
      ['everyone.grace', 0, 'days'],
    ]);
    for (const { meaning, versions, upcoming } of policies) {
      expect(meaning).not.toBe('');
      expect({ versions, upcoming }).toEqual({ versions: [], upcoming: [] });
    }
    expect(await caller(server).get(`${POLICY}/no.such`)).toMatchObject({ status: 400 });
  });

  test('only administrators decide, only what the policy can say, and never for the past', async () => {
    for (const person of [ada, await reviewer()])
      expect(await person.put(LIFETIME, { value: 10 })).toMatchObject(ROLE_REQUIRED);
    expect(await caller(server).put(LIFETIME, { value: 10 })).toMatchObject({ status: 401 });
    for (const value of [0, -1, 1.5, 3651, 'everyone', '10'])
      expect(await chief.put(LIFETIME, { value })).toMatchObject(INVALID);
    expect(await chief.put(LIFETIME, { value: 10, effective_from: clock.now() - 1 })).toMatchObject(INVALID);
    expect(await caller(server).expectOk.get<Policy>(LIFETIME)).toMatchObject({ value: 365, versions: [] });
  });

  test('a version holds from its date on, and an earlier one until then', async () => {
    await chief.expectOk.put(LIFETIME, { value: 100 });
    const later = clock.now() + 10 * DAY;
    const policy = await chief.expectOk.put<Policy>(LIFETIME, { value: 200, effective_from: later });
    expect(policy).toMatchObject({
      value: 100,
      effective_from: clock.now(),
      upcoming: [{ value: 200, effective_from: later }],
      versions: [
        { version: 2, value: 200, set_by: chief.userId, set_at: clock.now() },
        { version: 1, value: 100, set_by: chief.userId },
      ],
    });
    clock.advance(10 * DAY - 1);
    expect(await caller(server).expectOk.get<Policy>(LIFETIME)).toMatchObject({ value: 100 });
    clock.advance(1);
    const held = await caller(server).expectOk.get<Policy>(LIFETIME);
    expect(held).toMatchObject({ value: 200, effective_from: later, upcoming: [] });
    // Who decided is the administrators' to know.
    expect(JSON.stringify(held)).not.toContain(chief.userId);
  });

  test('a version that has not begun can be withdrawn, and stays to be read; others can not', async () => {
    const from = clock.now() + DAY;
    const { versions } = await chief.expectOk.put<Policy>(LIFETIME, { value: 50, effective_from: from });
    const version = `${LIFETIME}/versions/${versions[0]?.version}`;
    expect(await ada.delete(version)).toMatchObject(ROLE_REQUIRED);
    expect(await chief.delete(`${LIFETIME}/versions/99`)).toMatchObject(refusal(404, 'M_NOT_FOUND'));
    expect(await chief.delete(`${LIFETIME}/versions/2`)).toMatchObject(refusal(403, 'M_BAD_STATE'));
    await chief.expectOk.delete(version);
    await chief.expectOk.delete(version);
    clock.advance(2 * DAY);
    const policy = await chief.expectOk.get<Policy>(LIFETIME);
    expect(policy).toMatchObject({ value: 200, upcoming: [] });
    expect(policy.versions[0]).toMatchObject({ value: 50, withdrawn_by: chief.userId });

    await server.stop();
    server = await server.restart();
    chief = await signIn(server, 'chief');
    expect(await chief.expectOk.get<Policy>(LIFETIME)).toEqual(policy);
  });

  const reviewer = async (): Promise<Person> => {
    const rita = await signUp(server, 'rita');
    await chief.expectOk.put(`/_byline/v1/staff/${rita.userId}/reviewer`);
    return rita;
  };
});
