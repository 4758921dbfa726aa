import type { TestServer } from '@byline/testkit/byline.ts';
import { type Person, signUp, signUpAdministrator } from '@byline/testkit/person.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import { startWholeServer } from './whole-server.ts';

const AT_ONCE = 12;

const all = <Done>(make: (index: number) => Promise<Done>): Promise<Done[]> =>
  Promise.all(Array.from({ length: AT_ONCE }, (_, index) => make(index)));

const role = (person: Person): string => `/_byline/v1/staff/${person.userId}/administrator`;

describe.each(ENGINES)('administrators who decide at the same time, on %s', (engine) => {
  let server: TestServer;
  let chief: Person;
  let deputy: Person;

  beforeAll(async () => {
    server = await startWholeServer(engine);
    chief = await signUpAdministrator(server, 'chief');
    deputy = await signUp(server, 'deputy');
  });
  afterAll(() => server.dispose());

  test('each change of a policy is kept', async () => {
    const from = Date.now() + 3_600_000;
    const change = (index: number) => ({ value: 'everyone', effective_from: from + index });
    await all((index) => chief.expectOk.put('/_byline/v1/policy/identity.required', change(index)));
    const { upcoming } = await chief.expectOk.get<{ upcoming: object[] }>('/_byline/v1/policy/identity.required');
    expect(upcoming).toEqual(Array.from({ length: AT_ONCE }, (_, index) => change(index)));
  });

  test('each version of the rules has its own number', async () => {
    const { version, texts } = await chief.expectOk.get<{ version: number; texts: object }>('/_byline/v1/rules');
    const published = await all(() => chief.expectOk.post<{ version: number }>('/_byline/v1/rules', { texts }));
    expect(new Set(published.map((rules) => rules.version))).toEqual(
      new Set(Array.from({ length: AT_ONCE }, (_, index) => version + 1 + index)),
    );
  });

  test('of two who dismiss each other one stays', async () => {
    await chief.expectOk.put(role(deputy));
    const answers = await Promise.all([chief.delete(role(deputy)), deputy.delete(role(chief))]);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 403]));
  });
});
