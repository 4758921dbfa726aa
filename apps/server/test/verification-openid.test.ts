import { checkToken, compareWith } from '@byline/client/verification/token-check.ts';
import { nonceFor } from '@byline/core/identity/nonce.ts';
import { openEvidence, sealEvidence } from '@byline/core/identity/seal-identity.ts';
import type { ApplicationId } from '@byline/protocol/byline/identity.ts';
import type { Case } from '@byline/protocol/byline/review.ts';
import type { CaseVerification, OpenIdConnectStep, Way } from '@byline/protocol/byline/verification.ts';
import type { TestServer } from '@byline/testkit/byline.ts';
import { type Person, signUp } from '@byline/testkit/person.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import {
  CLIENT_ID,
  type Forgery,
  type IdentityProvider,
  otherKey,
  startIdentityProvider,
} from './identity-provider.ts';
import { browserOf, draftWithoutEvidence, verifyAt } from './provider-browser.ts';
import { accountOf, byline, IDENTITY, type Office, openOffice, publicPart, upload } from './publisher.ts';
import { refusal } from './room-calls.ts';
import { startWholeServer } from './whole-server.ts';

const PUBLIC_URL = 'https://byline.test';
const RETURN = `${PUBLIC_URL}/me/apply/verified`;
const path = (id: string, rest = ''): string => byline(`/applications/${id}${rest}`);

