import { ApplicationId, IDENTITY_FIELDS, type LegalIdentity } from '@byline/protocol/byline/identity.ts';
import {
  type ConfirmedSet,
  CustodianSet,
  type CustodyField,
  type StandingField,
  StandingRecord,
} from '@byline/protocol/byline/custody.ts';
import { UserId } from '@byline/protocol/ids.ts';
import { type OpeningRequest, type Order, OrderContent } from '@byline/protocol/byline/opening.ts';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { CustodianKeys } from '../../sealing/custodian-key-file.ts';
import { createKeyPair } from '../../sealing/sealing-key.ts';
import { createSigningKeyPair, signText } from '../../sealing/signing-key.ts';
import { areConfirmed, custodianOf, type PlacedCustodian } from './custodian-set.ts';
import { faultOf, handOver, readField } from './opening.ts';
import { padded, unpadded } from './padding.ts';
import { deal } from './resealing.ts';
import { openField, openShare, sealStandingRecord } from './standing-record.ts';
import { openingStatement, orderHash, setHash, setStatement } from './statements.ts';

const APPLICATION = ApplicationId.parse('application-of-city-hall');
const ANOTHER = ApplicationId.parse('application-of-newspaper');
const NAME = { application: APPLICATION, version: 1 };
const IDENTITY: LegalIdentity = {
  subject_kind: 'individual',
  legal_name: 'Ana Ruiz, 张伟',
  document_kind: 'passport',
  document_number: 'X-12 345',
  country: 'ES',
};
const failing = (code: string) => expect.objectContaining({ name: 'SealingError', code });
const CANNOT_OPEN = failing('cannot-open');

const people = new Map<string, CustodianKeys>();
const idOf = (name: string): UserId => UserId.parse(`@${name}:byline.test`);
const keysOf = (userId: UserId): CustodianKeys => {
  const keys = people.get(userId);
  if (keys === undefined) throw new Error(`${userId} has no keys.`);
  return keys;
};

const setOf = (number: number, names: readonly string[], previous?: string): CustodianSet =>
  CustodianSet.parse({
    number,
    previous,
    custodians: names.map((name) => {
      const { sealing, signing } = keysOf(idOf(name));
      return {
        user_id: idOf(name),
        kid: sealing.kid,
        public_key: sealing.publicKey,
        signing_key: signing.publicKey,
      };
    }),
  });

const confirmedBy = async (set: CustodianSet, names: readonly string[]): Promise<ConfirmedSet> => ({
  set,
  confirmations: await Promise.all(
    names.map(async (name) => ({
      user_id: idOf(name),
      signature: await signText(keysOf(idOf(name)).signing, setStatement(set)),
    })),
  ),
});

const inSet = (set: CustodianSet, name: string): PlacedCustodian => {
  const custodian = custodianOf(set, idOf(name));
  if (custodian === undefined) throw new Error(`${name} is not in the set.`);
  return custodian;
};

const fieldOf = (record: StandingRecord, field: CustodyField): StandingField => {
  const found = record.fields.find((one) => one.field === field);
  if (found === undefined) throw new Error(`${field} is not in the record.`);
  return found;
};

let first: CustodianSet;
let record: StandingRecord;

beforeAll(async () => {
  for (const name of ['ann', 'ben', 'cid', 'dot', 'eve'])
    people.set(idOf(name), { sealing: await createKeyPair(), signing: await createSigningKeyPair() });
  first = setOf(1, ['ann', 'ben', 'cid']);
  record = StandingRecord.parse(await sealStandingRecord(first, NAME, IDENTITY));
});

const shareOf = (name: string, field: CustodyField, changes: object = {}, set = first, from = record) => {
  const holder = inSet(set, name);
  const share = fieldOf(from, field).shares.find(({ custodian }) => custodian === holder.user_id);
  if (share === undefined) throw new Error(`${name} has no share.`);
  return openShare(keysOf(holder.user_id).sealing, holder, { ...NAME, set: set.number, field, ...changes }, share);
};

const opened = async (one: string, other: string, field: CustodyField, set = first, from = record): Promise<string> =>
  openField({ ...NAME, field }, fieldOf(from, field).encrypted, [
    await shareOf(one, field, {}, set, from),
    await shareOf(other, field, {}, set, from),
  ]);

