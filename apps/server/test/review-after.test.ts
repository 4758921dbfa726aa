import { openEvidence, openIdentity } from '@byline/core/identity/seal-identity.ts';
import type { Application } from '@byline/protocol/byline/applications.ts';
import type { Case, QueuedCase } from '@byline/protocol/byline/review.ts';
import type { TestServer } from '@byline/testkit/byline.ts';
import { type Person, type Reply, signIn, signUp } from '@byline/testkit/person.ts';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import {
  apply,
  byline,
  confirm,
  decide,
  document,
  draft,
  hireReviewer,
  type Office,
  openOffice,
  publicPart,
  publish,
} from './publisher.ts';
import { refusal } from './room-calls.ts';
import { makeTestClock, startWholeServer } from './whole-server.ts';

const DAY = 86_400_000;
const REASON = { reason: 'The letter was the right one.' };

const caseOf = (id: string, rest = ''): string => byline(`/review/cases/${id}${rest}`);
const own = (id: string, rest = ''): string => byline(`/applications/${id}${rest}`);
const claim = (by: Person, id: string): Promise<Reply<Case>> => by.post<Case>(caseOf(id, '/claim'));
const decidedBefore = { status: 403, body: { errcode: 'BYLINE_OWN_CASE', bar: 'decided-before' } };

