import { sealAnswer } from '@byline/core/identity/seal-identity.ts';
import { ApplicationId } from '@byline/protocol/byline/identity.ts';
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
  applyPersonally,
  byline,
  confirm,
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
const HOUR = 3_600_000;

const caseOf = (id: string, rest = ''): string => byline(`/review/cases/${id}${rest}`);
const barred = (bar: string) => ({ status: 403, body: { errcode: 'BYLINE_OWN_CASE', bar } });

const queue = async (by: Person, query = ''): Promise<QueuedCase[]> =>
  (await by.expectOk.get<{ cases: QueuedCase[] }>(byline(`/review/queue${query}`))).cases;
const claim = (by: Person, id: string): Promise<Reply<Case>> => by.post<Case>(caseOf(id, '/claim'));
const approve = (by: Person, id: string, more = {}): Promise<Reply> =>
  by.post(caseOf(id, '/decision'), { decision: 'approve', reason: 'In order.', ...more });
const second = (by: Person, id: string, verdict: string, reason = ''): Promise<Reply> =>
  by.post(caseOf(id, '/second'), { verdict, reason });
const answer = async (
  office: Office,
  by: Person,
  id: string,
  text: string,
  key = office.key,
): Promise<Reply<Application>> =>
  by.post(byline(`/applications/${id}/answer`), {
    sealed: await sealAnswer(key.publicKey, ApplicationId.parse(id), text),
  });
const found = async (by: Person, q: string): Promise<string[]> =>
  (await by.expectOk.get<{ cases: QueuedCase[] }>(byline(`/review/search?q=${encodeURIComponent(q)}`))).cases.map(
    ({ id }) => id,
  );

