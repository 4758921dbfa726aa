import { readField } from '@byline/core/identity/custody/opening.ts';
import { openingStatement } from '@byline/core/identity/custody/statements.ts';
import { createKeyPair } from '@byline/core/sealing/sealing-key.ts';
import { signText } from '@byline/core/sealing/signing-key.ts';
import type { CustodyField, OpeningId } from '@byline/protocol/byline/custody.ts';
import type { Opening, OpeningRequest, Order, OwnOpening } from '@byline/protocol/byline/opening.ts';
import { UserId } from '@byline/protocol';
import type { TestServer } from '@byline/testkit/byline.ts';
import { type Person, type Reply, signIn, signUp } from '@byline/testkit/person.ts';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  approveSealed,
  browserOf,
  fileOrder,
  hireCustodian,
  installCustodians,
  type Keeper,
  orderOf,
} from './custody.ts';
import { ENGINES } from './feature-server.ts';
import { apply, byline, IDENTITY, type Office, openOffice, publicPart } from './publisher.ts';
import { refusal } from './room-calls.ts';
import { bodiesOf, join, sync } from './syncing.ts';
import { makeTestClock, startWholeServer } from './whole-server.ts';

const DAY = 24 * 60 * 60_000;
const ROLE_REQUIRED = refusal(403, 'BYLINE_ROLE_REQUIRED');
const FORBIDDEN = refusal(403, 'M_FORBIDDEN');
const OWN_CASE = refusal(403, 'BYLINE_OWN_CASE');

const of = (id: OpeningId, rest: string): string => byline(`/custody/openings/${id}${rest}`);

const sign = ({ keys, person }: Keeper, request: OpeningRequest): Promise<string> =>
  signText(keys.signing, openingStatement(UserId.parse(person.userId), request));

const ask = async (by: Person, order: Order, request: OpeningRequest, signature: string): Promise<Reply<Opening>> =>
  by.post<Opening>(byline('/custody/openings'), { order: order.content.id, request, signature });

const owned = async (by: Person): Promise<OwnOpening[]> =>
  (await by.expectOk.get<{ openings: OwnOpening[] }>(byline('/me/openings'))).openings;

