import { askForIndex, BlindIndexError } from '@byline/core/identity/blind-index.ts';
import { openIdentity } from '@byline/core/identity/seal-identity.ts';
import type { Application } from '@byline/protocol/byline/applications.ts';
import type { BlindEvaluation, CaseSubject } from '@byline/protocol/byline/blind-index.ts';
import type { LegalIdentity } from '@byline/protocol/byline/identity.ts';
import type { Case } from '@byline/protocol/byline/review.ts';
import type { TestServer } from '@byline/testkit/byline.ts';
import { caller, type Person, type Reply, signUp } from '@byline/testkit/person.ts';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import {
  apply,
  blindIndexOf,
  byline,
  decide,
  draft,
  hireReviewer,
  type Office,
  openOffice,
  publicPart,
  publish,
  sealedIdentity,
  somebodyElse,
} from './publisher.ts';
import { client, refusal } from './room-calls.ts';
import { makeTestClock, startWholeServer } from './whole-server.ts';

const CAP = refusal(409, 'BYLINE_ACCOUNT_CAP');
const MINUTE = 60_000;

const path = (id: string, rest = ''): string => byline(`/applications/${id}${rest}`);
const caseOf = (id: string, rest = ''): string => byline(`/review/cases/${id}${rest}`);
const approve = (by: Person, id: string): Promise<Reply> =>
  by.post(caseOf(id, '/decision'), { decision: 'approve', reason: 'In order.' });

const passport = (document_number: string): LegalIdentity => ({
  ...somebodyElse(),
  document_kind: 'passport',
  document_number,
});

const leave = (who: Person) =>
  who.expectOk.post(client('/account/deactivate'), {
    auth: {
      type: 'm.login.password',
      identifier: { type: 'm.id.user', user: who.userId },
      password: who.password,
    },
    erase: true,
  });

const keyOf = async (by: Pick<Person, 'expectOk'>): Promise<string> =>
  (await by.expectOk.get<{ public_key: string }>(byline('/identity/blind-index/key'))).public_key;

/** Each time about somebody else. */
const askAnything = (by: Person) => by.post(byline('/identity/blind-index'), askForIndex(somebodyElse()));

