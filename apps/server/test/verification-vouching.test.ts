import type { Application } from '@byline/protocol/byline/applications.ts';
import type { ApplicationId, PublicPart } from '@byline/protocol/byline/identity.ts';
import type { Case } from '@byline/protocol/byline/review.ts';
import type { CaseVerification, Way } from '@byline/protocol/byline/verification.ts';
import type { Vouch } from '@byline/protocol/byline/vouches.ts';
import type { TestServer } from '@byline/testkit/byline.ts';
import { type Person, type Reply, signUp } from '@byline/testkit/person.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import {
  accountOf,
  applyPersonally,
  byline,
  decide,
  hireReviewer,
  mustPublish,
  type Office,
  openAccount,
  openOffice,
  publicPart,
  publish,
  sealedIdentity,
  somebodyElse,
  uploadSealed,
} from './publisher.ts';
import { draftWithoutEvidence } from './provider-browser.ts';
import { refusal } from './room-calls.ts';
import { makeTestClock, startWholeServer } from './whole-server.ts';

const DAY = 24 * 60 * 60_000;
const path = (id: string, rest = ''): string => byline(`/applications/${id}${rest}`);
const vouches = (handle: string, rest = ''): string => byline(`/accounts/${handle}/vouches${rest}`);
const FORBIDDEN = refusal(403, 'M_FORBIDDEN');
const NOT_FOUND = refusal(404, 'M_NOT_FOUND');

interface Made {
  readonly vouch: Vouch;
  readonly code?: string;
}

const turn = (by: Person, way: string, state: 'on' | 'off'): Promise<Reply> =>
  by.put(byline(`/verification/ways/${way}`), { state });

const present = (by: Person, id: string, { code, vouch }: Made): Promise<Reply> =>
  by.post(path(id, '/verification/finish'), {
    way: 'vouching',
    vouch: code === undefined ? { id: vouch.id } : { code },
  });
const withdraw = (by: Person, { vouch }: Made, reason = 'The desk is closed.'): Promise<Reply> =>
  by.post(vouches('courier', `/${vouch.id}/withdraw`), { reason });
const offered = (by: Person) => by.expectOk.get<{ vouches: object[] }>(byline('/verification/vouches'));