describe('a standing record', () => {
  test.each([
    ['ann', 'ben'],
    ['ben', 'cid'],
    ['cid', 'ann'],
  ])('opens by %s and %s together, field by field', async (one, other) => {
    for (const field of IDENTITY_FIELDS) expect(await opened(one, other, field)).toBe(IDENTITY[field]);
  });

  test('holds only the fields that are filled in', async () => {
    const few = await sealStandingRecord(first, NAME, { ...IDENTITY, document_number: ' ' });
    expect(few.fields.map(({ field }) => field)).toEqual(['legal_name', 'document_kind', 'country']);
  });

  test('does not show how long a field is', () => {
    const { country, document_kind: kind } = Object.fromEntries(
      record.fields.map(({ field, encrypted }) => [field, encrypted.ct.length]),
    );
    expect(country).toBe(kind);
  });

  test('does not open by one share given twice, nor by shares of two fields', async () => {
    const name = await shareOf('ann', 'legal_name');
    const { encrypted } = fieldOf(record, 'legal_name');
    await expect(openField({ ...NAME, field: 'legal_name' }, encrypted, [name, name])).rejects.toEqual(CANNOT_OPEN);
    const country = await shareOf('ben', 'country');
    await expect(openField({ ...NAME, field: 'legal_name' }, encrypted, [name, country])).rejects.toEqual(CANNOT_OPEN);
  });

  test.each<[string, object]>([
    ['account', { application: ANOTHER }],
    ['version', { version: 2 }],
    ['field', { field: 'country' }],
    ['set', { set: 2 }],
  ])('has shares that do not open for another %s', async (_what, changes) => {
    await expect(shareOf('ann', 'legal_name', changes).then(() => 'opened')).rejects.toEqual(CANNOT_OPEN);
  });

  test('has shares that do not open in another place, or under another name', async () => {
    const holder = inSet(first, 'ann');
    const share = fieldOf(record, 'legal_name').shares[0];
    const name = { ...NAME, set: 1, field: 'legal_name' } as const;
    for (const other of [
      { ...holder, place: 2 },
      { ...holder, user_id: idOf('ben') },
    ])
      await expect(openShare(keysOf(holder.user_id).sealing, other, name, share ?? { parts: [] })).rejects.toEqual(
        CANNOT_OPEN,
      );
  });

  test.each<[string, object]>([
    ['account', { application: ANOTHER }],
    ['version', { version: 2 }],
    ['field', { field: 'country' }],
  ])('has fields that do not open for another %s', async (_what, changes) => {
    const shares = [await shareOf('ann', 'legal_name'), await shareOf('ben', 'legal_name')] as const;
    const { encrypted } = fieldOf(record, 'legal_name');
    const name = { ...NAME, field: 'legal_name', ...changes } as const;
    await expect(openField(name, encrypted, shares)).rejects.toEqual(CANNOT_OPEN);
  });

  test('does not open when any character of it was changed', async () => {
    const { encrypted, shares } = fieldOf(record, 'legal_name');
    const both = [await shareOf('ann', 'legal_name'), await shareOf('ben', 'legal_name')] as const;
    const sealed = shares[0]?.parts[0]?.sealed;
    if (sealed === undefined) throw new Error('There is no share.');
    const places = fc.record({
      part: fc.constantFrom('iv' as const, 'ct' as const, 'share.enc' as const, 'share.ct' as const),
      at: fc.nat(),
    });
    await fc.assert(
      fc.asyncProperty(places, async ({ part, at }) => {
        const holder = inSet(first, 'ann');
        const name = { ...NAME, set: 1, field: 'legal_name' } as const;
        const opening = {
          iv: () => openField(name, { ...encrypted, iv: altered(encrypted.iv, at) }, both),
          ct: () => openField(name, { ...encrypted, ct: altered(encrypted.ct, at) }, both),
          'share.enc': () => openShareOf({ ...sealed, enc: altered(sealed.enc, at) }),
          'share.ct': () => openShareOf({ ...sealed, ct: altered(sealed.ct, at) }),
        };
        const openShareOf = (changed: typeof sealed) =>
          openShare(keysOf(holder.user_id).sealing, holder, name, { parts: [{ sealed: changed }] });
        await expect(opening[part]().then(() => 'opened')).rejects.toEqual(CANNOT_OPEN);
      }),
      { numRuns: 60 },
    );
  });
});

/** With another character in some place but the last, whose low bits may mean nothing. */
const altered = (text: string, at: number): string => {
  const place = at % (text.length - 1);
  return `${text.slice(0, place)}${text[place] === 'A' ? 'B' : 'A'}${text.slice(place + 1)}`;
};

test('any text is padded and found again', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
      expect(padded(text).length % 128).toBe(0);
      expect(unpadded(padded(text))).toBe(text);
    }),
  );
});