describe.each(ENGINES)('accounts of one subject on %s', (engine) => {
  const clock = makeTestClock();
  let server: TestServer;
  let office: Office;
  let rita: Person;
  let sam: Person;
  let handles = 0;

  beforeAll(async () => {
    server = await startWholeServer(engine, { clock });
    office = await openOffice(server);
    rita = office.reviewer;
    sam = await hireReviewer(server, office.administrator, 'sam');
  });
  afterAll(() => server.dispose());

  const newcomer = (): Promise<Person> => {
    handles += 1;
    return signUp(server, `person${handles}`);
  };
  const person = (handle?: string) => {
    handles += 1;
    return publicPart(handle ?? `person-${handles}`, { kind: 'individual' });
  };
  const company = () => {
    handles += 1;
    return publicPart(`company-${handles}`, { kind: 'company' });
  };
  const send = async (by: Person, wanted: ReturnType<typeof publicPart>, who: LegalIdentity): Promise<Reply> =>
    by.post(path((await draft(office, by, wanted, who)).id, '/submit'));
  const open = async (by: Person, wanted: ReturnType<typeof publicPart>, who: LegalIdentity): Promise<unknown> =>
    decide(rita, (await apply(office, by, wanted, who)).id, { decision: 'approve' });
  const setCap = (key: string, value: number, effective_from?: number) =>
    office.administrator.expectOk.put(byline(`/policy/accounts.${key}`), {
      value,
      ...(effective_from === undefined ? {} : { effective_from }),
    });

  test('a person may have one account, however the number is written and whoever applies', async () => {
    const [ada, bob] = [await newcomer(), await newcomer()];
    await open(ada, person(), passport('AB 123-456'));

    const refused = await send(ada, person(), passport('ab123456'));
    expect(refused).toMatchObject({ ...CAP, body: { cap: 1 } });
    // It says what to do next.
    expect(refused.body).toMatchObject({ error: expect.stringContaining('write to the provider') as unknown });
    expect(await send(bob, person(), passport('ＡＢ１２３４５６'))).toMatchObject(CAP);
    expect(await send(bob, person(), passport('AB123457'))).toMatchObject({ status: 200 });
  });

  test('an organisation may have two; what an administrator decides holds from when it is to hold', async () => {
    const ada = await newcomer();
    const who = somebodyElse({ document_kind: 'business-licence' });
    await open(ada, company(), who);
    await open(ada, company(), who);
    const third = await draft(office, ada, company(), who);
    const submit = () => ada.post(path(third.id, '/submit'));
    expect(await submit()).toMatchObject({ ...CAP, body: { cap: 2 } });

    expect(await ada.put(byline('/policy/accounts.per-organisation'), { value: 9 })).toMatchObject({ status: 403 });
    await setCap('per-organisation', 3, clock.now() + MINUTE);
    expect(await submit()).toMatchObject(CAP);
    clock.advance(MINUTE);
    expect(await submit()).toMatchObject({ status: 200 });

    // A lower cap takes no account away, but leaves no room for what waits.
    await setCap('per-organisation', 2);
    await rita.expectOk.post(caseOf(third.id, '/claim'));
    expect(await approve(rita, third.id)).toMatchObject(CAP);
    await setCap('per-organisation', 3);
    expect(await approve(rita, third.id)).toMatchObject({ status: 200 });
    await setCap('per-organisation', 2);
  });

  test('what was withdrawn, refused, or never sent does not count, and what waits counts for who sent it', async () => {
    const [ada, bob] = [await newcomer(), await newcomer()];
    const who = somebodyElse({ document_kind: 'passport' });
    const first = await apply(office, ada, person(), who);
    await draft(office, ada, person(), who);
    expect(await send(ada, person(), who)).toMatchObject(CAP);
    await ada.expectOk.post(path(first.id, '/withdraw'));

    const second = await apply(office, ada, person(), who);
    await decide(rita, second.id, { decision: 'refuse' });
    const third = await apply(office, ada, person(), who);
    await decide(rita, third.id, { decision: 'ask-for-changes' });
    expect(await send(ada, person(), who)).toMatchObject(CAP);
    // Somebody who only knows the number keeps nobody out.
    expect(await send(bob, person(), who)).toMatchObject({ status: 200 });
    await ada.expectOk.post(path(third.id, '/submit'));
    await decide(rita, third.id, { decision: 'approve' });
  });

  test('an account that is renewed is not counted twice', async () => {
    const ada = await newcomer();
    const who = somebodyElse({ document_kind: 'passport' });
    const wanted = person('the-same');
    await open(ada, wanted, who);
    await open(ada, { ...wanted, description: 'Written anew.' }, who);
    expect(await send(ada, person(), who)).toMatchObject(CAP);
  });

  test('an account that nobody runs any more does not count, one that others run does', async () => {
    const [ada, bob, cleo] = [await newcomer(), await newcomer(), await newcomer()];
    const [alone, together] = [somebodyElse(), somebodyElse()];
    await open(ada, person(), alone);
    await open(ada, person('run-together'), together);
    await ada.expectOk.put(byline(`/accounts/run-together/operators/${bob.userId}`));
    await leave(ada);
    expect(await send(cleo, person(), together)).toMatchObject(CAP);
    expect(await send(cleo, person(), alone)).toMatchObject({ status: 200 });
  });

  test('of two people with one number who are approved at once, one is', async () => {
    for (let round = 0; round < 4; round += 1) {
      const [ada, bob] = [await newcomer(), await newcomer()];
      const who = somebodyElse({ document_kind: 'passport' });
      const wanted = [person(), person()] as const;
      const [one, other] = await Promise.all([apply(office, ada, wanted[0], who), apply(office, bob, wanted[1], who)]);
      await rita.expectOk.post(caseOf(one.id, '/claim'));
      await sam.expectOk.post(caseOf(other.id, '/claim'));
      const replies = await Promise.all([approve(rita, one.id), approve(sam, other.id)]);
      expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200, 409]));
      const refused = replies[0].status === 409 ? 0 : 1;
      expect(replies[refused]).toMatchObject(CAP);
      // The case is still open, and nothing was granted.
      const [by, id, applicant] = refused === 0 ? [rita, one.id, ada] : [sam, other.id, bob];
      expect((await applicant.expectOk.get<Application>(path(id))).state).toBe('in-review');
      expect((await publish(applicant, wanted[refused].handle, 'Well?')).status).toBe(403);
      await by.expectOk.post(caseOf(id, '/decision'), { decision: 'refuse', reason: 'It is not theirs.' });
    }
  });

  test('of two applications that somebody sends at once, one is sent', async () => {
    const ada = await newcomer();
    const who = somebodyElse({ document_kind: 'passport' });
    const both = [await draft(office, ada, person(), who), await draft(office, ada, person(), who)];
    const replies = await Promise.all(both.map(({ id }) => ada.post(path(id, '/submit'))));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200, 409]));
  });

  test('the reviewer who holds a case sees what else the subject has, by what everybody may read', async () => {
    const [ada, bob] = [await newcomer(), await newcomer()];
    const who = somebodyElse({ document_kind: 'business-licence' });
    await open(ada, publicPart('first-shop', { kind: 'company' }), who);
    clock.advance(1);
    const refused = await apply(office, bob, publicPart('second-shop', { kind: 'company' }), who);
    await decide(rita, refused.id, { decision: 'refuse' });
    await draft(office, bob, company(), who);
    const { id } = await apply(office, ada, company(), who);

    for (const [by, code, status] of [
      [ada, 'BYLINE_ROLE_REQUIRED', 403],
      [office.administrator, 'BYLINE_ROLE_REQUIRED', 403],
      [rita, 'BYLINE_CASE_CONFLICT', 409],
    ] as const) {
      expect(await by.get(caseOf(id, '/subject'))).toMatchObject(refusal(status, code));
      const { blinded } = askForIndex(who);
      expect(await by.post(caseOf(id, '/blind-index'), { blinded })).toMatchObject(refusal(status, code));
    }
    await rita.expectOk.post(caseOf(id, '/claim'));
    const subject = await rita.expectOk.get<CaseSubject>(caseOf(id, '/subject'));
    expect(subject).toEqual({
      blind_index: await blindIndexOf(ada, who),
      accounts: 1,
      cap: 2,
      others: [
        {
          purpose: 'public-account',
          state: 'refused',
          name: 'The second-shop',
          handle: 'second-shop',
          same_applicant: false,
        },
        {
          purpose: 'public-account',
          state: 'approved',
          name: 'The first-shop',
          handle: 'first-shop',
          same_applicant: true,
        },
      ],
    });
    await rita.expectOk.post(caseOf(id, '/release'));
  });

  test('an applicant who gives the index of another number is found by the reviewer', async () => {
    const ada = await newcomer();
    const who = somebodyElse({ document_kind: 'passport' });
    const { id } = await draft(office, ada, person(), who);
    const tampered = {
      ...(await sealedIdentity(office, ada, id, who)),
      blind_index: await blindIndexOf(ada, somebodyElse()),
    };
    await ada.expectOk.put(path(id), { identity: tampered });
    await ada.expectOk.post(path(id, '/submit'));

    const { identity } = await rita.expectOk.post<Case>(caseOf(id, '/claim'));
    if (identity === null) throw new Error('There is no identity in the case.');
    const opened = await openIdentity(office.key, id, identity);
    const { blinded, finish } = askForIndex(opened);
    const evaluation = await rita.expectOk.post<BlindEvaluation>(caseOf(id, '/blind-index'), { blinded });
    const index = finish(evaluation, await keyOf(rita));
    const given = (await rita.expectOk.get<CaseSubject>(caseOf(id, '/subject'))).blind_index;
    expect(index).toBe(await blindIndexOf(ada, who));
    expect(given).not.toBe(index);
    await decide(rita, id, { decision: 'refuse' });
  });

  test('an identity without an index, or with what is none, is not taken', async () => {
    const ada = await newcomer();
    const { id } = await draft(office, ada, person());
    const { blind_index: index, ...identity } = await sealedIdentity(office, ada, id, somebodyElse());
    for (const wrong of [undefined, '', 'A', index.slice(1), `${index}A`, `${index.slice(1)}!`, 7, [index]])
      expect(await ada.put(path(id), { identity: { ...identity, blind_index: wrong } })).toMatchObject({ status: 400 });
  });

  test('an answer with the proof of another is seen through, and what is no element is not evaluated', async () => {
    const ada = await newcomer();
    const ask = (blinded: string) => ada.post<BlindEvaluation>(byline('/identity/blind-index'), { blinded });
    const question = askForIndex(somebodyElse());
    const { body } = await ask(question.blinded);
    const other = await ask(askForIndex(somebodyElse()).blinded);
    // Anybody can read the key, also without an account.
    const key = await keyOf(caller(server));
    expect(() => question.finish({ ...body, proof: other.body.proof }, key)).toThrow(BlindIndexError);
    expect(() => question.finish({ ...body, evaluated: other.body.evaluated }, key)).toThrow(BlindIndexError);
    expect(question.finish(body, key)).toMatch(/^[\w-]{43}$/);

    const identityElement = 'A'.repeat(43);
    expect(await ask(identityElement)).toMatchObject(refusal(400, 'M_INVALID_PARAM'));
    expect(await ask('_'.repeat(43))).toMatchObject(refusal(400, 'M_INVALID_PARAM'));
    expect(await ask('short')).toMatchObject({ status: 400 });
    expect(await caller(server).post(byline('/identity/blind-index'), { blinded: question.blinded })).toMatchObject({
      status: 401,
    });
  });

  test('how long a review takes is measured, once there is something to measure', async () => {
    const fresh = await startWholeServer(engine, { clock });
    const bureau = await openOffice(fresh);
    const ada = await signUp(fresh, 'ada');
    const times = () => ada.expectOk.get(byline('/identity/review-times'));
    for (const minutes of [50, 10, 40, 20]) {
      const { id } = await apply(bureau, ada, publicPart(`waited-${minutes}`));
      clock.advance(minutes * MINUTE);
      await decide(bureau.reviewer, id, { decision: 'refuse' });
    }
    expect(await times()).toEqual({ measured: null });
    const { id } = await apply(bureau, ada, publicPart('waited-30'));
    clock.advance(30 * MINUTE);
    await decide(bureau.reviewer, id, { decision: 'approve' });
    clock.advance(MINUTE);
    expect(await times()).toEqual({ measured: { answers: 5, median: 30 * MINUTE, ninetieth: 50 * MINUTE } });
    await fresh.dispose();
  });
});