describe.each(ENGINES)('verifying by OpenID Connect on %s', (engine) => {
  let provider: IdentityProvider;
  let server: TestServer;
  let office: Office;
  let ada: Person;
  let handles = 0;
  let people = 0;

  beforeAll(async () => {
    provider = await startIdentityProvider(RETURN);
    server = await startWholeServer(engine, {
      settings: {
        BYLINE_PUBLIC_URL: PUBLIC_URL,
        BYLINE_OIDC_ISSUER: provider.issuer,
        BYLINE_OIDC_CLIENT_ID: CLIENT_ID,
        BYLINE_OIDC_NAME: 'The Bank',
        BYLINE_LOG_LEVEL: 'silent',
      },
    });
    office = await openOffice(server);
  });
  beforeEach(async () => {
    people += 1;
    ada = await signUp(server, `ada${people}`);
  });
  afterAll(async () => {
    await server.dispose();
    await provider.stop();
  });
  afterEach(() => {
    provider.says = 'yes';
    provider.state = 'well';
    provider.forgery = undefined;
  });

  const begun = (): Promise<ApplicationId> => {
    handles += 1;
    const wanted = publicPart(`clinic${handles}`, { kind: 'individual', category: 'community' });
    return draftWithoutEvidence(office, ada, wanted);
  };
  const browser = () => browserOf(office, ada);
  const verify = (id: ApplicationId) => verifyAt(provider, office, ada, id);

  /** What the reviewer reads, with what the token says. */
  const reviewed = async (id: ApplicationId) => {
    const { rita, found } = { rita: office.reviewer, found: byline(`/review/cases/${id}`) };
    const held = await rita.expectOk.post<Case>(`${found}/claim`);
    const verification = await rita.expectOk.get<CaseVerification>(`${found}/verification`);
    const piece = held.evidence.find((one) => one.piece === 'id-token');
    const response = await fetch(`${server.url}${found}/evidence/${piece?.id}`, {
      headers: { authorization: `Bearer ${rita.token}` },
    });
    const sealed = new Uint8Array(await response.arrayBuffer());
    const token = new TextDecoder().decode(await openEvidence(office.key, id, 'id-token', sealed));
    const { proof, attestation } = verification;
    if (proof === undefined || attestation === null) throw new Error('The case was not shown by a provider.');
    return { token, proof, attestation, check: () => checkToken(token, id, proof, attestation.at) };
  };

  const isAsBefore = async (id: ApplicationId): Promise<void> => {
    expect(await ada.expectOk.get(path(id))).toMatchObject({ state: 'draft', missing: ['evidence.document-front'] });
    expect(await ada.expectOk.get(path(id, '/verification'))).toEqual({ attestation: null });
  };

  /** Seals any token and says that it was verified. */
  const claim = async (id: ApplicationId, token: string): Promise<void> => {
    const sealed = await sealEvidence(office.key.publicKey, id, 'id-token', new TextEncoder().encode(token));
    await upload(server, ada, id, `piece=id-token&kid=${office.key.kid}`, sealed);
    const answer = { way: 'openid-connect', fields: ['legal_name'], assurance: 'eidas/high' };
    await ada.expectOk.post(path(id, '/verification/finish'), answer);
    await ada.expectOk.post(path(id, '/submit'));
  };
  const good = async (id: ApplicationId): Promise<Record<string, unknown>> => {
    const { challenge } = await ada.expectOk.post<OpenIdConnectStep>(path(id, '/verification/begin'), {
      way: 'openid-connect',
    });
    const now = Math.floor(Date.now() / 1_000);
    const nonce = await nonceFor(id, challenge);
    return { iss: provider.issuer, aud: CLIENT_ID, sub: 'ada', name: 'Queen Ada', iat: now, exp: now + 600, nonce };
  };

  test('from the provider to the first qualification, with no picture of a document', async () => {
    const id = await begun();
    const { ways } = await ada.expectOk.get<{ ways: Way[] }>(byline('/verification/ways'));
    expect(ways.find((way) => way.id === 'openid-connect')).toMatchObject({
      state: 'on',
      needs: 'account-at-the-provider',
      by: { issuer: provider.issuer, name: 'The Bank' },
      usual_time: null,
    });
    const { attestation, proven } = await verify(id);
    expect(attestation).toMatchObject({
      way: 'openid-connect',
      by: provider.issuer,
      name: 'The Bank',
      assurance: 'eidas/high',
      fields: ['legal_name', 'document_kind', 'document_number', 'country'],
    });
    expect(proven.identity).toEqual({
      legal_name: IDENTITY.legal_name,
      document_kind: 'passport',
      document_number: IDENTITY.document_number,
      country: 'NL',
    });
    expect(await ada.expectOk.post(path(id, '/submit'))).toMatchObject({ state: 'submitted' });

    const { check, attestation: read, token } = await reviewed(id);
    expect(read).toEqual(attestation);
    const checked = await check();
    expect(checked).toEqual({ state: 'genuine', proven });
    expect(compareWith({ ...IDENTITY, document_kind: 'passport', country: 'BE' }, proven)).toEqual({
      legal_name: 'same',
      document_kind: 'same',
      document_number: 'same',
      country: 'different',
    });
    // Nothing of it came to the server: it knows a token only sealed.
    expect(token.split('.')).toHaveLength(3);
    await office.reviewer.expectOk.post(byline(`/review/cases/${id}/decision`), {
      decision: 'approve',
      reason: 'Fine.',
    });
    expect((await accountOf(ada, `clinic${handles}`)).qualification).not.toBeNull();
    expect(await ada.expectOk.get(path(id))).toMatchObject({ state: 'approved' });
    expect(await ada.expectOk.get(path(id, '/verification'))).toEqual({ attestation });
  });

  test('a browser may speak with the token endpoint, from our pages alone', async () => {
    const id = await begun();
    const { provider: metadata } = await ada.expectOk.post<OpenIdConnectStep>(path(id, '/verification/begin'), {
      way: 'openid-connect',
    });
    const ask = async (origin: string) => {
      const body = new URLSearchParams({ grant_type: 'authorization_code', code: 'x', client_id: CLIENT_ID });
      const response = await fetch(metadata.token_endpoint, { method: 'POST', headers: { origin }, body });
      return response.headers.get('access-control-allow-origin');
    };
    expect(await ask(PUBLIC_URL)).toBe(PUBLIC_URL);
    expect(await ask('https://elsewhere.test')).toBeNull();
  });

  test('who says no there is told the other ways', async () => {
    const id = await begun();
    provider.says = 'no';
    await expect(verify(id)).rejects.toMatchObject({ why: 'refused' });
    await isAsBefore(id);
    expect((await browser().atProvider.others()).map((way) => way.id)).toEqual(['documents']);
  });

  test.each<[string, () => Forgery]>([
    ['another nonce', () => ({ claims: { nonce: 'of another application' } })],
    ['another issuer', () => ({ claims: { iss: 'https://elsewhere.test' } })],
    ['another recipient', () => ({ claims: { aud: 'another-client' } })],
    ['no time left', () => ({ claims: { iat: 1_700_000_000, exp: 1_700_000_600 } })],
  ])('a token with %s is not taken by the browser', async (_, forgery) => {
    const id = await begun();
    provider.forgery = forgery();
    await expect(verify(id)).rejects.toMatchObject({ why: 'not-trustworthy' });
    await isAsBefore(id);
  });

  test('what another tab began, or another provider answers, is not taken', async () => {
    const id = await begun();
    const { atProvider, memory } = browser();
    const back = await provider.walk(await atProvider.leave(id));
    const visit = memory.read() ?? '';
    memory.remove();
    await expect(atProvider.comeBack(back)).rejects.toMatchObject({ why: 'interrupted' });
    memory.write(visit);
    const forged = new URL(back);
    forged.hash = back.hash.replace(/iss=[^&]*/, 'iss=https%3A%2F%2Felsewhere.test');
    await expect(atProvider.comeBack(forged)).rejects.toMatchObject({ why: 'not-trustworthy' });
    // What came back is tried once.
    expect(memory.read()).toBeUndefined();
    memory.write(visit);
    const other = new URL(back);
    other.hash = back.hash.replace(/state=[^&]*/, 'state=another');
    await expect(atProvider.comeBack(other)).rejects.toMatchObject({ why: 'not-trustworthy' });
    await isAsBefore(id);
  });

  test('a provider that goes down on the way leaves the application as it was', async () => {
    const id = await begun();
    const { atProvider } = browser();
    const back = await provider.walk(await atProvider.leave(id));
    await provider.stop();
    await expect(atProvider.comeBack(back)).rejects.toMatchObject({ why: 'unreachable' });
    // The browser came through, and then the server can't read the keys.
    const finish = { way: 'openid-connect', fields: ['legal_name'], assurance: null };
    expect(await ada.post(path(id, '/verification/finish'), finish)).toMatchObject({
      status: 503,
      body: { errcode: 'BYLINE_UNAVAILABLE', way: 'openid-connect', other_ways: ['documents'] },
    });
    await isAsBefore(id);
    await provider.resume();
    provider.state = 'nonsense';
    expect(await ada.post(path(id, '/verification/finish'), finish)).toMatchObject(refusal(503, 'BYLINE_UNAVAILABLE'));
    await isAsBefore(id);
  });

  test.each<[string, () => Promise<void>]>([
    ['is down', () => provider.stop()],
    ['answers nonsense', async () => void (provider.state = 'nonsense')],
  ])('at a provider that %s nothing begins, and the other ways are named', async (_, fail) => {
    const id = await begun();
    await fail();
    const fresh = await server.restart();
    const answer = await fetch(`${fresh.url}${path(id, '/verification/begin')}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ada.token}` },
      body: JSON.stringify({ way: 'openid-connect' }),
    });
    expect([answer.status, await answer.json()]).toMatchObject([
      503,
      {
        errcode: 'BYLINE_UNAVAILABLE',
        error: expect.stringContaining('You can also show who you are by documents.'),
        other_ways: ['documents'],
      },
    ]);
    const ways = await fetch(`${fresh.url}${byline('/verification/ways')}`);
    expect(await ways.json()).toMatchObject({
      ways: [
        { id: 'documents', state: 'on' },
        { id: 'openid-connect', state: 'unreachable' },
        { id: 'vouching', state: 'off' },
      ],
    });
    await fresh.stop();
    if (provider.state === 'well') await provider.resume();
    await isAsBefore(id);
  });

  describe('of a browser that lies', () => {
    test.each<[string, string, (claims: Record<string, unknown>) => string]>([
      ['that it signed itself', 'signature', (claims) => provider.sign(claims, otherKey())],
      ['of another application', 'other-application', (claims) => provider.sign({ ...claims, nonce: 'another' })],
      ['that had run out', 'time', (claims) => provider.sign({ ...claims, iat: 1_700_000_000, exp: 1_700_000_600 })],
      ['for somebody else', 'recipient', (claims) => provider.sign({ ...claims, aud: 'a-shop' })],
      ['of another issuer', 'issuer', (claims) => provider.sign({ ...claims, iss: 'https://elsewhere.test' })],
      ['that is none', 'unreadable', () => 'believe me'],
    ])('the reviewer sees that a token %s proves nothing', async (_, fault, make) => {
      const id = await begun();
      await claim(id, make(await good(id)));
      const { check } = await reviewed(id);
      expect(await check()).toEqual({ state: 'false', fault });
      await office.reviewer.expectOk.post(byline(`/review/cases/${id}/decision`), {
        decision: 'refuse',
        reason: 'No.',
      });
    });

    test('a good token proves what it says and no more', async () => {
      const id = await begun();
      await claim(id, provider.sign(await good(id)));
      const { check } = await reviewed(id);
      expect(await check()).toEqual({
        state: 'genuine',
        proven: { identity: { legal_name: 'Queen Ada' }, assurance: null },
      });
    });

    test('nothing is finished that was not begun, or twice, or without a token', async () => {
      const id = await begun();
      const answer = { way: 'openid-connect', fields: ['legal_name'], assurance: null };
      const finish = () => ada.post(path(id, '/verification/finish'), answer);
      expect(await finish()).toMatchObject(refusal(403, 'M_BAD_STATE'));
      await good(id);
      expect(await finish()).toMatchObject(refusal(400, 'M_MISSING_PARAM'));
      await isAsBefore(id);
      await verify(id);
      expect(await finish()).toMatchObject(refusal(403, 'M_BAD_STATE'));
      // A token of an earlier attempt does not serve the next one.
      await good(id);
      expect(await finish()).toMatchObject(refusal(400, 'M_MISSING_PARAM'));
    });

    test('an assurance is no place for a name', async () => {
      const id = await begun();
      for (const assurance of ['Wilhelmina Quackenbush', 'x'.repeat(200), ''])
        expect(
          await ada.post(path(id, '/verification/finish'), {
            way: 'openid-connect',
            fields: ['legal_name'],
            assurance,
          }),
        ).toMatchObject(refusal(400, 'M_BAD_JSON'));
    });
  });
});