describe('custodians', () => {
  test.each<[string, (set: CustodianSet) => Promise<ConfirmedSet>, boolean]>([
    ['whom all of them confirmed', (set) => confirmedBy(set, ['ann', 'ben', 'cid']), true],
    ['one of whom did not', (set) => confirmedBy(set, ['ann', 'ben']), false],
    ['confirmed by a stranger instead', (set) => confirmedBy(set, ['ann', 'ben', 'eve']), false],
    [
      'who confirmed another set',
      async (set) => ({
        set,
        confirmations: (await confirmedBy(setOf(1, ['ben', 'ann', 'cid']), ['ann', 'ben', 'cid'])).confirmations,
      }),
      false,
    ],
  ])('%s', async (_what, make, expected) => {
    expect(await areConfirmed([await make(first)])).toBe(expected);
  });

  test('are followed by others only when two of them, and all of the others, have signed it', async () => {
    const start = await confirmedBy(first, ['ann', 'ben', 'cid']);
    const next = setOf(2, ['ben', 'dot', 'eve'], await setHash(first));
    const chain = async (signers: readonly string[]) => [start, await confirmedBy(next, signers)];
    expect(await areConfirmed(await chain(['ben', 'dot', 'eve', 'ann']))).toBe(true);
    expect(await areConfirmed(await chain(['ben', 'dot', 'eve']))).toBe(false);
    expect(await areConfirmed(await chain(['ann', 'ben', 'cid', 'dot']))).toBe(false);
    const strangers = setOf(2, ['dot', 'eve', 'ben']);
    expect(await areConfirmed([start, await confirmedBy(strangers, ['ann', 'ben', 'cid', 'dot', 'eve'])])).toBe(false);
  });

  test('are those whom a browser knew before', async () => {
    const start = await confirmedBy(first, ['ann', 'ben', 'cid']);
    expect(await areConfirmed([start], await setHash(first))).toBe(true);
    const others = setOf(1, ['cid', 'dot', 'eve']);
    const elsewhere = await confirmedBy(others, ['cid', 'dot', 'eve']);
    expect(await areConfirmed([elsewhere])).toBe(true);
    expect(await areConfirmed([elsewhere], await setHash(first))).toBe(false);
  });

  test('are not one person twice', async () => {
    const twice = setOf(1, ['ann', 'ben', 'ben']);
    expect(await areConfirmed([await confirmedBy(twice, ['ann', 'ben'])])).toBe(false);
  });
});

describe('an opening', () => {
  const NOW = 1_000_000;
  let order: Order;
  let recipient: Awaited<ReturnType<typeof createKeyPair>>;
  let request: OpeningRequest;

  beforeAll(async () => {
    const content = OrderContent.parse({
      id: 'order-of-the-court',
      authority: 'District court',
      legal_basis: 'Article 7',
      application: APPLICATION,
      fields: ['legal_name', 'country'],
      filed_at: NOW - 1,
      expires_at: NOW + 1,
      notice: 'at-once',
    });
    order = { content, hash: await orderHash(content), filed_by: idOf('admin') };
    recipient = await createKeyPair();
    const { hash } = order;
    const what = { order_hash: hash, application: APPLICATION, version: 1, set: 1 };
    request = { ...what, fields: ['legal_name'], recipient_key: recipient.publicKey };
  });

  const asked = async (by: string, what = request) => ({
    user_id: idOf(by),
    at: NOW,
    signature: await signText(keysOf(idOf(by)).signing, openingStatement(idOf(by), what)),
  });

  test('shows the field that is named, and only to who made the key for it', async () => {
    const [ann, ben] = [inSet(first, 'ann'), inSet(first, 'ben')];
    const [own, theirs] = ['ann', 'ben'].map((name) =>
      fieldOf(record, 'legal_name').shares.find(({ custodian }) => custodian === idOf(name)),
    );
    if (own === undefined || theirs === undefined) throw new Error('There are no shares.');
    const other = await handOver(keysOf(ben.user_id).sealing, ben, request, { field: 'legal_name', share: theirs });
    const { encrypted } = fieldOf(record, 'legal_name');
    const toRead = { field: 'legal_name', encrypted, own, other } as const;
    const keys = { own: keysOf(ann.user_id).sealing, recipient };
    const by = { reader: ann, other: ben };
    expect(await readField(keys, by, request, toRead)).toBe(IDENTITY.legal_name);
    await expect(readField({ ...keys, recipient: await createKeyPair() }, by, request, toRead)).rejects.toEqual(
      failing('other-key'),
    );
    await expect(readField(keys, by, { ...request, order_hash: 'A'.repeat(43) }, toRead)).rejects.toEqual(CANNOT_OPEN);
    const country = fieldOf(record, 'country');
    const swapped = { ...toRead, field: 'country', encrypted: country.encrypted } as const;
    await expect(readField(keys, by, request, swapped)).rejects.toEqual(CANNOT_OPEN);
    await expect(readField(keys, by, { ...request, fields: ['country'] }, swapped)).rejects.toEqual(CANNOT_OPEN);
  });

  test('is in order when a custodian asked for what the order says', async () => {
    expect(await faultOf({ request, asked: await asked('ann') }, order, first, NOW)).toBeUndefined();
  });

  test.each<[string, (right: OpeningRequest) => OpeningRequest, string]>([
    ['another account', (right) => ({ ...right, application: ANOTHER }), 'not-covered'],
    ['a field that it does not name', (right) => ({ ...right, fields: ['document_number'] }), 'not-covered'],
    ['another order', (right) => ({ ...right, order_hash: 'A'.repeat(43) }), 'order-changed'],
    ['other custodians', (right) => ({ ...right, set: 2 }), 'not-a-custodian'],
  ])('of %s has a fault', async (_what, change, fault) => {
    const wrong = change(request);
    expect(await faultOf({ request: wrong, asked: await asked('ann', wrong) }, order, first, NOW)).toBe(fault);
  });

  test.each<[string, (right: Order) => Order, string]>([
    ['changed', (right) => ({ ...right, content: { ...right.content, authority: 'Nobody' } }), 'order-changed'],
    [
      'widened',
      (right) => ({ ...right, content: { ...right.content, fields: [...IDENTITY_FIELDS] } }),
      'order-changed',
    ],
    ['revoked', (right) => ({ ...right, revoked_at: NOW }), 'revoked'],
  ])('by an order that was %s has a fault', async (_what, change, fault) => {
    expect(await faultOf({ request, asked: await asked('ann') }, change(order), first, NOW)).toBe(fault);
  });

  test('has a fault after the order ran out', async () => {
    expect(await faultOf({ request, asked: await asked('ann') }, order, first, NOW + 1)).toBe('expired');
  });

  test('has a fault when a stranger signed, or another recipient was put in its place', async () => {
    expect(await faultOf({ request, asked: await asked('eve') }, order, first, NOW)).toBe('not-signed');
    const hijacked = { ...request, recipient_key: (await createKeyPair()).publicKey };
    expect(await faultOf({ request: hijacked, asked: await asked('ann') }, order, first, NOW)).toBe('not-signed');
    const borrowed = { ...(await asked('ann')), user_id: idOf('ben') };
    expect(await faultOf({ request, asked: borrowed }, order, first, NOW)).toBe('not-signed');
  });
});

