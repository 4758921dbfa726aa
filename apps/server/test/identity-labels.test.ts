import type { EvidencePiece, PublicPart } from '@byline/protocol/byline/identity.ts';
import { signUp } from '@byline/testkit/person.ts';
import type { TestServer } from '@byline/testkit/byline.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import {
  accountOf,
  byline,
  draft,
  type Office,
  openAccount,
  openOffice,
  publicPart,
  uploadSealed,
} from './publisher.ts';
import { refusal } from './room-calls.ts';
import { startWholeServer } from './whole-server.ts';

describe.each(ENGINES)('labels on %s', (engine) => {
  let server: TestServer;
  let office: Office;
  let people = 0;

  beforeAll(async () => {
    server = await startWholeServer(engine);
    office = await openOffice(server);
  });
  afterAll(() => server.dispose());

  /** Applies with some pieces beside the document, and has the reviewer approve it with a label. */
  const approveWith = async (label: string, part: Partial<PublicPart>, pieces: readonly EvidencePiece[]) => {
    people += 1;
    const person = await signUp(server, `person${people}`);
    const handle = `account${people}`;
    const { id } = await draft(office, person, publicPart(handle, part));
    for (const piece of pieces) await uploadSealed(office, person, id, piece);
    await person.expectOk.post(byline(`/applications/${id}/submit`));
    await office.reviewer.expectOk.post(byline(`/review/cases/${id}/claim`));
    const decision = { decision: 'approve', reason: 'It is in order.', label };
    const reply = await office.reviewer.post(byline(`/review/cases/${id}/decision`), decision);
    return { reply, person, handle, id };
  };

  test('a label whose evidence is in the case is granted, and everybody sees it', async () => {
    const { reply, handle } = await approveWith('news', { kind: 'media' }, ['press-licence']);
    expect(reply.status).toBe(200);
    expect(await accountOf(await signUp(server, 'reader'), handle)).toMatchObject({ qualification: { label: 'news' } });
    const page = await fetch(`${server.url}/@${handle}`, { headers: { 'accept-language': 'zh-CN' } });
    expect(await page.text()).toContain('新闻发布资质');
  });

  test('without its evidence it is refused, which is named, and nothing is decided', async () => {
    const { reply, person, handle, id } = await approveWith('news', { kind: 'media' }, ['document-back']);
    expect(reply).toMatchObject({
      status: 409,
      body: { errcode: 'BYLINE_LABEL_UNPROVEN', label: 'news', evidence: 'press-licence' },
    });
    expect(await person.expectOk.get(byline(`/applications/${id}`))).toMatchObject({ state: 'in-review' });
    expect(await accountOf(person, handle)).toMatchObject({ qualification: null });
  });

  test('the evidence of one label does not serve another', async () => {
    const { reply } = await approveWith('health', { kind: 'company', category: 'health' }, ['press-licence']);
    expect(reply).toMatchObject(refusal(409, 'BYLINE_LABEL_UNPROVEN'));
  });

  test('evidence that the applicant took back before sending does not count', async () => {
    const person = await signUp(server, 'undecided');
    const { id } = await draft(office, person, publicPart('undecided-paper'));
    const { body } = await uploadSealed(office, person, id, 'press-licence');
    await person.expectOk.delete(byline(`/applications/${id}/evidence/${body.id}`));
    await person.expectOk.post(byline(`/applications/${id}/submit`));
    await office.reviewer.expectOk.post(byline(`/review/cases/${id}/claim`));
    const decision = { decision: 'approve', reason: 'It is in order.', label: 'news' };
    expect(await office.reviewer.post(byline(`/review/cases/${id}/decision`), decision)).toMatchObject(
      refusal(409, 'BYLINE_LABEL_UNPROVEN'),
    );
  });

  test.each([
    ['government', 'media', 'letter-of-office'],
    ['news', 'government', 'press-licence'],
  ] as const)('the label %s is not for the kind %s, whatever is shown', async (label, kind, piece) => {
    const { reply } = await approveWith(label, { kind }, [piece]);
    expect(reply).toMatchObject(refusal(400, 'M_INVALID_PARAM'));
  });

  test.each(['Licensed to publish news', 'sports', ''])('"%s" is no label', async (label) => {
    const { reply } = await approveWith(label, { kind: 'media' }, ['press-licence']);
    expect(reply).toMatchObject(refusal(400, 'M_BAD_JSON'));
  });

  test('who has no label says nothing of one', async () => {
    const plain = await openAccount(office, await signUp(server, 'plain'), 'plain-paper');
    expect(plain.qualification).toMatchObject({ label: null });
    expect(await (await fetch(`${server.url}/@plain-paper`)).text()).not.toContain('<dt>Label</dt>');
  });
});