test('the key of the index is in a file of its own, stays over a restart, and is not in the database', async () => {
  let server = await startWholeServer('sqlite');
  const { dataFolder } = server.config;
  const key = () => caller(server).expectOk.get(byline('/identity/blind-index/key'));
  const before = await key();
  const file = join(dataFolder, 'blind-index.key');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const seed = (await readFile(file, 'utf8')).trim();
  expect(Buffer.from(seed, 'base64')).toHaveLength(32);
  await server.stop();
  const database = await readFile(join(dataFolder, 'byline.sqlite'));
  for (const form of [seed, Buffer.from(seed, 'base64'), Buffer.from(seed, 'base64').toString('hex')])
    expect(database.includes(form)).toBe(false);
  server = await server.restart();
  expect(await key()).toEqual(before);
  await server.dispose();
});

test('whoever tries numbers is stopped after twenty a day', async () => {
  const clock = makeTestClock();
  const server = await startWholeServer('sqlite', { clock, settings: { BYLINE_RATE_LIMITS: 'on' } });
  const [ada, bob] = [await signUp(server, 'ada'), await signUp(server, 'bob')];
  for (let count = 0; count < 20; count += 1) expect((await askAnything(ada)).status).toBe(200);
  const refused = await askAnything(ada);
  expect(refused).toMatchObject(refusal(429, 'M_LIMIT_EXCEEDED'));
  expect(refused.body['retry_after_ms']).toBeGreaterThan(20 * 60 * MINUTE);
  expect((await askAnything(bob)).status).toBe(200);
  await server.dispose();
});
