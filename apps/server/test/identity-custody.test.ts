import { CustodianCeremony, OtherCustodianFile } from '@byline/client/custody/custodian-ceremony.ts';
import { KnownCustodians } from '@byline/client/custody/known-custodians.ts';
import { sealStandingRecord } from '@byline/core/identity/custody/standing-record.ts';
import { setHash } from '@byline/core/identity/custody/statements.ts';
import { createKeyPair } from '@byline/core/sealing/sealing-key.ts';
import { createSigningKeyPair } from '@byline/core/sealing/signing-key.ts';
import type { CustodianSet, Custody, StandingRecord } from '@byline/protocol/byline/custody.ts';
import type { TestServer } from '@byline/testkit/byline.ts';
import { type Person, signUp } from '@byline/testkit/person.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  apiOf,
  approveSealed,
  browserOf,
  fileOrder,
  hireCustodian,
  installCustodians,
  keptInMemory,
  type Keeper,
  propose,
} from './custody.ts';
import { ENGINES } from './feature-server.ts';
import {
  apply,
  applyPersonally,
  byline,
  decide,
  hireReviewer,
  IDENTITY,
  type Office,
  openOffice,
  publicPart,
} from './publisher.ts';
import { refusal } from './room-calls.ts';
import { startWholeServer } from './whole-server.ts';

const ROLE_REQUIRED = refusal(403, 'BYLINE_ROLE_REQUIRED');
const INVALID = refusal(400, 'M_INVALID_PARAM');

const custodyOf = (person: Person): Promise<Custody> => person.expectOk.get<Custody>(byline('/custody'));

