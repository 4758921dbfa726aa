import type { Application } from '@byline/protocol/byline/applications.ts';
import type { Case, QueuedCase } from '@byline/protocol/byline/review.ts';
import type { TestServer } from '@byline/testkit/byline.ts';
import { type Person, type Reply, signUp } from '@byline/testkit/person.ts';
import { createKeyPair } from '@byline/core/sealing/sealing-key.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import {
  accountOf,
  apply,
  byline,
  decide,
  hireReviewer,
  type Office,
  openOffice,
  publicPart,
  publish,
} from './publisher.ts';
import { refusal } from './room-calls.ts';
import { makeTestClock, startWholeServer } from './whole-server.ts';

const CONFLICT = refusal(409, 'BYLINE_CASE_CONFLICT');
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const caseOf = (id: string, rest = ''): string => byline(`/review/cases/${id}${rest}`);

const queue = (by: Person, query = ''): Promise<{ cases: QueuedCase[]; next?: string }> =>
  by.expectOk.get(byline(`/review/queue${query}`));

const claim = (by: Person, id: string): Promise<Reply<Case>> => by.post<Case>(caseOf(id, '/claim'));
const approve = (by: Person, id: string): Promise<Reply> =>
  by.post(caseOf(id, '/decision'), { decision: 'approve', reason: 'In order.' });