describe.each(ENGINES)('opening an identity on %s', (engine) => {
  const clock = makeTestClock();
  let server: TestServer;
  let office: Office;
  let ada: Person;
  let kim: Keeper;
  let lea: Keeper;
  let max: Keeper;
  let outsider: Keeper;
  /** Where the provider speaks to Ada. */
  let notices = '';

  beforeAll(async () => {
    server = await startWholeServer(engine, { clock });
    office = await openOffice(server);
    ada = await signUp(server, 'ada');
    kim = await hireCustodian(office, 'kim', clock.now);
    lea = await hireCustodian(office, 'lea', clock.now);
    max = await hireCustodian(office, 'max', clock.now);
    await installCustodians(office.administrator, [kim, lea, max]);
    // Has the role and keys, and holds nothing.
    outsider = await hireCustodian(office, 'oli', clock.now);
    await approveSealed(office, await apply(office, ada, publicPart('gazette', { category: 'culture' })));
    notices = await vi.waitFor(async () => {
      const [roomId] = Object.keys((await sync(ada)).rooms?.invite ?? {});
      if (roomId === undefined) throw new Error('Ada was told nothing yet.');
      return roomId;
    });
    await join(ada, notices);
  });
  afterAll(() => server.dispose());

  const told = async (person = ada): Promise<unknown[]> => bodiesOf((await sync(person)).rooms?.join?.[notices]);
  const file = (changes: object = {}): Promise<Order> =>
    fileOrder(office.administrator, clock.now(), { scope: { handle: 'gazette' }, ...changes });
  const openings = async (by = office.administrator): Promise<Opening[]> =>
    (await by.expectOk.get<{ openings: Opening[] }>(byline('/custody/openings'))).openings;

  /** What a custodian would send, made by hand, so that it can be made wrongly. */
  const requestFor = async (order: Order, fields: CustodyField[] = ['legal_name']): Promise<OpeningRequest> => ({
    ...(await kim.person.expectOk.get<Omit<OpeningRequest, 'fields' | 'order_hash' | 'recipient_key'>>(
      byline(`/custody/orders/${order.content.id}/record`),
    )),
    order_hash: order.hash,
    fields,
    recipient_key: (await createKeyPair()).publicKey,
  });

  test('two custodians read the fields that the order names; it is on record, and the publisher is told', async () => {
    const order = await file();
    const asked = await kim.browser.ask(order.content.id, ['legal_name', 'country']);
    expect(await owned(ada)).toEqual([]);
    const [seen] = await openings(lea.person);
    if (seen === undefined) throw new Error('There is no opening.');
    await lea.browser.join(seen);
    expect((await kim.browser.read(asked)).toSorted((one, other) => one.field.localeCompare(other.field))).toEqual([
      { field: 'country', value: IDENTITY.country },
      { field: 'legal_name', value: IDENTITY.legal_name },
    ]);
    const [recorded] = await openings();
    expect(recorded).toMatchObject({
      order: order.content.id,
      asked: { user_id: kim.person.userId },
      joined: { user_id: lea.person.userId },
    });
    expect(recorded?.history.map(({ by, step }) => [by, step])).toEqual([
      [kim.person.userId, 'asked'],
      [lea.person.userId, 'joined'],
      [lea.person.userId, 'handed-over'],
      [kim.person.userId, 'read'],
    ]);
    await expect.poll(() => told()).toContainEqual(expect.stringMatching(/legal name, country.*\n\n.*真实姓名/s));
    await expect.poll(() => owned(ada)).toMatchObject([{ fields: ['legal_name', 'country'] }]);
    const shown = JSON.stringify(await owned(ada));
    for (const { person } of [kim, lea]) expect(shown).not.toContain(person.userId);
    await kim.browser.close(asked.opening);
    await expect(kim.browser.read(asked)).rejects.toMatchObject({ code: 'M_BAD_STATE' });
  });

  test('one custodian alone, an administrator, a reviewer and the publisher are refused', async () => {
    const order = await file();
    const request = await requestFor(order);
    for (const person of [office.administrator, office.reviewer, ada])
      expect(await ask(person, order, request, await sign(kim, request))).toMatchObject(ROLE_REQUIRED);
    const { body: opening } = await ask(kim.person, order, request, await sign(kim, request));
    const { id } = opening;
    expect(await kim.person.post(of(id, '/join'), { signature: await sign(kim, request) })).toMatchObject(FORBIDDEN);
    expect(await kim.person.post(of(id, '/read'))).toMatchObject(refusal(403, 'M_BAD_STATE'));
    for (const person of [office.administrator, office.reviewer, ada])
      for (const reply of [
        await person.post(of(id, '/join'), { signature: await sign(lea, request) }),
        await person.post(of(id, '/read')),
        await person.post(of(id, '/close')),
        await person.get(byline(`/custody/orders/${order.content.id}/record`)),
      ])
        expect(reply).toMatchObject(ROLE_REQUIRED);
    // Who holds the role, but no share.
    expect(await outsider.person.post(of(id, '/join'), { signature: await sign(outsider, request) })).toMatchObject(
      refusal(400, 'M_INVALID_SIGNATURE'),
    );
    // Another's signature, and one of something else.
    for (const signature of [await sign(kim, request), await sign(lea, { ...request, fields: ['country'] })])
      expect(await lea.person.post(of(id, '/join'), { signature })).toMatchObject(refusal(400, 'M_INVALID_SIGNATURE'));
    expect(await openings()).toContainEqual(opening);

    const { body } = await lea.person.post<{ shares: { field: string }[] }>(of(id, '/join'), {
      signature: await sign(lea, request),
    });
    expect(body.shares.map(({ field }) => field)).toEqual(['legal_name']);
    expect(await max.person.post(of(id, '/join'), { signature: await sign(max, request) })).toMatchObject(
      refusal(403, 'M_BAD_STATE'),
    );
    for (const keeper of [lea, max]) expect(await keeper.person.post(of(id, '/read'))).toMatchObject(FORBIDDEN);
    expect(await max.person.post(of(id, '/close'))).toMatchObject(FORBIDDEN);
  });

  test('of two who join at once, one does, and only they are given their shares', async () => {
    const order = await file();
    const { opening } = await kim.browser.ask(order.content.id, ['legal_name']);
    const replies = await Promise.all(
      [lea, max].map(async (keeper) =>
        keeper.person.post<object>(of(opening.id, '/join'), { signature: await sign(keeper, opening.request) }),
      ),
    );
    const [joined, refused] = replies.toSorted((one, other) => one.status - other.status);
    expect(joined).toMatchObject({ status: 200, body: { shares: [{ field: 'legal_name' }] } });
    expect(refused).toMatchObject(refusal(403, 'M_BAD_STATE'));
    const recorded = (await openings()).find(({ id }) => id === opening.id);
    expect(recorded?.history.map(({ step }) => step)).toEqual(['asked', 'joined']);
  });

  test('a field that the order does not name is neither given nor opened', async () => {
    const order = await file({ fields: ['country'] });
    const wide = await requestFor(order, ['country', 'legal_name']);
    expect(await ask(kim.person, order, wide, await sign(kim, wide))).toMatchObject({
      ...FORBIDDEN,
      body: { fault: 'not-covered' },
    });
    await expect(kim.browser.ask(order.content.id, ['legal_name'])).rejects.toMatchObject({ code: 'not-covered' });
    const asked = await kim.browser.ask(order.content.id, ['country']);
    await lea.browser.join(asked.opening);
    const { fields } = await kim.person.expectOk.post<{ fields: Parameters<typeof readField>[3][] }>(
      of(asked.opening.id, '/read'),
    );
    expect(fields.map(({ field }) => field)).toEqual(['country']);
    // Beside the shares of the country, what is encrypted of the name would be of no use.
    expect(JSON.stringify(fields)).not.toContain('legal_name');
    const more = { shares: [{ field: 'legal_name', sealed: fields[0]?.other }] };
    expect(await lea.person.put(of(asked.opening.id, '/shares'), more)).toMatchObject(refusal(400, 'M_INVALID_PARAM'));
  });

  test('an order that is expired, revoked, changed, or about another account opens nothing', async () => {
    const order = await file({ expires_at: clock.now() + DAY });
    const request = await requestFor(order);
    const other = await file();
    for (const wrong of [
      { ...request, order_hash: other.hash },
      { ...request, application: 'another-application' },
      { ...request, version: 2 },
      { ...request, set: 9 },
    ]) {
      const reply = await kim.person.post(byline('/custody/openings'), {
        order: order.content.id,
        request: wrong,
        signature: await sign(kim, request),
      });
      expect(reply).toMatchObject(FORBIDDEN);
    }
    const asked = await kim.browser.ask(order.content.id, ['legal_name']);
    await lea.browser.join(asked.opening);
    for (const person of [kim.person, office.reviewer, ada])
      expect(await person.post(byline(`/custody/orders/${order.content.id}/revoke`))).toMatchObject(ROLE_REQUIRED);
    await office.administrator.expectOk.post(byline(`/custody/orders/${order.content.id}/revoke`));
    await expect(kim.browser.read(asked)).rejects.toMatchObject({ code: 'M_FORBIDDEN' });
    await expect(kim.browser.ask(order.content.id, ['legal_name'])).rejects.toMatchObject({ code: 'revoked' });
    expect(await ask(kim.person, order, request, await sign(kim, request))).toMatchObject({
      body: { fault: 'revoked' },
    });

    const short = await file({ expires_at: clock.now() + 1_000 });
    const late = await kim.browser.ask(short.content.id, ['legal_name']);
    clock.advance(1_001);
    await expect(lea.browser.join(late.opening)).rejects.toMatchObject({ code: 'expired' });
    const signature = await sign(lea, late.opening.request);
    expect(await lea.person.post(of(late.opening.id, '/join'), { signature })).toMatchObject({ status: 403 });
  });

  test('only administrators file orders, about what is there, with an end', async () => {
    const order = orderOf(clock.now(), { scope: { handle: 'gazette' } });
    for (const person of [kim.person, office.reviewer, ada])
      expect(await person.post(byline('/custody/orders'), order)).toMatchObject(ROLE_REQUIRED);
    for (const [changes, status] of [
      [{ scope: { handle: 'nobody' } }, 404],
      [{ scope: { user_id: ada.userId } }, 404],
      [{ expires_at: clock.now() }, 400],
      [{ fields: [] }, 400],
      [{ fields: ['country', 'country'] }, 400],
      [{ authority: ' ' }, 400],
      [{ notice: clock.now() + 2_000 * DAY }, 400],
    ] as const)
      expect([
        changes,
        await office.administrator.post(byline('/custody/orders'), { ...order, ...changes }),
      ]).toMatchObject([changes, { status }]);
    for (const person of [office.reviewer, ada])
      for (const path of ['/custody/orders', '/custody/openings'])
        expect(await person.get(byline(path))).toMatchObject(ROLE_REQUIRED);
  });

  test('a custodian opens neither their own identity nor by an order that they filed', async () => {
    await approveSealed(office, await apply(office, max.person, publicPart('maximal', { category: 'culture' })));
    const order = await file({ scope: { handle: 'maximal' } });
    const request = await requestFor(order);
    expect(await ask(max.person, order, request, await sign(max, request))).toMatchObject(OWN_CASE);
    const asked = await kim.browser.ask(order.content.id, ['legal_name']);
    const signature = await sign(max, asked.opening.request);
    expect(await max.person.post(of(asked.opening.id, '/join'), { signature })).toMatchObject(OWN_CASE);

    // Lea administers for a while; what she files then, she does not open afterwards either.
    const role = (name: string): string => byline(`/staff/${lea.person.userId}/${name}`);
    await office.administrator.expectOk.delete(role('custodian'));
    await office.administrator.expectOk.put(role('administrator'));
    const filed = await fileOrder(lea.person, clock.now(), { scope: { handle: 'gazette' } });
    const asking = () => lea.browser.ask(filed.content.id, ['legal_name']);
    await expect(asking()).rejects.toMatchObject({ code: 'BYLINE_ROLE_REQUIRED' });
    await office.administrator.expectOk.delete(role('administrator'));
    await office.administrator.expectOk.put(role('custodian'));
    await expect(asking()).rejects.toMatchObject({ code: 'BYLINE_OWN_CASE' });
  });

  test('who was a custodian, and is none any more, opens nothing', async () => {
    const order = await file();
    const asked = await kim.browser.ask(order.content.id, ['legal_name']);
    await lea.browser.join(asked.opening);
    const role = byline(`/staff/${lea.person.userId}/custodian`);
    await office.administrator.expectOk.delete(role);
    await expect(kim.browser.read(asked)).rejects.toMatchObject({ code: 'BYLINE_ROLE_REQUIRED' });
    await expect(lea.browser.ask(order.content.id, ['legal_name'])).rejects.toMatchObject({
      code: 'BYLINE_ROLE_REQUIRED',
    });
    await office.administrator.expectOk.put(role);
    expect(await kim.browser.read(asked)).toHaveLength(1);
  });

  test('whom the order lets wait is told on its date, though the server was restarted meanwhile', async () => {
    const order = await file({ notice: clock.now() + 3 * DAY });
    const asked = await kim.browser.ask(order.content.id, ['document_number']).catch((error: unknown) => error);
    expect(asked).toMatchObject({ code: 'not-covered' });
    const before = await owned(ada);
    const opened = await kim.browser.ask(order.content.id, ['country']);
    await lea.browser.join(opened.opening);
    expect(await kim.browser.read(opened)).toEqual([{ field: 'country', value: IDENTITY.country }]);
    expect(await owned(ada)).toEqual(before);
    await server.stop();
    clock.advance(3 * DAY);
    server = await server.restart();
    const again = await signIn(server, 'ada');
    await expect.poll(() => owned(again)).toHaveLength(before.length + 1);
    const all = await told(again);
    expect(all.at(-1)).toMatch(/What was opened: country\./);
    await server.stop();
    server = await server.restart();
    expect(await told(await signIn(server, 'ada'))).toEqual(all);
    // What was handed over is gone with the opening's day.
    kim = { ...kim, browser: browserOf(server, await signIn(server, 'kim'), kim.keys, clock.now) };
    await expect(kim.browser.read(opened)).rejects.toMatchObject({ code: 'M_BAD_STATE' });
  });
});
