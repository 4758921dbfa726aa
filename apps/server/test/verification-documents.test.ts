import { openEvidence } from '@byline/core/identity/seal-identity.ts';
import type { Evidence } from '@byline/protocol/byline/applications.ts';
import { LARGEST_EVIDENCE } from '@byline/protocol/byline/identity.ts';
import type { Case } from '@byline/protocol/byline/review.ts';
import type { CaseVerification, Step, Way } from '@byline/protocol/byline/verification.ts';
import type { TestServer } from '@byline/testkit/byline.ts';
import { type Person, signUp } from '@byline/testkit/person.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import {
  apply,
  byline,
  decide,
  draft,
  type Office,
  openOffice,
  publicPart,
  upload,
  uploadSealed,
} from './publisher.ts';
import { refusal } from './room-calls.ts';
import { makeTestClock, startWholeServer } from './whole-server.ts';

const HOUR = 60 * 60_000;
const path = (id: string, rest = ''): string => byline(`/applications/${id}${rest}`);

const codeFor = (by: Person, id: string) =>
  by.expectOk.post<Extract<Step, { way: 'documents' }>>(path(id, '/verification/begin'), { way: 'documents' });

describe.each(ENGINES)('showing documents on %s', (engine) => {
  const clock = makeTestClock();
  let server: TestServer;
  let office: Office;

  beforeAll(async () => {
    server = await startWholeServer(engine, { clock });
    office = await openOffice(server);
  });
  afterAll(() => server.dispose());

  test('in a video one says the code of the day, which the reviewer compares', async () => {
    const ada = await signUp(server, 'ada');
    const { id } = await draft(office, ada, publicPart('courier'));
    const other = await draft(office, ada, publicPart('gazette'));
    const step = await codeFor(ada, id);
    expect(step).toMatchObject({ way: 'documents', code: expect.stringMatching(/^\d{6}$/) });
    // Noon, by the clock of the test.
    expect(step.next_code_at - clock.now()).toBe(12 * HOUR);
    expect((await codeFor(ada, other.id)).code).not.toBe(step.code);

    // Made today, sent after midnight.
    clock.advance(13 * HOUR);
    expect((await codeFor(ada, id)).code).not.toBe(step.code);
    const video = new TextEncoder().encode('a person who says a code');
    expect(await uploadSealed(office, ada, id, 'person-video', video)).toMatchObject({ status: 200 });
    await ada.expectOk.post(path(id, '/submit'));
    const held = await office.reviewer.expectOk.post<Case>(byline(`/review/cases/${id}/claim`));
    clock.advance(HOUR / 6);
    const { codes, attestation } = await office.reviewer.expectOk.get<CaseVerification>(
      byline(`/review/cases/${id}/verification`),
    );
    expect(attestation).toBeNull();
    expect(codes.map(({ day }) => day)).toEqual(['2026-11-24', '2026-11-23']);
    expect(codes.map(({ code }) => code)).toContain(step.code);
    const piece = held.evidence.find((one: Evidence) => one.piece === 'person-video');
    const response = await fetch(`${server.url}${byline(`/review/cases/${id}/evidence/${piece?.id}`)}`, {
      headers: { authorization: `Bearer ${office.reviewer.token}` },
    });
    const opened = await openEvidence(office.key, id, 'person-video', new Uint8Array(await response.arrayBuffer()));
    expect(opened).toEqual(video);
  });

  test('a video may be larger than a picture, and no larger than its own limit', async () => {
    const bob = await signUp(server, 'bob');
    const { id } = await draft(office, bob, publicPart('herald'));
    const send = (piece: string, size: number) =>
      upload(server, bob, id, `piece=${piece}&kid=${office.key.kid}`, new Uint8Array(size).fill(1));
    const larger = LARGEST_EVIDENCE['document-front'] + 1;
    expect(await send('document-front', larger)).toMatchObject(refusal(413, 'M_TOO_LARGE'));
    expect(await send('person-video', larger)).toMatchObject({ status: 200, body: { piece: 'person-video' } });
    expect(await send('person-video', LARGEST_EVIDENCE['person-video'] + 1)).toMatchObject(refusal(413, 'M_TOO_LARGE'));
    expect(await send('id-token', LARGEST_EVIDENCE['id-token'] + 1)).toMatchObject(refusal(413, 'M_TOO_LARGE'));
  });

  test('how long it usually takes is measured, once there are enough cases to tell', async () => {
    const cleo = await signUp(server, 'cleo');
    const usual = async () => {
      const { ways } = await cleo.expectOk.get<{ ways: Way[] }>(byline('/verification/ways'));
      return ways.map(({ usual_time: time }) => time);
    };
    for (const hours of [1, 2, 3, 4]) {
      const { id } = await apply(office, cleo, publicPart(`paper${hours}`, { kind: 'company' }));
      clock.advance(hours * HOUR);
      await decide(office.reviewer, id, { decision: 'refuse' });
    }
    expect(await usual()).toEqual([null, null, null]);
    const { id } = await apply(office, cleo, publicPart('paper5', { kind: 'company' }));
    clock.advance(5 * HOUR);
    await decide(office.reviewer, id, { decision: 'approve' });
    expect(await usual()).toEqual([{ median: 3 * HOUR, ninth_decile: 5 * HOUR, cases: 5 }, null, null]);
  });
});