describe.each(ENGINES)('the work of reviewers on %s', (engine) => {
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
  const applicationOf = (id: string): Promise<Application> => ada.expectOk.get(byline(`/applications/${id}`));
  const done = async (id: string): Promise<void> => {
    await decide(rita, id, { decision: 'refuse' });
  };

  describe('the queue', () => {
    test('has a clock, filters and counts', async () => {
      const early = await sendOne({ category: 'science' });
      const due = clock.now() + 72 * HOUR;
      clock.advance(71 * HOUR);
      const late = await sendOne({ category: 'sports' });
      const ids = async (query: string) => (await queue(rita, query)).map(({ id }) => id);
      expect(await queue(rita)).toMatchObject([{ id: early, due_at: due, category: 'science' }, { id: late }]);
      expect(await ids('?category=sports')).toEqual([late]);
      const counts = () => rita.expectOk.get(byline('/review/counts'));
      const categories = [
        { category: 'science', waiting: 1 },
        { category: 'sports', waiting: 1 },
      ];
      expect(await counts()).toEqual({ waiting: 2, overdue: 0, mine: 0, asked: 0, categories });
      clock.advance(2 * HOUR);
      await claim(rita, late);
      expect(await counts()).toMatchObject({ waiting: 2, overdue: 1, mine: 1 });
      expect(await ids('?which=mine')).toEqual([late]);
      expect(await ids('?which=asked')).toEqual([]);
      await done(early);
      await done(late);
      expect(await counts()).toMatchObject({ waiting: 0, overdue: 0, mine: 0 });
    });

    test('the due time follows the policy', async () => {
      await office.administrator.expectOk.put(byline('/policy/review.due'), { value: 24 });
      const id = await sendOne();
      expect((await applicationOf(id)).progress).toMatchObject({ with: 'queue', due_at: clock.now() + 24 * HOUR });
      await office.administrator.expectOk.put(byline('/policy/review.due'), { value: 72 });
      await done(id);
    });

    test('is searched by words of the name and the handle', async () => {
      const id = await sendOne({ name: 'Kraków Gazette 市政厅' });
      for (const q of ['gaz', 'KRAKOW', 'gazette krak', `paper${handles}`, '市政', '厅'])
        expect(await found(rita, q)).toContain(id);
      for (const q of ['azette', 'gazette zzz', '', '%', "' or 1=1"]) expect(await found(rita, q)).not.toContain(id);
      await done(id);
      expect(await found(rita, 'gazette')).toContain(id);
    });

    test('those who show only who they are have a place of their own', async () => {
      const { id } = await applyPersonally(office, ada);
      expect(await queue(rita, '?category=personal')).toMatchObject([{ id, category: 'personal' }]);
      await done(id);
    });
  });

  describe('holding a case', () => {
    test('who puts it aside leaves a note, and it keeps its place', async () => {
      const id = await sendOne();
      const later = await sendOne();
      expect(await rita.post(caseOf(id, '/pause'), {})).toMatchObject(CONFLICT);
      await claim(rita, id);
      expect(await sam.post(caseOf(id, '/pause'), {})).toMatchObject(CONFLICT);
      await rita.expectOk.post(caseOf(id, '/pause'), { note: 'The register opens at nine.' });
      const [first] = await queue(sam);
      expect(first).toMatchObject({ id, holder: null, paused_by: rita.userId, state: 'submitted' });
      const taken = await claim(sam, id);
      expect(taken.body).toMatchObject({
        paused_by: null,
        notes: [{ by: rita.userId, text: 'The register opens at nine.' }],
      });
      expect(JSON.stringify(await applicationOf(id))).not.toContain('register opens');
      expect(await approve(rita, id)).toMatchObject(CONFLICT);
      await sam.expectOk.post(caseOf(id, '/release'));
      for (const each of [id, later]) await done(each);
    });

    test('a case is handed over to another reviewer, and to nobody else', async () => {
      const id = await sendOne();
      const handOver = (by: Person, to: Person): Promise<Reply> =>
        by.post(caseOf(id, '/hand-over'), { to: to.userId, note: 'Yours, please.' });
      expect(await handOver(rita, sam)).toMatchObject(CONFLICT);
      await claim(rita, id);
      for (const to of [ada, office.administrator, rita])
        expect(await handOver(rita, to)).toMatchObject(refusal(400, 'M_INVALID_PARAM'));
      await rita.expectOk.post(caseOf(id, '/hand-over'), { to: sam.userId, note: 'Yours, please.' });
      expect(await approve(rita, id)).toMatchObject(CONFLICT);
      expect(await claim(rita, id)).toMatchObject(CONFLICT);
      expect(await queue(sam, '?which=mine')).toMatchObject([{ id, holder: { user_id: sam.userId } }]);
      // It is kept for them longer than a lease, not for ever.
      clock.advance(2 * HOUR);
      expect(await approve(sam, id)).toMatchObject({ status: 200 });
      const own = await sendOne({}, sam);
      await claim(rita, own);
      expect(await rita.post(caseOf(own, '/hand-over'), { to: sam.userId })).toMatchObject(barred('own'));
      await rita.expectOk.post(caseOf(own, '/release'));
      await done(own);
    });

    test('of a hand-over and a decision at the same time, one counts', async () => {
      for (let round = 0; round < 4; round += 1) {
        const id = await sendOne();
        await claim(rita, id);
        const replies = await Promise.all([
          approve(rita, id),
          rita.post(caseOf(id, '/hand-over'), { to: sam.userId }),
          rita.post(caseOf(id, '/pause'), {}),
        ]);
        expect(replies.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 409, 409]);
        if ((await applicationOf(id)).state === 'approved') continue;
        if (replies[1]?.status === 200) await sam.expectOk.post(caseOf(id, '/release'));
        await done(id);
      }
    });
  });

  describe('a second reviewer', () => {
    test('confirms what the first has proposed; until then nothing is granted, and no reason is told', async () => {
      const id = await sendOne({ category: 'news' });
      const handle = `paper${handles}`;
      expect((await applicationOf(id)).progress.needs_second).toBe(true);
      await claim(rita, id);
      expect((await approve(rita, id)).body).toEqual({ state: 'submitted', stage: 'second' });
      expect(await publish(ada, handle, 'too early')).toMatchObject(refusal(403, 'BYLINE_NOT_QUALIFIED'));
      const waiting = await applicationOf(id);
      expect(waiting.progress.with).toBe('second-queue');
      expect(waiting.history.at(-1)).toMatchObject({ action: 'proposed', state: 'submitted' });
      expect(JSON.stringify(waiting)).not.toContain('In order.');

      expect(await claim(rita, id)).toMatchObject(barred('proposed'));
      expect((await queue(rita))[0]).toMatchObject({ id, stage: 'second', bar: 'proposed', own: false });
      expect(await second(sam, id, 'confirm')).toMatchObject(CONFLICT);
      const taken = await claim(sam, id);
      expect(taken.body.proposal).toMatchObject({ by: rita.userId, reason: 'In order.' });
      expect((await applicationOf(id)).progress.with).toBe('second-reviewer');
      expect(await second(rita, id, 'confirm')).toMatchObject(CONFLICT);
      // The second confirms or sends back; they don't decide anew.
      expect(await approve(sam, id)).toMatchObject(CONFLICT);
      const refuse = { decision: 'refuse', reason: 'No.' };
      expect(await sam.post(caseOf(id, '/decision'), refuse)).toMatchObject(CONFLICT);
      expect(await second(sam, id, 'confirm')).toMatchObject({ status: 200, body: { state: 'approved' } });
      expect(await publish(ada, handle, 'now')).toMatchObject({ status: 200 });
      expect((await applicationOf(id)).history.at(-1)).toMatchObject({ action: 'confirmed', reason: 'In order.' });
      expect((await accountOf(rita, handle)).qualification).toMatchObject({ category: 'news' });
    });

    test.each(['news', 'health', 'public-services'] as const)('is needed for %s, however it is called', async (one) => {
      const id = await sendOne({ category: one });
      await claim(rita, id);
      expect((await approve(rita, id, { category: 'other' })).body).toMatchObject({ stage: 'second' });
      await claim(sam, id);
      await second(sam, id, 'confirm');
      const other = await sendOne({ category: 'culture' });
      await claim(rita, other);
      expect((await approve(rita, other, { category: one })).body).toMatchObject({ stage: 'second' });
      await confirm(sam, other);
    });

    test('sends back with a reason; nobody is second twice', async () => {
      const id = await sendOne({ category: 'health' });
      await claim(rita, id);
      await approve(rita, id);
      await claim(sam, id);
      expect(await second(sam, id, 'send-back', ' ')).toMatchObject({ status: 400 });
      expect(await second(sam, id, 'send-back', 'The register says otherwise.')).toMatchObject({ status: 200 });
      const back = await applicationOf(id);
      expect(back.progress.with).toBe('queue');
      expect(JSON.stringify(back)).not.toContain('register says');
      expect(await second(sam, id, 'confirm')).toMatchObject(CONFLICT);
      await claim(rita, id);
      expect((await rita.expectOk.get<Case>(caseOf(id))).history.at(-2)).toMatchObject({
        action: 'sent-back',
        reason: 'The register says otherwise.',
      });
      await approve(rita, id);
      expect(await claim(sam, id)).toMatchObject(barred('was-second'));
      await claim(tom, id);
      expect(await tom.post(caseOf(id, '/hand-over'), { to: rita.userId })).toMatchObject(barred('proposed'));
      expect(await second(tom, id, 'confirm')).toMatchObject({ status: 200 });
    });

    test('what was proposed does not outlive a change, and two who confirm at once confirm once', async () => {
      const id = await sendOne({ category: 'news' });
      await claim(rita, id);
      await approve(rita, id);
      await claim(sam, id);
      const replies = await Promise.all([second(sam, id, 'confirm'), second(sam, id, 'send-back', 'No.')]);
      expect(replies.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 409]);
      if (replies[1]?.status === 200) await done(id);
    });

    test('of two who claim it at once, one gets it', async () => {
      const id = await sendOne({ category: 'news' });
      await claim(rita, id);
      await approve(rita, id);
      const replies = await Promise.all([claim(sam, id), claim(tom, id)]);
      expect(replies.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 409]);
      await second(replies[0]?.status === 200 ? sam : tom, id, 'confirm');
      expect((await applicationOf(id)).state).toBe('approved');
    });
  });

  describe('reasons', () => {
    test('from a template are read in both languages, with the clause', async () => {
      const id = await sendOne();
      await claim(rita, id);
      const decision = { decision: 'refuse', template: 'no-authority', reason: 'The letter is of 1998.' };
      await rita.expectOk.post(caseOf(id, '/decision'), decision);
      const { history } = await applicationOf(id);
      expect(history.at(-1)).toMatchObject({
        reason: 'The letter is of 1998.',
        template: {
          id: 'no-authority',
          clause: 'known-speaker',
          text: { 'zh-Hans': expect.stringContaining('授权函') },
        },
      });
      const { texts } = await ada.expectOk.get<{ texts: { en: { clauses: { id: string }[] } } }>(byline('/rules'));
      expect(texts.en.clauses.map((clause) => clause.id)).toContain('known-speaker');
    });

    test.each([
      [{ decision: 'approve', template: 'no-authority' }],
      [{ decision: 'refuse', template: 'ask-role' }],
      [{ decision: 'refuse', template: 'nonsense' }],
      [{ decision: 'refuse' }],
    ])('%j is none', async (decision) => {
      const id = await sendOne();
      await claim(rita, id);
      expect(await rita.post(caseOf(id, '/decision'), decision)).toMatchObject({ status: 400 });
      await done(id);
    });
  });

  describe('questions', () => {
    test('are asked and answered in the case, which waits meanwhile; only the holder is given the answer', async () => {
      const id = await sendOne();
      const later = await sendOne();
      const due = (await applicationOf(id)).progress.due_at ?? 0;
      expect(await rita.post(caseOf(id, '/question'), { template: 'ask-role' })).toMatchObject(CONFLICT);
      await claim(rita, id);
      for (const none of [{}, { text: ' ' }, { template: 'no-authority' }])
        expect(await rita.post(caseOf(id, '/question'), none)).toMatchObject({ status: 400 });
      await rita.expectOk.post(caseOf(id, '/question'), { template: 'ask-role', text: 'Since when?' });
      const asked = await applicationOf(id);
      expect(asked).toMatchObject({
        state: 'question-asked',
        progress: { with: 'applicant', next: ['answer', 'withdraw'], due_at: null },
        messages: [{ by: 'reviewer', text: 'Since when?', template: { id: 'ask-role' } }],
      });
      expect((await queue(rita)).map((one) => one.id)).toEqual([later]);
      expect(await queue(rita, '?which=asked')).toMatchObject([{ id }]);
      for (const reply of [await claim(rita, id), await approve(rita, id)]) expect(reply).toMatchObject(CONFLICT);
      expect(await ada.put(byline(`/applications/${id}`), { public: { name: 'Another' } })).toMatchObject(
        refusal(403, 'M_BAD_STATE'),
      );

      clock.advance(5 * HOUR);
      const bert = await signUp(server, `bert-${engine}`);
      expect(await answer(office, bert, id, 'not I')).toMatchObject(refusal(404, 'M_NOT_FOUND'));
      expect(await answer(office, ada, id, 'x', await createKeyPair())).toMatchObject(refusal(400, 'M_INVALID_PARAM'));
      expect(await ada.post(byline(`/applications/${id}/answer`), { sealed: 'Editor.' })).toMatchObject({
        status: 400,
      });
      const answered = await answer(office, ada, id, 'Editor, since May.');
      expect(answered.body).toMatchObject({ state: 'submitted', progress: { with: 'queue', due_at: due + 5 * HOUR } });
      expect(await answer(office, ada, id, 'again')).toMatchObject(refusal(403, 'M_BAD_STATE'));
      expect((await queue(rita)).map((one) => one.id)).toEqual([id, later]);

      expect((await sam.expectOk.get<Case>(caseOf(id))).messages[1]).not.toHaveProperty('sealed');
      const taken = await claim(sam, id);
      expect(taken.body.messages[1]).toMatchObject({ by: 'applicant', sealed: { kid: office.key.kid } });
      await sam.expectOk.post(caseOf(id, '/release'));
      for (const each of [id, later]) await done(each);
    });

    test('can be answered by taking the application back', async () => {
      const id = await sendOne();
      await claim(rita, id);
      await rita.expectOk.post(caseOf(id, '/question'), { text: 'Why?' });
      expect(await ada.expectOk.post(byline(`/applications/${id}/withdraw`))).toMatchObject({ state: 'withdrawn' });
      expect(await queue(rita, '?which=asked')).toEqual([]);
    });
  });

  test('nothing of this is for anybody but reviewers', async () => {
    const id = await sendOne();
    for (const person of [ada, office.administrator]) {
      for (const reply of [
        await person.get(byline('/review/counts')),
        await person.get(byline('/review/search?q=paper')),
        await person.get(byline('/review/reviewers')),
        await person.post(caseOf(id, '/pause'), {}),
        await person.post(caseOf(id, '/hand-over'), { to: rita.userId }),
        await person.post(caseOf(id, '/question'), { text: 'Why?' }),
        await second(person, id, 'confirm'),
        await second(person, id, 'send-back', 'No.'),
      ])
        expect(reply).toMatchObject(refusal(403, 'BYLINE_ROLE_REQUIRED'));
    }
    await done(id);
  });
});