test('a record is sealed anew for other custodians, again and again, and the old shares open nothing new', async () => {
  const sets = [first, setOf(2, ['ben', 'dot', 'eve', 'ann']), setOf(3, ['eve', 'cid', 'dot'])];
  const dealers = [
    ['ann', 'ben'],
    ['eve', 'dot'],
  ] as const;
  let now = record;
  for (const [index, [one, other]] of dealers.entries()) {
    const [from, to] = [sets[index], sets[index + 1]];
    if (from === undefined || to === undefined) throw new Error('There are too few sets.');
    now = await resealed(now, from, to, one, other);
  }
  const last = sets[2] ?? first;
  for (const field of IDENTITY_FIELDS) {
    expect(await opened('eve', 'cid', field, last, now)).toBe(IDENTITY[field]);
    expect(await opened('cid', 'dot', field, last, now)).toBe(IDENTITY[field]);
    const mixed = [await shareOf('ben', field), await shareOf('eve', field, {}, last, now)] as const;
    const { encrypted } = fieldOf(now, field);
    await expect(openField({ ...NAME, field }, encrypted, mixed)).rejects.toEqual(CANNOT_OPEN);
  }
});

const resealed = async (
  before: StandingRecord,
  from: CustodianSet,
  to: CustodianSet,
  one: string,
  other: string,
): Promise<StandingRecord> => {
  const fields = before.fields.map(async (sealed) => {
    const name = { ...NAME, set: from.number, field: sealed.field };
    const dealBy = async (dealer: string, partner: string) => {
      const holder = inSet(from, dealer);
      const share = sealed.shares.find(({ custodian }) => custodian === holder.user_id);
      if (share === undefined) throw new Error(`${dealer} has no share.`);
      const key = keysOf(holder.user_id).sealing;
      return deal(key, { holder, with: inSet(from, partner), to }, name, share);
    };
    const dealt = [
      { by: idOf(one), parts: await dealBy(one, other) },
      { by: idOf(other), parts: await dealBy(other, one) },
    ];
    const shares = to.custodians.map(({ user_id: custodian }) => ({
      custodian,
      parts: dealt.flatMap(({ by, parts }) =>
        parts.filter((part) => part.custodian === custodian).map((part) => ({ from: by, sealed: part.sealed })),
      ),
    }));
    return { ...sealed, shares };
  });
  return StandingRecord.parse({ ...before, set: to.number, fields: await Promise.all(fields) });
};