describe.each(ENGINES)('reviewing on %s', (engine) => {
  const clock = makeTestClock();
  let server: TestServer;
  let office: Office;
  let rita: Person;
  let sam: Person;
  let ada: Person;
  let handles = 0;

  beforeAll(async () => {
    server = await startWholeServer(engine, { clock });
    office = await openOffice(server);
    rita = office.reviewer;
    sam = await hireReviewer(server, office.administrator, 'sam');
    ada = await signUp(server, 'ada');
  });
  afterAll(() => server.dispose());

  const sendOne = async (by: Person = ada): Promise<Application> => {
    handles += 1;
    clock.advance(1_000);
    return apply(office, by, publicPart(`paper${handles}`));
  };
  const put = async (id: string): Promise<void> => {
    await decide(rita, id, { decision: 'refuse' });
  };

  test('only reviewers see the queue and its cases, administrators do not', async () => {
    const { id } = await sendOne();
    for (const person of [ada, office.administrator]) {
      for (const reply of [
        await person.get(byline('/review/queue')),
        await person.get(caseOf(id)),
        await claim(person, id),
        await person.post(caseOf(id, '/release')),
        await approve(person, id),
        await person.get(caseOf(id, `/evidence/${'x'.repeat(22)}`)),
      ])
        expect(reply).toMatchObject(refusal(403, 'BYLINE_ROLE_REQUIRED'));
    }
    await put(id);
  });

  test('the queue is read oldest first, in pages, with who holds what', async () => {
    const sent = [await sendOne(), await sendOne(), await sendOne()];
    await claim(sam, sent[1]?.id ?? '');
    const first = await queue(rita, '?limit=2');
    const second = await queue(rita, `?limit=2&from=${first.next}`);
    expect([...first.cases, ...second.cases].map(({ id }) => id)).toEqual(sent.map(({ id }) => id));
    expect(second.next).toBeUndefined();
    expect(first.cases.map(({ holder }) => holder?.user_id)).toEqual([undefined, sam.userId]);
    expect(await rita.get(byline('/review/queue?from=nonsense'))).toMatchObject(refusal(400, 'M_INVALID_PARAM'));
    await sam.expectOk.post(caseOf(sent[1]?.id ?? '', '/release'));
    for (const { id } of sent) await put(id);
    expect((await queue(rita)).cases).toEqual([]);
  });

  test('who puts something right does not lose their place', async () => {
    const early = await sendOne();
    const late = await sendOne();
    await decide(rita, early.id, { decision: 'ask-for-changes' });
    expect((await queue(rita)).cases.map(({ id }) => id)).toEqual([late.id]);
    clock.advance(MINUTE);
    await ada.expectOk.post(byline(`/applications/${early.id}/submit`));
    expect((await queue(rita)).cases.map(({ id }) => id)).toEqual([early.id, late.id]);
    for (const { id } of [early, late]) await put(id);
  });

  test('of two who claim a case at once, one gets it', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id } = await sendOne();
      const [one, other] = await Promise.all([claim(rita, id), claim(sam, id)]);
      expect([one.status, other.status]).toEqual(expect.arrayContaining([200, 409]));
      const [winner, loser, refused] = one.status === 200 ? [rita, sam, other] : [sam, rita, one];
      expect(refused).toMatchObject(CONFLICT);
      expect(await approve(loser, id)).toMatchObject(CONFLICT);
      expect(await loser.post(caseOf(id, '/release'))).toMatchObject(CONFLICT);
      expect(await approve(winner, id)).toMatchObject({ status: 200 });
      expect(await claim(loser, id)).toMatchObject(CONFLICT);
    }
  });

  test('of two decisions at once, one counts', async () => {
    const { id } = await sendOne();
    await claim(rita, id);
    const refuse = rita.post(caseOf(id, '/decision'), { decision: 'refuse', reason: 'Not in order.' });
    const replies = await Promise.all([approve(rita, id), refuse]);
    expect(replies.map(({ status }) => status)).toEqual(expect.arrayContaining([200, 409]));
    const { history, state } = await ada.expectOk.get<Application>(byline(`/applications/${id}`));
    expect(history.filter((step) => step.state === 'approved' || step.state === 'refused')).toHaveLength(1);
    const mayPublish = (await publish(ada, `paper${handles}`, 'Well?')).status === 200;
    expect(mayPublish).toBe(state === 'approved');
  });

  test('what is sealed is given only to who holds the case', async () => {
    const { id } = await sendOne();
    const before = await rita.expectOk.get<Case>(caseOf(id));
    expect(before).toMatchObject({ identity: null, public: { handle: `paper${handles}` } });
    const evidence = caseOf(id, `/evidence/${before.evidence[0]?.id}`);
    expect(await rita.get(evidence)).toMatchObject(CONFLICT);

    await claim(sam, id);
    expect(await rita.expectOk.get(caseOf(id))).toMatchObject({ identity: null });
    expect(await rita.get(evidence)).toMatchObject(CONFLICT);
    expect((await sam.expectOk.get<Case>(caseOf(id))).identity).not.toBeNull();
    expect(await rawStatus(sam, evidence)).toBe(200);

    await sam.expectOk.post(caseOf(id, '/release'));
    expect(await rawStatus(sam, evidence)).toBe(409);
    await put(id);
    expect(await rawStatus(rita, evidence)).toBe(409);
  });

  test('a claim runs out: then it is nobody’s, and a late decision is refused', async () => {
    const { id } = await sendOne();
    await claim(rita, id);
    clock.advance(29 * MINUTE);
    expect(await claim(sam, id)).toMatchObject(CONFLICT);
    // To claim it again is to hold it longer.
    expect(await claim(rita, id)).toMatchObject({ status: 200 });
    clock.advance(29 * MINUTE);
    expect(await claim(sam, id)).toMatchObject(CONFLICT);
    clock.advance(2 * MINUTE);
    expect(await approve(rita, id)).toMatchObject(CONFLICT);
    expect((await queue(rita)).cases).toMatchObject([{ id, holder: null, state: 'in-review' }]);
    expect(await claim(sam, id)).toMatchObject({ status: 200 });
    expect(await approve(rita, id)).toMatchObject(CONFLICT);
    expect(await approve(sam, id)).toMatchObject({ status: 200 });
  });

  test('a case that nobody has claimed is not decided', async () => {
    const { id } = await sendOne();
    expect(await approve(rita, id)).toMatchObject(CONFLICT);
    await put(id);
  });

  test('an application that is withdrawn under review leaves nothing to decide', async () => {
    const { id } = await sendOne();
    await claim(rita, id);
    await ada.expectOk.post(byline(`/applications/${id}/withdraw`));
    expect(await approve(rita, id)).toMatchObject(CONFLICT);
    expect(await ada.expectOk.get(byline(`/applications/${id}`))).toMatchObject({ state: 'withdrawn' });
  });

  test('nobody reviews their own application, nor an account that they operate', async () => {
    const own = await sendOne(rita);
    expect(await claim(rita, own.id)).toMatchObject(refusal(403, 'BYLINE_OWN_CASE'));
    expect((await queue(rita)).cases).toMatchObject([{ id: own.id, own: true }]);
    await decide(sam, own.id, { decision: 'approve' });

    const handle = `paper${handles}`;
    await rita.expectOk.put(byline(`/accounts/${handle}/operators/${sam.userId}`));
    const renewal = await apply(office, rita, publicPart(handle));
    expect(await claim(sam, renewal.id)).toMatchObject(refusal(403, 'BYLINE_OWN_CASE'));
    // Who becomes an operator while they hold the case can't decide it either.
    await rita.expectOk.delete(byline(`/accounts/${handle}/operators/${sam.userId}`));
    await claim(sam, renewal.id);
    await rita.expectOk.put(byline(`/accounts/${handle}/operators/${sam.userId}`));
    expect(await approve(sam, renewal.id)).toMatchObject(refusal(403, 'BYLINE_OWN_CASE'));
    await rita.expectOk.post(byline(`/applications/${renewal.id}/withdraw`));
  });

  test.each([
    [{ decision: 'approve' }],
    [{ decision: 'approve', reason: '  ' }],
    [{ decision: 'refuse', reason: 'x'.repeat(2_001) }],
    [{ decision: 'perhaps', reason: 'Well.' }],
    [{ decision: 'refuse', reason: 'Well.', label: 'news' }],
    [{ decision: 'approve', reason: 'Well.', label: 'Licensed to publish news' }],
    [{ decision: 'approve', reason: 'Well.', category: 'gossip' }],
    [{ decision: 'approve', reason: 'Well.', expires: 1_000 }],
  ])('the decision %j is none', async (decision) => {
    const { id } = await sendOne();
    await claim(rita, id);
    expect(await rita.post(caseOf(id, '/decision'), decision)).toMatchObject({ status: 400 });
    expect(await ada.expectOk.get(byline(`/applications/${id}`))).toMatchObject({ state: 'in-review' });
    await put(id);
  });

  test('a qualification runs out, at once, and is granted again under the same handle', async () => {
    const { id } = await sendOne();
    const handle = `paper${handles}`;
    await decide(rita, id, { decision: 'approve', category: 'science', expires: clock.now() + 10 * DAY });
    expect(await publish(ada, handle, 'in time')).toMatchObject({ status: 200 });
    const { qualification: first } = await accountOf(rita, handle);
    expect(first).toMatchObject({ category: 'science', expires: clock.now() + 10 * DAY });

    clock.advance(10 * DAY);
    expect(await publish(ada, handle, 'too late')).toMatchObject(refusal(403, 'BYLINE_NOT_QUALIFIED'));
    // What it said stays to be read, without the seal.
    expect(await accountOf(rita, handle)).toMatchObject({ handle, qualification: null });
    expect(await rita.expectOk.get(byline(`/accounts/${handle}/posts`))).toMatchObject({ posts: [{}] });

    const renewal = await apply(office, ada, publicPart(handle, { name: 'The Renewed' }));
    expect(await accountOf(ada, handle)).toMatchObject({ name: `The ${handle}` });
    await decide(rita, renewal.id, { decision: 'approve' });
    expect(await publish(ada, handle, 'again')).toMatchObject({ status: 200 });
    const renewed = await accountOf(rita, handle);
    expect(renewed).toMatchObject({ name: 'The Renewed', qualification: { verified_since: clock.now() } });
  });

  test('a key is registered by staff alone, under its own name, and what was sealed before must be sealed again', async () => {
    const next = await createKeyPair();
    const register = { public_key: next.publicKey };
    expect(await ada.put(byline('/reviewers-key'), register)).toMatchObject(refusal(403, 'BYLINE_ROLE_REQUIRED'));
    expect(await rita.put(byline('/reviewers-key'), { ...register, kid: office.key.kid })).toMatchObject(
      refusal(400, 'M_INVALID_PARAM'),
    );
    const { id } = await sendOne();
    await decide(rita, id, { decision: 'ask-for-changes' });

    const registered = await office.administrator.expectOk.put(byline('/reviewers-key'), register);
    expect(registered).toMatchObject({ kid: next.kid, public_key: next.publicKey });
    expect(await ada.expectOk.get(byline('/reviewers-key'))).toEqual(registered);
    expect(await ada.post(byline(`/applications/${id}/submit`))).toMatchObject({
      body: {
        errcode: 'BYLINE_APPLICATION_INCOMPLETE',
        missing: expect.arrayContaining(['identity.legal_name', 'evidence.document-front']),
      },
    });
    await rita.expectOk.put(byline('/reviewers-key'), { public_key: office.key.publicKey });
    await ada.expectOk.post(byline(`/applications/${id}/submit`));
  });

  const rawStatus = async (person: Person, path: string): Promise<number> => {
    const response = await fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${person.token}` } });
    await response.arrayBuffer();
    return response.status;
  };
});
