import { openEvidence, openIdentity } from '@byline/core/identity/seal-identity.ts';
import { createKeyPair } from '@byline/core/sealing/sealing-key.ts';
import type { Application } from '@byline/protocol/byline/applications.ts';
import type { Case, QueuedCase } from '@byline/protocol/byline/review.ts';
import { type Person, signUp } from '@byline/testkit/person.ts';
import type { TestServer } from '@byline/testkit/byline.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import {
  accountOf,
  apply,
  byline,
  decide,
  document,
  draft,
  IDENTITY,
  type Office,
  openOffice,
  publicPart,
  publish,
  sealedIdentity,
  upload,
  uploadSealed,
} from './publisher.ts';
import { client, refusal } from './room-calls.ts';
import { startWholeServer } from './whole-server.ts';

const begin = async (person: Person, part: object = {}): Promise<Application> =>
  person.expectOk.post<Application>(byline('/applications'), { purpose: 'public-account', public: part });
const path = (id: string, rest = ''): string => byline(`/applications/${id}${rest}`);

describe.each(ENGINES)('applying for a public account on %s', (engine) => {
  let server: TestServer;
  let office: Office;
  let ada: Person;

  beforeAll(async () => {
    server = await startWholeServer(engine);
    office = await openOffice(server);
    ada = await signUp(server, 'ada');
  });
  afterAll(() => server.dispose());

  test('from the draft to the first post', async () => {
    const courier = publicPart('courier');
    const begun = await begin(ada, { name: courier.name });
    expect(begun).toMatchObject({ state: 'draft', public: { name: courier.name }, identity: null, evidence: [] });
    expect(begun.missing).toEqual([
      'kind',
      'handle',
      'category',
      'description',
      'identity.legal_name',
      'identity.document_kind',
      'identity.document_number',
      'identity.country',
      'evidence.document-front',
    ]);

    // It is saved and continued, piece by piece.
    const { id } = begun;
    await ada.expectOk.put(path(id), { public: { ...courier, handle: ' @Courier' } });
    const sealed = await sealedIdentity(office, ada, id, IDENTITY);
    const saved = await ada.expectOk.put<Application>(path(id), { identity: sealed });
    expect(saved.missing).toEqual(['evidence.document-front']);
    expect(saved.identity).toMatchObject({ kid: office.key.kid, fields: sealed.fields });
    expect((await uploadSealed(office, ada, id)).status).toBe(200);
    expect((await uploadSealed(office, ada, id, 'press-licence')).status).toBe(200);
    expect(await ada.expectOk.get(path(id))).toMatchObject({ state: 'draft', missing: [] });

    const sent = await ada.expectOk.post<Application>(path(id, '/submit'));
    expect(sent).toMatchObject({ state: 'submitted', missing: [], public: { handle: 'courier' } });
    expect(sent.history.map(({ by, state }) => `${by} ${state}`)).toEqual(['applicant draft', 'applicant submitted']);

    // The account is there, for its operator alone, and can't publish.
    const account = await accountOf(ada, 'courier');
    expect(await ada.expectOk.get(client(`/profile/${account.user_id}`))).toEqual({});
    expect(account).toMatchObject({ handle: 'courier', name: 'The courier', qualification: null, subscribers: 0 });
    expect(await office.reviewer.get(byline('/accounts/courier'))).toMatchObject(refusal(404, 'M_NOT_FOUND'));
    expect(await publish(ada, 'courier', 'too early')).toMatchObject(refusal(403, 'BYLINE_NOT_QUALIFIED'));

    const { cases } = await office.reviewer.expectOk.get<{ cases: QueuedCase[] }>(byline('/review/queue'));
    expect(cases).toMatchObject([{ id, state: 'submitted', holder: null, own: false, public: { handle: 'courier' } }]);
    const held = await office.reviewer.expectOk.post<Case>(byline(`/review/cases/${id}/claim`));
    expect(held).toMatchObject({
      state: 'in-review',
      holder: { user_id: office.reviewer.userId },
      applicant: ada.userId,
    });
    if (held.identity === null) throw new Error('The holder of the case was given no identity.');
    expect(await openIdentity(office.key, id, held.identity)).toEqual(IDENTITY);
    const front = held.evidence.find(({ piece }) => piece === 'document-front');
    const picture = await fetch(`${server.url}${byline(`/review/cases/${id}/evidence/${front?.id}`)}`, {
      headers: { authorization: `Bearer ${office.reviewer.token}` },
    });
    expect(picture.headers.get('cache-control')).toBe('no-store');
    const bytes = new Uint8Array(await picture.arrayBuffer());
    expect(await openEvidence(office.key, id, 'document-front', bytes)).toEqual(document());

    await office.reviewer.expectOk.post(byline(`/review/cases/${id}/decision`), {
      decision: 'approve',
      reason: 'The licence is in order.',
      label: 'news',
    });
    const approved = await ada.expectOk.get<Application>(path(id));
    // The pictures are kept until the decision stands (review-after.test.ts).
    expect(approved).toMatchObject({ state: 'approved', identity: null });
    expect(approved.history.map(({ by, state, reason }) => [by, state, reason])).toEqual([
      ['applicant', 'draft', undefined],
      ['applicant', 'submitted', undefined],
      ['reviewer', 'in-review', undefined],
      ['reviewer', 'approved', 'The licence is in order.'],
    ]);
    expect(JSON.stringify(approved)).not.toContain(office.reviewer.userId);

    // On the very next request.
    expect(await publish(ada, 'courier', 'Good morning')).toMatchObject({ status: 200 });
    const now = await accountOf(office.reviewer, 'courier');
    expect(now.qualification).toMatchObject({ kind: 'media', category: 'culture', label: 'news' });
    const { verified_since: since = 0, expires = 0 } = now.qualification ?? {};
    expect(expires - since).toBe(365 * 24 * 60 * 60 * 1000);
  });

  test('what is missing is named, and nothing is sent', async () => {
    const { id } = await begin(ada, { ...publicPart('gazette'), description: ' ' });
    await uploadSealed(office, ada, id, 'document-back');
    expect(await ada.post(path(id, '/submit'))).toMatchObject({
      status: 400,
      body: {
        errcode: 'BYLINE_APPLICATION_INCOMPLETE',
        missing: [
          'description',
          'identity.legal_name',
          'identity.document_kind',
          'identity.document_number',
          'identity.country',
          'evidence.document-front',
        ],
      },
    });
    expect(await ada.expectOk.get(path(id))).toMatchObject({ state: 'draft' });
    expect(await ada.get(byline('/accounts/gazette'))).toMatchObject(refusal(404, 'M_NOT_FOUND'));
  });

  test.each([
    ['a kind that there is not', { kind: 'robot' }],
    ['a category that there is not', { category: 'gossip' }],
    ['a name that is too long', { name: 'x'.repeat(61) }],
    ['a picture that is no file of ours', { picture: 'https://example.org/a.png' }],
    ['a name with a NUL', { name: 'a\0b' }],
  ])('%s is refused when it is saved', async (_, part) => {
    const { id } = await begin(ada);
    expect(await ada.put(path(id), { public: part })).toMatchObject(refusal(400, 'M_BAD_JSON'));
    await ada.expectOk.post(path(id, '/withdraw'));
  });

  test.each([
    ['ab', 400, 'M_INVALID_USERNAME'],
    ['市政厅', 400, 'M_INVALID_USERNAME'],
    ['admin', 400, 'M_INVALID_USERNAME'],
    ['courier', 409, 'BYLINE_HANDLE_IN_USE'],
    ['ada', 409, 'BYLINE_HANDLE_IN_USE'],
  ])('the handle %s can not be had', async (handle, status, code) => {
    const bert = await signUp(
      server,
      `bert-${engine}-${status}-${encodeURIComponent(handle).toLowerCase().replaceAll('%', '')}`,
    );
    const { id } = await draft(office, bert, publicPart(handle));
    expect(await bert.post(path(id, '/submit'))).toMatchObject(refusal(status, code));
    expect(await bert.expectOk.get(path(id))).toMatchObject({ state: 'draft' });
    const answer = await bert.expectOk.get(byline(`/handles/${encodeURIComponent(handle)}`));
    expect(answer).toMatchObject({ available: false });
  });

  test('of two who want one handle at once, one gets it', async () => {
    const rivals = await Promise.all(['cleo', 'dora'].map((name) => signUp(server, name)));
    const drafts = await Promise.all(rivals.map((rival) => draft(office, rival, publicPart('harbour'))));
    const replies = await Promise.all(
      rivals.map((rival, index) => rival.post(path(drafts[index]?.id ?? '', '/submit'))),
    );
    expect(replies.map(({ status }) => status)).toEqual(expect.arrayContaining([200, 409]));
    const loser = replies.find(({ status }) => status === 409);
    expect(loser?.body).toMatchObject({ errcode: 'BYLINE_HANDLE_IN_USE' });
  });

  test('a handle that nobody was verified with and nobody applies for is free again', async () => {
    const [eve, fay] = await Promise.all(['eve', 'fay'].map((name) => signUp(server, name)));
    if (eve === undefined || fay === undefined) throw new Error('Nobody signed up.');
    const { id } = await apply(office, eve, publicPart('ferry'));
    const late = await draft(office, fay, publicPart('ferry'));
    expect(await fay.post(path(late.id, '/submit'))).toMatchObject(refusal(409, 'BYLINE_HANDLE_IN_USE'));
    await decide(office.reviewer, id, { decision: 'refuse' });
    expect(await publish(eve, 'ferry', 'still not')).toMatchObject(refusal(403, 'BYLINE_NOT_QUALIFIED'));

    await fay.expectOk.put(path(late.id), { public: { name: 'The Ferry', description: 'Twice an hour.' } });
    await fay.expectOk.post(path(late.id, '/submit'));
    // It is hers alone, and nothing of who wanted it before is left.
    expect(await accountOf(fay, 'ferry')).toMatchObject({ name: 'The Ferry', description: 'Twice an hour.' });
    expect(await eve.get(byline('/accounts/ferry'))).toMatchObject(refusal(404, 'M_NOT_FOUND'));
    await decide(office.reviewer, late.id, { decision: 'approve' });
    expect(await publish(fay, 'ferry', 'we sail')).toMatchObject({ status: 200 });
    expect(await publish(eve, 'ferry', 'not I')).toMatchObject(refusal(403, 'M_FORBIDDEN'));
  });

  test('after changes were asked for, the application is sent again without typing it anew', async () => {
    const gus = await signUp(server, 'gus');
    const { id } = await apply(office, gus, publicPart('museum', { kind: 'other', category: 'culture' }));
    expect(await gus.put(path(id), { public: { name: 'Another' } })).toMatchObject(refusal(403, 'M_BAD_STATE'));
    await decide(office.reviewer, id, { decision: 'ask-for-changes', reason: 'Please write the full name.' });
    const asked = await gus.expectOk.get<Application>(path(id));
    expect(asked).toMatchObject({ state: 'changes-asked', missing: [], public: { handle: 'museum' } });
    expect(asked.history.at(-1)).toMatchObject({ by: 'reviewer', reason: 'Please write the full name.' });

    await gus.expectOk.put(path(id), { public: { name: 'The Museum of Tides' } });
    await gus.expectOk.post(path(id, '/submit'));
    await decide(office.reviewer, id, { decision: 'approve' });
    expect(await accountOf(gus, 'museum')).toMatchObject({ name: 'The Museum of Tides' });
  });

  test('what was withdrawn is gone, and can not be sent', async () => {
    const { id } = await draft(office, ada, publicPart('stopped'));
    expect(await ada.expectOk.post(path(id, '/withdraw'))).toMatchObject({
      state: 'withdrawn',
      identity: null,
      evidence: [],
    });
    expect(await ada.post(path(id, '/submit'))).toMatchObject(refusal(403, 'M_BAD_STATE'));
  });

  test('another person sees nothing of an application, and neither does a reviewer before it is sent', async () => {
    const { id } = await draft(office, ada, publicPart('secretive'));
    const hal = await signUp(server, 'hal');
    for (const reply of [
      await hal.get(path(id)),
      await hal.put(path(id), {}),
      await hal.post(path(id, '/submit')),
      await hal.post(path(id, '/withdraw')),
      await uploadSealed(office, hal, id),
      await office.reviewer.get(byline(`/review/cases/${id}`)),
      await office.reviewer.post(byline(`/review/cases/${id}/claim`)),
    ])
      expect(reply).toMatchObject(refusal(404, 'M_NOT_FOUND'));
    expect(await hal.expectOk.get(byline('/applications'))).toEqual({ applications: [] });
  });

  test('evidence must be sealed, to the present key, and small enough', async () => {
    const { id } = await begin(ada);
    const query = `piece=document-front&kid=${office.key.kid}`;
    const inTheClear = Uint8Array.from([0xff, 0xd8, 0xff, ...document()]);
    expect(await upload(server, ada, id, query, inTheClear)).toMatchObject(refusal(400, 'M_INVALID_PARAM'));
    expect(await upload(server, ada, id, query, Uint8Array.of(1, 2, 3))).toMatchObject(refusal(400, 'M_INVALID_PARAM'));
    const other = await createKeyPair();
    const toOther = `piece=document-front&kid=${other.kid}`;
    expect(await upload(server, ada, id, toOther, new Uint8Array(100).fill(1))).toMatchObject(
      refusal(400, 'M_INVALID_PARAM'),
    );
    const large = new Uint8Array(15 * 1024 * 1024 + 1).fill(1);
    expect(await upload(server, ada, id, query, large)).toMatchObject(refusal(413, 'M_TOO_LARGE'));
    expect(await ada.expectOk.get(path(id))).toMatchObject({ evidence: [] });

    const first = await uploadSealed(office, ada, id);
    const second = await uploadSealed(office, ada, id);
    expect(await ada.expectOk.get(path(id))).toMatchObject({ evidence: [{ id: second.body.id }] });
    expect(await ada.delete(path(id, `/evidence/${first.body.id}`))).toMatchObject(refusal(404, 'M_NOT_FOUND'));
    await ada.expectOk.delete(path(id, `/evidence/${second.body.id}`));
    expect(await ada.expectOk.get(path(id))).toMatchObject({ evidence: [] });
    await ada.expectOk.post(path(id, '/withdraw'));
  });

  test('an identity that is not sealed, or to another key, is not taken', async () => {
    const { id } = await begin(ada);
    expect(await ada.put(path(id), { identity: IDENTITY })).toMatchObject({ status: 400 });
    const other = await createKeyPair();
    const sealed = await sealedIdentity({ key: other }, ada, id, IDENTITY);
    expect(await ada.put(path(id), { identity: sealed })).toMatchObject(refusal(400, 'M_INVALID_PARAM'));
    const { sealed: good, ...rest } = await sealedIdentity(office, ada, id, IDENTITY);
    for (const bad of [
      { ...good, ct: '' },
      { ...good, ct: 'a'.repeat(20_000) },
      { ...good, enc: 'abc' },
      { ...good, v: 2 },
      { ...good, ct: 'not base64!' },
    ])
      expect(await ada.put(path(id), { identity: { ...rest, sealed: bad } })).toMatchObject({ status: 400 });
    await ada.expectOk.post(path(id, '/withdraw'));
  });

  test('a picture that is not there is not taken, one that is becomes public with the approval', async () => {
    const ida = await signUp(server, 'ida');
    const nowhere = await draft(office, ida, publicPart('gallery', { picture: 'mxc://byline.test/nowhere' as never }));
    expect(await ida.post(path(nowhere.id, '/submit'))).toMatchObject(refusal(404, 'M_NOT_FOUND'));

    const uploaded = await fetch(`${server.url}/_matrix/media/v3/upload`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ida.token}`, 'content-type': 'image/png' },
      body: 'a picture',
    });
    const { content_uri: picture } = (await uploaded.json()) as { content_uri: string };
    const publicUrl = `${server.url}/_byline/v1/media/${picture.split('/').at(-1)}`;
    await ida.expectOk.put(path(nowhere.id), { public: { picture } });
    await ida.expectOk.post(path(nowhere.id, '/submit'));
    expect((await fetch(publicUrl)).status).toBe(404);
    await decide(office.reviewer, nowhere.id, { decision: 'approve' });
    expect((await fetch(publicUrl)).status).toBe(200);
    const { user_id: userId } = await accountOf(ida, 'gallery');
    expect(await ida.expectOk.get(client(`/profile/${userId}`))).toEqual({
      displayname: 'The gallery',
      avatar_url: picture,
    });
  });

  test('nobody can sign in as an account', async () => {
    const { status } = await ada.post(client('/login'), {
      type: 'm.login.password',
      identifier: { type: 'm.id.user', user: 'courier' },
      password: '',
    });
    expect(status).toBe(403);
  });
});