describe.each(ENGINES)('custody on %s', (engine) => {
  let server: TestServer;
  let office: Office;
  let ada: Person;
  let keepers: Keeper[];
  let set: CustodianSet;

  beforeAll(async () => {
    server = await startWholeServer(engine);
    office = await openOffice(server);
    ada = await signUp(server, 'ada');
  });
  afterAll(() => server.dispose());

  test('is not set up at first: the administrator is told what to do, and approvals go on', async () => {
    const custody = await custodyOf(office.administrator);
    expect(custody).toMatchObject({ is_set_up: false, keys: [], sets: [] });
    expect(custody.to_do).toContain('3 more must register');
    await decide(office.reviewer, (await applyPersonally(office, ada)).id, { decision: 'approve' });
    const order = { scope: { user_id: ada.userId }, fields: ['legal_name'] };
    await expect(fileOrder(office.administrator, Date.now(), order)).rejects.toThrow(/404.*no such identity/);
  });

  test('only custodians register keys, and who also reviews or administers is none', async () => {
    const rose = await hireReviewer(server, office.administrator, 'rose');
    const keys = { sealing: await createKeyPair(), signing: await createSigningKeyPair() };
    for (const person of [ada, rose, office.administrator])
      await expect(browserOf(server, person, keys).register()).rejects.toMatchObject({ code: 'BYLINE_ROLE_REQUIRED' });
    await office.administrator.put(byline(`/staff/${rose.userId}/custodian`));
    await expect(browserOf(server, rose, keys).register()).rejects.toMatchObject({ code: 'BYLINE_ROLE_REQUIRED' });
    expect(await ada.get(byline('/custody'))).toMatchObject(ROLE_REQUIRED);
  });

  test('is set up when each of three custodians has signed for it, and not before', async () => {
    keepers = [];
    for (const name of ['kim', 'lea', 'max']) keepers.push(await hireCustodian(office, name));
    const [kim, lea, max] = keepers;
    if (!kim || !lea || !max) throw new Error('There are too few custodians.');
    const two = { custodians: [kim.person.userId, lea.person.userId] };
    expect(await office.administrator.post(byline('/custody/sets'), two)).toMatchObject({ status: 400 });
    const strangers = { custodians: [kim, lea].map(({ person }) => person.userId).concat(ada.userId) };
    expect(await office.administrator.post(byline('/custody/sets'), strangers)).toMatchObject(INVALID);
    expect(await kim.person.post(byline('/custody/sets'), strangers)).toMatchObject(ROLE_REQUIRED);

    set = await propose(office.administrator, keepers);
    expect(await kim.browser.confirm(set)).toBe(false);
    expect(await kim.browser.confirm(set)).toBe(false);
    const forged = { signature: 'A'.repeat(86) };
    const path = byline(`/custody/sets/${set.number}/confirmation`);
    expect(await lea.person.post(path, forged)).toMatchObject(refusal(400, 'M_INVALID_SIGNATURE'));
    expect(await office.administrator.post(path, forged)).toMatchObject(ROLE_REQUIRED);
    expect(await lea.browser.confirm(set)).toBe(false);
    expect(await custodyOf(office.reviewer)).toMatchObject({ is_set_up: false, sets: [], proposed: { set } });
    expect(await max.browser.confirm(set)).toBe(true);
    const custody = await custodyOf(office.reviewer);
    expect(custody).toMatchObject({ is_set_up: true, sets: [{ set }] });
    expect(custody.to_do).toBeUndefined();
  });

  test('an approval then brings the identity sealed to the custodians, whole and just as it was reviewed', async () => {
    const { id } = await apply(office, ada, publicPart('gazette', { category: 'culture' }));
    await office.reviewer.expectOk.post(byline(`/review/cases/${id}/claim`));
    const approve = (standing?: object) =>
      office.reviewer.post(byline(`/review/cases/${id}/decision`), { decision: 'approve', reason: 'Fine.', standing });
    expect(await approve()).toMatchObject(refusal(400, 'M_MISSING_PARAM'));
    const right = await sealStandingRecord(set, { application: id, version: 1 }, IDENTITY);
    const wrong: Record<string, (record: StandingRecord) => object> = {
      'other custodians': (record) => ({ ...record, set: 7 }),
      'a later version': (record) => ({ ...record, version: 2 }),
      'a field less': (record) => ({ ...record, fields: record.fields.slice(1) }),
      'a field twice': (record) => ({ ...record, fields: record.fields.map(() => record.fields[0]) }),
      'a share less': (record) => ({
        ...record,
        fields: record.fields.map((field) => ({ ...field, shares: field.shares.slice(1) })),
      }),
      'shares in another order': (record) => ({
        ...record,
        fields: record.fields.map((field) => ({ ...field, shares: field.shares.toReversed() })),
      }),
    };
    for (const [what, change] of Object.entries(wrong))
      expect([what, await approve(change(right))]).toMatchObject([what, INVALID]);
    expect(await approve(right)).toMatchObject({ status: 200, body: { state: 'approved' } });
  });

  test('other custodians follow only when two of the present ones sign for them', async () => {
    const [kim, lea, max] = keepers;
    if (!kim || !lea || !max) throw new Error('There are too few custodians.');
    const others = [];
    for (const name of ['ned', 'ona', 'pia']) others.push(await hireCustodian(office, name));
    const next = await propose(office.administrator, others);
    for (const { browser } of others) expect(await browser.confirm(next)).toBe(false);
    expect(await kim.browser.confirm(next)).toBe(false);
    expect((await custodyOf(office.administrator)).sets).toHaveLength(1);
    expect(await lea.browser.confirm(next)).toBe(true);
    expect((await custodyOf(office.administrator)).sets).toHaveLength(2);
    // Back to the first ones, who are confirmed by two of the others.
    await installCustodians(office.administrator, [kim, lea, max], others);
  });

  test('a reviewer’s browser seals to custodians who follow from those it knows, and to no others', async () => {
    const known = new KnownCustodians(keptInMemory());
    await approveSealed(office, await applyPersonally(office, await signUp(server, 'cleo')), { known });
    const { sets } = await custodyOf(office.administrator);
    expect(known.hash).toBe(await setHash(sets.at(-1)?.set ?? set));
    known.keep(await setHash({ ...set, number: 77 }));
    const again = await applyPersonally(office, await signUp(server, 'dora'));
    const stranger = approveSealed(office, again, { known });
    await expect(stranger).rejects.toMatchObject({ code: 'unconfirmed-custodians' });
    known.keep(await setHash(set));
    await approveSealed(office, again, { known });
  });

  test('a custodian makes their keys in the browser, and registers what the saved file gave back', async () => {
    const person = await signUp(server, 'quinn');
    await office.administrator.expectOk.put(byline(`/staff/${person.userId}/custodian`));
    const ceremony = new CustodianCeremony(apiOf(server, person), person.userId);
    await ceremony.make('correct horse battery', 'The town');
    const state = ceremony.state.get();
    const file = state.step === 'save' ? state.file : new Blob();
    ceremony.saved();
    await expect(ceremony.tryAndRegister(file, 'another passphrase')).rejects.toMatchObject({
      code: 'wrong-passphrase',
    });
    const other = new CustodianCeremony(apiOf(server, person), person.userId);
    await other.make('correct horse battery', 'The town');
    const made = other.state.get();
    const otherFile = made.step === 'save' ? made.file : new Blob();
    await expect(ceremony.tryAndRegister(otherFile, 'correct horse battery')).rejects.toThrow(OtherCustodianFile);
    expect((await custodyOf(person)).keys.map(({ user_id }) => user_id)).not.toContain(person.userId);
    await ceremony.tryAndRegister(file, 'correct horse battery');
    expect(ceremony.state.get()).toMatchObject({ step: 'done', key: { user_id: person.userId } });
    expect((await custodyOf(person)).keys.map(({ user_id }) => user_id)).toContain(person.userId);
  });

  test('what somebody showed for themselves alone goes with them', async () => {
    const bob = await signUp(server, 'bob');
    await approveSealed(office, await applyPersonally(office, bob));
    const order = { scope: { user_id: bob.userId }, fields: ['legal_name'] };
    expect(await fileOrder(office.administrator, Date.now(), order)).toMatchObject({
      content: { fields: ['legal_name'] },
    });
    const auth = { type: 'm.login.password', identifier: { type: 'm.id.user', user: 'bob' }, password: bob.password };
    await bob.expectOk.post('/_matrix/client/v3/account/deactivate', { auth });
    await expect(fileOrder(office.administrator, Date.now(), order)).rejects.toThrow(/404/);
  });
});