describe.each(ENGINES)('vouching on %s', (engine) => {
  const clock = makeTestClock();
  let server: TestServer;
  let office: Office;
  let ada: Person;
  let bob: Person;
  let cleo: Person;
  let desks = 0;

  beforeAll(async () => {
    server = await startWholeServer(engine, { clock });
    office = await openOffice(server);
    [ada, bob, cleo] = await Promise.all([signUp(server, 'ada'), signUp(server, 'bob'), signUp(server, 'cleo')]);
    await openAccount(office, ada, 'courier');
    await ada.expectOk.put(byline(`/accounts/courier/operators/${bob.userId}`));
  });
  afterAll(() => server.dispose());

  const desk = (by: Person, changes: Partial<PublicPart> = {}): Promise<ApplicationId> => {
    desks += 1;
    return draftWithoutEvidence(office, by, publicPart(`desk${desks}`, changes));
  };
  const make = (by: Person = ada, whom?: Person): Promise<Made> => {
    clock.advance(1);
    return by.expectOk.post(vouches('courier'), whom === undefined ? {} : { for: whom.userId });
  };
  const sent = async (
    by: Person,
  ): Promise<{ readonly id: ApplicationId; readonly made: Made; readonly handle: string }> => {
    const id = await desk(by);
    const handle = `desk${desks}`;
    const made = await make();
    expect((await present(by, id, made)).status).toBe(200);
    await by.expectOk.post(path(id, '/submit'));
    return { id, made, handle };
  };

  test('organisations answer for others only where the administrator has switched it on', async () => {
    expect(await ada.post(vouches('courier'))).toMatchObject({
      status: 403,
      body: { errcode: 'M_FORBIDDEN', other_ways: ['documents'] },
    });
    for (const person of [ada, office.reviewer])
      expect(await turn(person, 'vouching', 'on')).toMatchObject(refusal(403, 'BYLINE_ROLE_REQUIRED'));
    expect(await turn(office.administrator, 'documents', 'off')).toMatchObject(FORBIDDEN);
    expect(await turn(office.administrator, 'vouching', 'on')).toMatchObject({ status: 200 });
    const { ways } = await cleo.expectOk.get<{ ways: Way[] }>(byline('/verification/ways'));
    expect(ways.map(({ id, state }) => [id, state])).toEqual([
      ['documents', 'on'],
      ['openid-connect', 'not-set-up'],
      ['vouching', 'on'],
    ]);
  });

  test('where documents are not taken, something else must be shown; what was switched off holds at once', async () => {
    const id = await desk(cleo);
    await uploadSealed(office, cleo, id);
    await turn(office.administrator, 'documents', 'off');
    expect(await cleo.expectOk.get(path(id))).toMatchObject({ missing: ['verification'] });
    expect(await cleo.post(path(id, '/submit'))).toMatchObject(refusal(400, 'BYLINE_APPLICATION_INCOMPLETE'));
    expect(await cleo.post(path(id, '/verification/begin'), { way: 'documents' })).toMatchObject({
      status: 403,
      body: { other_ways: ['vouching'] },
    });
    await turn(office.administrator, 'documents', 'on');
    expect(await cleo.expectOk.get(path(id))).toMatchObject({ missing: [] });
    await cleo.expectOk.post(path(id, '/withdraw'));
  });

  test('a desk is verified by the word of its newspaper, which takes it back at once', async () => {
    const { id, made, handle } = await sent(cleo);
    expect(made.code).toMatch(/^(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}$/);
    const held = await office.reviewer.expectOk.post<Case>(byline(`/review/cases/${id}/claim`));
    expect(held.evidence).toEqual([]);
    const read = await office.reviewer.expectOk.get<CaseVerification>(byline(`/review/cases/${id}/verification`));
    expect(read).toMatchObject({
      attestation: { way: 'vouching', by: 'courier', name: 'The courier', assurance: null, fields: [] },
      voucher: { handle: 'courier', name: 'The courier' },
    });
    await decide(office.reviewer, id, { decision: 'approve' });
    await mustPublish(cleo, handle, 'From the desk');
    await bob.expectOk.put(byline(`/accounts/${handle}/subscription`));

    const { vouches: listed } = await bob.expectOk.get<{ vouches: Vouch[] }>(vouches('courier'));
    expect(listed.find((one) => one.id === made.vouch.id)).toMatchObject({
      state: 'standing',
      made_by: ada.userId,
      presented_by: cleo.userId,
      account: { handle },
    });
    const { room_id: room } = await accountOf(bob, handle);
    clock.advance(1_000);
    expect(await withdraw(bob, made, 'The desk has left us.')).toMatchObject({
      status: 200,
      body: { state: 'withdrawn', withdrawn: { reason: 'The desk has left us.' } },
    });
    // On the very next request, with the reason; what was there stays.
    const refused = await publish(cleo, handle, 'Still here?');
    expect(refused).toMatchObject(refusal(403, 'BYLINE_NOT_QUALIFIED'));
    expect(JSON.stringify(refused.body)).toContain(
      'The courier (@courier) answers for this account no longer: The desk',
    );
    const account = await accountOf(bob, handle);
    expect(account).toMatchObject({
      qualification: null,
      subscription: { muted: false },
      room_id: room,
    });
    const page = await fetch(`${server.url}/@${handle}`, { headers: { accept: 'text/html' } });
    expect(await page.text()).toContain('From the desk');
    expect(await withdraw(ada, made)).toMatchObject(refusal(403, 'M_BAD_STATE'));

    // It is verified in another way, and what was withdrawn touches it no more, also after a restart.
    const again = await cleo.expectOk.post<Application>(byline('/applications'), {
      purpose: 'public-account',
      public: publicPart(handle),
    });
    const identity = await sealedIdentity(office, cleo, again.id, somebodyElse());
    await cleo.expectOk.put(path(again.id), { identity });
    await uploadSealed(office, cleo, again.id);
    await cleo.expectOk.post(path(again.id, '/submit'));
    await decide(office.reviewer, again.id, { decision: 'approve' });
    await mustPublish(cleo, handle, 'Back again');
  });

  test('who was verified anew by documents needs the word no longer', async () => {
    const pia = await signUp(server, 'pia');
    const { id, made, handle } = await sent(pia);
    await decide(office.reviewer, id, { decision: 'approve' });
    clock.advance(1_000);
    const renewed = await draftWithoutEvidence(office, pia, publicPart(handle));
    await uploadSealed(office, pia, renewed);
    await pia.expectOk.post(path(renewed, '/submit'));
    await decide(office.reviewer, renewed, { decision: 'approve' });
    expect(await withdraw(ada, made)).toMatchObject({ status: 200 });
    await mustPublish(pia, handle, 'Still here');
  });

  test('a vouch for somebody is theirs alone, and they read of it', async () => {
    const id = await desk(cleo);
    const made = await make(bob, cleo);
    expect(made.code).toBeUndefined();
    expect(made.vouch).toMatchObject({ state: 'open', for: cleo.userId });
    expect((await offered(cleo)).vouches).toMatchObject([
      { id: made.vouch.id, handle: 'courier', name: 'The courier' },
    ]);
    const dora = await signUp(server, 'dora');
    expect((await offered(dora)).vouches).toEqual([]);
    expect(await present(dora, await desk(dora), made)).toMatchObject(NOT_FOUND);
    expect(await present(cleo, id, made)).toMatchObject({ status: 200 });
    expect((await offered(cleo)).vouches).toEqual([]);
    // Going back to documents lets go of it.
    await cleo.expectOk.post(path(id, '/verification/finish'), { way: 'documents' });
    expect(await cleo.expectOk.get(path(id))).toMatchObject({ missing: ['evidence.document-front'] });
    expect((await offered(cleo)).vouches).toHaveLength(1);
    await cleo.expectOk.post(path(id, '/withdraw'));
  });

  test('a code is used once, and is no id', async () => {
    const [first, second] = [await desk(cleo), await desk(cleo)];
    const made = await make();
    expect(await present(cleo, first, { vouch: made.vouch })).toMatchObject(NOT_FOUND);
    const written = { ...made, code: ` ${made.code?.toLowerCase().replaceAll('-', ' ')} ` };
    expect(await present(cleo, first, written)).toMatchObject({ status: 200 });
    expect(await present(cleo, first, made)).toMatchObject({ status: 200 });
    expect(await present(cleo, second, made)).toMatchObject(FORBIDDEN);
    expect(await present(cleo, second, { ...made, code: '0000-0000-0000-0000' })).toMatchObject(NOT_FOUND);
    for (const id of [first, second]) await cleo.expectOk.post(path(id, '/withdraw'));
  });

  test('of two who present one code at once, one may', async () => {
    const eve = await signUp(server, 'eve');
    const made = await make();
    const applications = [await desk(cleo), await desk(eve)] as const;
    const replies = await Promise.all([present(cleo, applications[0], made), present(eve, applications[1], made)]);
    expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 403]);
    await cleo.expectOk.post(path(applications[0], '/withdraw'));
  });

  test('what has run out or was taken back is no word', async () => {
    const id = await desk(cleo);
    const old = await make();
    clock.advance(14 * DAY);
    expect(await present(cleo, id, old)).toMatchObject(FORBIDDEN);
    const gone = await make();
    await withdraw(ada, gone);
    expect(await present(cleo, id, gone)).toMatchObject(FORBIDDEN);
    const { vouches: listed } = await ada.expectOk.get<{ vouches: Vouch[] }>(vouches('courier'));
    expect(listed.slice(0, 2).map(({ state }) => state)).toEqual(['withdrawn', 'expired']);
    expect(await cleo.expectOk.get(path(id, '/verification'))).toEqual({ attestation: null });
    await cleo.expectOk.post(path(id, '/withdraw'));
  });

  test('nobody vouches for themselves, nor for a person', async () => {
    const made = await make(ada);
    // Ada made it; Bob operates the account too.
    expect(await present(ada, await desk(ada), made)).toMatchObject(FORBIDDEN);
    expect(await present(bob, await desk(bob), made)).toMatchObject(FORBIDDEN);
    expect(await ada.post(vouches('courier'), { for: bob.userId })).toMatchObject(FORBIDDEN);
    const { id } = await cleo.expectOk.post<Application>(byline('/applications'), { purpose: 'personal' });
    expect(await present(cleo, id, made)).toMatchObject(FORBIDDEN);
    await cleo.expectOk.post(path(id, '/withdraw'));
  });

  test('only an organisation that is verified now, by itself, answers for others', async () => {
    const fay = await signUp(server, 'fay');
    await openAccount(office, fay, 'fays-diary', { kind: 'individual' });
    expect(await fay.post(vouches('fays-diary'))).toMatchObject(FORBIDDEN);

    const gus = await signUp(server, 'gus');
    const { id, handle } = await sent(gus);
    expect(await gus.post(vouches(handle))).toMatchObject(FORBIDDEN);
    await decide(office.reviewer, id, { decision: 'approve' });
    // Now it is verified; but by the word of another.
    const onward = await gus.post(vouches(handle));
    expect(onward).toMatchObject(FORBIDDEN);
    expect(onward.body['error']).toContain('can not vouch for others');

    for (const reply of [await gus.post(vouches('courier')), await gus.get(vouches('courier'))])
      expect(reply).toMatchObject(FORBIDDEN);
    expect(await gus.post(vouches('nobody-there'))).toMatchObject(NOT_FOUND);
    expect(await withdraw(gus, await make())).toMatchObject(FORBIDDEN);
    const hal = await signUp(server, 'hal');
    await openAccount(office, hal, 'herald');
    const foreign = await make();
    expect(await hal.post(vouches('herald', `/${foreign.vouch.id}/withdraw`), { reason: 'No.' })).toMatchObject(
      NOT_FOUND,
    );
    const { vouches: kept } = await ada.expectOk.get<{ vouches: Vouch[] }>(vouches('courier'));
    expect(kept.find(({ id: one }) => one === foreign.vouch.id)).toMatchObject({ state: 'open' });
  });

  test('an organisation whose own verification has run out answers for nobody', async () => {
    const ida = await signUp(server, 'ida');
    await openAccount(office, ida, 'gazette', { approval: { expires: clock.now() + DAY } });
    const made = await ida.expectOk.post<Made>(vouches('gazette'));
    clock.advance(2 * DAY);
    expect(await ida.post(vouches('gazette'))).toMatchObject(FORBIDDEN);
    const id = await desk(cleo);
    expect(await present(cleo, id, made)).toMatchObject(FORBIDDEN);
    await cleo.expectOk.post(path(id, '/withdraw'));
  });

  test('a word that is taken back during the review can not be approved on', async () => {
    const { id, made } = await sent(cleo);
    await office.reviewer.expectOk.post(byline(`/review/cases/${id}/claim`));
    await withdraw(ada, made);
    const approval = { decision: 'approve', reason: 'In order.' };
    expect(await office.reviewer.post(byline(`/review/cases/${id}/decision`), approval)).toMatchObject(
      refusal(409, 'BYLINE_CASE_CONFLICT'),
    );
    await decide(office.reviewer, id, { decision: 'ask-for-changes' });
    expect(await cleo.expectOk.get(path(id))).toMatchObject({ missing: ['evidence.document-front'] });
    await cleo.expectOk.post(path(id, '/withdraw'));
  });

  test('of an approval and a withdrawal at once, no right to publish is left', async () => {
    const { id, made, handle } = await sent(cleo);
    await office.reviewer.expectOk.post(byline(`/review/cases/${id}/claim`));
    const approval = { decision: 'approve', reason: 'In order.' };
    const [decided, withdrawn] = await Promise.all([
      office.reviewer.post(byline(`/review/cases/${id}/decision`), approval),
      withdraw(ada, made),
    ]);
    expect(withdrawn.status).toBe(200);
    expect([200, 409]).toContain(decided.status);
    expect(await publish(cleo, handle, 'Am I in?')).toMatchObject(refusal(403, 'BYLINE_NOT_QUALIFIED'));
  });

  test('a reviewer who operates the organisation does not decide on its word', async () => {
    const kim = await hireReviewer(server, office.administrator, 'kim');
    await ada.expectOk.put(byline(`/accounts/courier/operators/${kim.userId}`));
    const { id } = await sent(await signUp(server, 'lea'));
    expect(await kim.post(byline(`/review/cases/${id}/claim`))).toMatchObject(refusal(403, 'BYLINE_OWN_CASE'));
    // Also when the case was theirs before they came to the organisation.
    await ada.expectOk.delete(byline(`/accounts/courier/operators/${kim.userId}`));
    await kim.expectOk.post(byline(`/review/cases/${id}/claim`));
    await ada.expectOk.put(byline(`/accounts/courier/operators/${kim.userId}`));
    const approval = { decision: 'approve', reason: 'In order.' };
    expect(await kim.post(byline(`/review/cases/${id}/decision`), approval)).toMatchObject(
      refusal(403, 'BYLINE_OWN_CASE'),
    );
  });

  test('what was shown is read by its applicant and by who holds the case', async () => {
    const { id } = await sent(await signUp(server, 'mia'));
    expect(await cleo.get(path(id, '/verification'))).toMatchObject(NOT_FOUND);
    expect(await cleo.post(path(id, '/verification/begin'), { way: 'vouching' })).toMatchObject(NOT_FOUND);
    expect(await cleo.get(byline(`/review/cases/${id}/verification`))).toMatchObject(
      refusal(403, 'BYLINE_ROLE_REQUIRED'),
    );
    expect(await office.reviewer.get(byline(`/review/cases/${id}/verification`))).toMatchObject(
      refusal(409, 'BYLINE_CASE_CONFLICT'),
    );
    expect((await applyPersonally(office, await signUp(server, 'noa'))).state).toBe('submitted');
  });
});