describe.each(ENGINES)('what follows a decision on %s', (engine) => {
  const clock = makeTestClock();
  let server: TestServer;
  let office: Office;
  let rita: Person;
  let sam: Person;
  let tom: Person;
  let ada: Person;
  let handles = 0;

  beforeAll(async () => {
    server = await startWholeServer(engine, { clock });
    office = await openOffice(server);
    rita = office.reviewer;
    sam = await hireReviewer(server, office.administrator, 'sam');
    tom = await hireReviewer(server, office.administrator, 'tom');
    ada = await signUp(server, 'ada');
  });
  afterAll(() => server.dispose());

  const sendOne = async (changes: Parameters<typeof publicPart>[1] = {}, by = ada): Promise<string> => {
    handles += 1;
    clock.advance(1_000);
    return (await apply(office, by, publicPart(`paper${handles}`, changes))).id;
  };
  const refused = async (changes: Parameters<typeof publicPart>[1] = {}): Promise<string> => {
    const id = await sendOne(changes);
    await decide(rita, id, { decision: 'refuse' });
    return id;
  };
  const read = (id: string, by = ada): Promise<Application> => by.expectOk.get(own(id));
  const appeal = (id: string, by = ada): Promise<Reply<Application>> => by.post(own(id, '/appeal'), REASON);
  const correct = (id: string, by = ada): Promise<Reply<Application>> => by.post(own(id, '/correction'));
  const blobs = async (): Promise<number> => {
    const files = await readdir(join(server.config.dataFolder, 'evidence'), { recursive: true, withFileTypes: true });
    return files.filter((file) => file.isFile()).length;
  };
  /** What is destroyed when its time has come is destroyed by a round, and the first one is at the start. */
  const restart = async (): Promise<void> => {
    await server.stop();
    server = await server.restart();
    office = { ...office, server, administrator: await again('administrator') };
    [rita, sam, tom, ada] = [await again('rita'), await again('sam'), await again('tom'), await again('ada')];
    office = { ...office, reviewer: rita };
  };
  const again = (name: string): Promise<Person> => signIn(server, name);

  describe('an appeal', () => {
    test('is heard by somebody who did not decide, once, and what they decide is final', async () => {
      const id = await refused();
      const handle = `paper${handles}`;
      expect((await read(id)).progress).toMatchObject({
        with: 'nobody',
        next: ['appeal', 'send-anew'],
        open_until: clock.now() + 30 * DAY,
      });
      const bert = await signUp(server, `bert-${engine}`);
      expect(await appeal(id, bert)).toMatchObject(refusal(404, 'M_NOT_FOUND'));
      expect(await ada.post(own(id, '/appeal'), { reason: ' ' })).toMatchObject({ status: 400 });
      clock.advance(29 * DAY);
      const appealed = await appeal(id);
      expect(appealed.body).toMatchObject({
        state: 'submitted',
        progress: { with: 'appeal-queue', due_at: clock.now() + 3 * DAY, destroyed_at: null },
      });
      expect(await appeal(id)).toMatchObject(refusal(403, 'M_BAD_STATE'));
      expect(await claim(rita, id)).toMatchObject(decidedBefore);
      const { cases } = await rita.expectOk.get<{ cases: QueuedCase[] }>(byline('/review/queue'));
      expect(cases).toMatchObject([{ id, appealed: true, bar: 'decided-before' }]);

      const { body } = await claim(sam, id);
      expect(body).toMatchObject({ appeal: REASON, appealed: true });
      if (body.identity === null) throw new Error('The identity was not kept for the appeal.');
      await openIdentity(office.key, body.id, body.identity);
      expect(body.evidence).toHaveLength(1);
      expect(await sam.post(caseOf(id, '/hand-over'), { to: rita.userId })).toMatchObject(decidedBefore);
      const changes = { decision: 'ask-for-changes', reason: 'Please.' };
      expect(await sam.post(caseOf(id, '/decision'), changes)).toMatchObject(refusal(400, 'M_INVALID_PARAM'));
      await decide(sam, id, { decision: 'approve' });
      expect(await publish(ada, handle, 'after all')).toMatchObject({ status: 200 });
      expect(await appeal(id)).toMatchObject(refusal(403, 'M_BAD_STATE'));
    });

    test('that fails is the last one; the application can still be put right', async () => {
      const id = await refused();
      await appeal(id);
      await decide(sam, id, { decision: 'refuse' });
      expect(await appeal(id)).toMatchObject(refusal(403, 'M_BAD_STATE'));
      expect((await read(id)).progress.next).toEqual(['send-anew']);
    });

    test('where two must agree takes two who decided nothing before', async () => {
      const id = await refused({ category: 'news' });
      await appeal(id);
      expect(await decide(sam, id, { decision: 'approve' })).toBe('second');
      expect(await claim(rita, id)).toMatchObject(decidedBefore);
      expect(await claim(sam, id)).toMatchObject({ status: 403, body: { bar: 'proposed' } });
      await confirm(tom, id);
      expect((await read(id)).state).toBe('approved');
    });

    test('of two at once, one counts; of an appeal and a correction too', async () => {
      const id = await refused();
      const replies = await Promise.all([appeal(id), appeal(id), correct(id)]);
      expect(replies.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 403, 403]);
      await ada.post(own(id, '/withdraw'));
    });

    test('does not take back a handle that went to somebody else', async () => {
      const id = await refused();
      const eva = await signUp(server, `eva-${engine}`);
      const hers = await apply(office, eva, publicPart(`paper${handles}`));
      expect(await appeal(id)).toMatchObject(refusal(409, 'BYLINE_HANDLE_IN_USE'));
      await eva.expectOk.post(own(hers.id, '/withdraw'));
    });

    test.each(['submitted', 'approved', 'withdrawn', 'draft'] as const)('is none of what is %s', async (state) => {
      const { id } = state === 'draft' ? await draft(office, ada, publicPart('unsent')) : { id: await sendOne() };
      if (state === 'approved') await decide(rita, id, { decision: 'approve' });
      if (state === 'withdrawn') await ada.expectOk.post(own(id, '/withdraw'));
      expect(await appeal(id)).toMatchObject(refusal(403, 'M_BAD_STATE'));
      expect(await correct(id)).toMatchObject(refusal(403, 'M_BAD_STATE'));
      if (state !== 'approved') await ada.post(own(id, '/withdraw'));
    });
  });

  describe('a correction', () => {
    test('begins from what was refused: nothing is written or sealed anew', async () => {
      const id = await refused({ name: 'The Tide Tables' });
      const { body: made, status } = await correct(id);
      expect(status).toBe(200);
      expect(made).toMatchObject({ state: 'draft', missing: [], public: { name: 'The Tide Tables' } });
      expect(made.id).not.toBe(id);
      expect(await read(id)).toMatchObject({ state: 'refused', identity: null, evidence: [], progress: { next: [] } });
      expect(await correct(id)).toMatchObject(refusal(403, 'M_BAD_STATE'));
      expect(await appeal(id)).toMatchObject(refusal(403, 'M_BAD_STATE'));

      await ada.expectOk.put(own(made.id), { public: { name: 'The Tide Tables, corrected' } });
      await ada.expectOk.post(own(made.id, '/submit'));
      const { body } = await claim(rita, made.id);
      if (body.identity === null) throw new Error('There is no identity.');
      // It was sealed for the old one, and opens as that alone.
      const { sealed_for: sealedFor = body.id } = body.identity;
      expect(sealedFor).toBe(id);
      await openIdentity(office.key, sealedFor, body.identity);
      await expect(openIdentity(office.key, body.id, body.identity)).rejects.toThrow('sealed for something else');
      const [piece] = body.evidence;
      expect(piece?.sealed_for).toBe(id);
      const response = await fetch(`${server.url}${caseOf(made.id, `/evidence/${piece?.id}`)}`, {
        headers: { authorization: `Bearer ${rita.token}` },
      });
      const bytes = new Uint8Array(await response.arrayBuffer());
      expect(await openEvidence(office.key, sealedFor, 'document-front', bytes)).toEqual(document());
      await decide(rita, made.id, { decision: 'approve' });
    });

    test('is somebody’s own', async () => {
      const id = await refused();
      const cleo = await signUp(server, `cleo-${engine}`);
      expect(await correct(id, cleo)).toMatchObject(refusal(404, 'M_NOT_FOUND'));
      const replies = await Promise.all([correct(id), correct(id)]);
      expect(replies.map((reply) => reply.status).toSorted((one, other) => one - other)).toEqual([200, 403]);
      const made = replies.find((reply) => reply.status === 200);
      await ada.expectOk.post(own(made?.body.id ?? '', '/withdraw'));
    });
  });

  describe('what was sealed', () => {
    test('of a refusal stays 30 days, then it is destroyed, and that is recorded', async () => {
      const id = await refused();
      const before = await blobs();
      expect(await read(id)).toMatchObject({ progress: { destroyed_at: clock.now() + 30 * DAY } });
      clock.advance(30 * DAY - 1);
      await restart();
      expect((await read(id)).evidence).toHaveLength(1);
      clock.advance(1);
      expect(await appeal(id)).toMatchObject(refusal(403, 'M_BAD_STATE'));
      await restart();
      const after = await read(id);
      expect(after).toMatchObject({ identity: null, evidence: [], progress: { next: [], destroyed_at: null } });
      expect(after.history.at(-1)).toMatchObject({ by: 'server', action: 'destroyed', state: 'refused' });
      expect(await correct(id)).toMatchObject(refusal(403, 'M_BAD_STATE'));
      expect(await blobs()).toBeLessThan(before);
      await restart();
      expect((await read(id)).history.filter(({ action }) => action === 'destroyed')).toHaveLength(1);
    });

    test('of an approval goes after as long as the policy says', async () => {
      await office.administrator.expectOk.put(byline('/policy/evidence.kept'), { value: 7 });
      const id = await sendOne();
      await decide(rita, id, { decision: 'approve' });
      expect(await read(id)).toMatchObject({ evidence: [{}], progress: { destroyed_at: clock.now() + 7 * DAY } });
      clock.advance(7 * DAY);
      await restart();
      expect(await read(id)).toMatchObject({ evidence: [], state: 'approved' });
      await office.administrator.expectOk.put(byline('/policy/evidence.kept'), { value: 0 });
      const at = await sendOne();
      await decide(rita, at, { decision: 'approve' });
      const now = await read(at);
      expect(now.evidence).toEqual([]);
      expect(now.history.at(-1)).toMatchObject({ by: 'server', action: 'destroyed' });
      await office.administrator.expectOk.put(byline('/policy/evidence.kept'), { value: 30 });
    });

    test('is not destroyed under an appeal, however long it takes', async () => {
      const id = await refused();
      await appeal(id);
      clock.advance(60 * DAY);
      await restart();
      expect((await read(id)).evidence).toHaveLength(1);
      const { body } = await claim(sam, id);
      expect(body.identity).not.toBeNull();
      await decide(sam, id, { decision: 'refuse' });
      expect((await read(id)).progress.destroyed_at).toBe(clock.now() + 30 * DAY);
    });

    test('goes at once with who leaves', async () => {
      const dan = await signUp(server, `dan-${engine}`);
      const id = await sendOne({}, dan);
      await decide(rita, id, { decision: 'refuse' });
      const before = await blobs();
      const path = '/_matrix/client/v3/account/deactivate';
      const { body } = await dan.post<{ session: string }>(path, {});
      const auth = {
        type: 'm.login.password',
        identifier: { type: 'm.id.user', user: `dan-${engine}` },
        password: dan.password,
        session: body.session,
      };
      await dan.expectOk.post(path, { auth });
      expect(await blobs()).toBe(before - 1);
    });
  });
});
