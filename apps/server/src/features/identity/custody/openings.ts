import { faultOfRequest, isSigned } from '@byline/core/identity/custody/opening.ts';
import { keyIdOf } from '@byline/core/sealing/sealing-key.ts';
import { DomainError, type UserId } from '@byline/protocol';
import { OpeningId, type OrderId } from '@byline/protocol/byline/custody.ts';
import type { FieldToRead } from '@byline/core/identity/custody/opening.ts';
import type {
  HandedOver,
  Opening,
  OpeningRequest,
  OpeningStep,
  Order,
  OwnOpening,
} from '@byline/protocol/byline/opening.ts';
import { randomBytes } from 'node:crypto';
import type { Clock } from '../../../platform/clock.ts';
import type { Engine, Writer } from '../../../platform/engine/engine.ts';
import type { Accounts } from '../../publishing/service.ts';
import type { Custodians } from './custodians.ts';
import type { OpeningNotices } from './opening-notices.ts';
import { openingOf, type OpeningStore, requestOf } from './opening-store.ts';
import type { OrderStore } from './order-store.ts';
import { noSuchIdentity, noSuchOrder } from './orders.ts';
import type { RecordStore } from './record-store.ts';
import { noSuchOpening, notCovered, ORDER_FAULTS, requireSomebodyElse } from './refusals.ts';
import type { OpeningRow, StandingRow } from './tables.ts';

export interface OpeningsParts {
  readonly store: OpeningStore;
  readonly orders: OrderStore;
  readonly records: RecordStore;
  readonly custodians: Custodians;
  readonly notices: OpeningNotices;
  readonly accounts: Accounts;
  readonly engine: Engine;
  readonly clock: Clock;
}

/** How long an opening goes on at most. */
const LIFETIME_MS = 24 * 60 * 60_000;

type Shares = Awaited<ReturnType<RecordStore['sharesOf']>>;

/**
 * Opening an identity: one custodian asks, another joins and hands over their shares, sealed to the first. The server sees
 * that both may, writes it down, and only then gives anything out; it can open nothing itself.
 */
export class Openings {
  readonly #parts: OpeningsParts;

  constructor(parts: OpeningsParts) {
    this.#parts = parts;
  }

  /**
   * Asks for an opening. Nothing is given out yet.
   *
   * @throws DomainError `BYLINE_ROLE_REQUIRED`, `BYLINE_OWN_CASE`, `M_NOT_FOUND`, `M_INVALID_SIGNATURE`, `M_FORBIDDEN` with `fault`
   *   when the order does not say so
   */
  async ask(by: UserId, orderId: OrderId, request: OpeningRequest, signature: string): Promise<Opening> {
    const { store, engine, clock, custodians } = this.#parts;
    custodians.requireCustodian(by);
    const now = clock.now();
    return engine.transaction(async (writer) => {
      const { order, record } = await this.#requireCovered(writer, orderId, request);
      this.#requireUninvolved(by, order, record);
      await this.#requireSigned(writer, by, request, signature);
      const row: OpeningRow = {
        opening_id: OpeningId.parse(randomBytes(16).toString('base64url')),
        order_id: orderId,
        subject: record.user_id,
        request: JSON.stringify(request),
        asked_by: by,
        asked_at: now,
        asked_signature: signature,
        joined_by: null,
        joined_at: null,
        joined_signature: null,
        ends_at: Math.min(now + LIFETIME_MS, order.content.expires_at),
        notice_at: null,
        told_at: null,
      };
      await store.insert(writer, row);
      const step = { opening_id: row.opening_id, at: now, actor: by, step: 'asked' } as const;
      await store.addStep(writer, step);
      return openingOf(row, [{ ...step, number: 1 }]);
    });
  }

  /**
   * Joins an opening. When that is durable, and not before, it gives the one who joins their own shares of what is named.
   *
   * @throws DomainError as `ask`, `M_FORBIDDEN` for the one who asked, `M_BAD_STATE` when another joined or it has ended
   */
  async join(by: UserId, id: OpeningId, signature: string): Promise<Shares> {
    const { store, engine, clock, custodians, records, notices } = this.#parts;
    custodians.requireCustodian(by);
    const request = await engine.transaction(async (writer) => {
      const row = await this.#requireOpen(writer, id);
      requireSomebodyElse(row, by);
      const asked = requestOf(row);
      const { order, record } = await this.#requireCovered(writer, row.order_id, asked);
      this.#requireUninvolved(by, order, record);
      await this.#requireSigned(writer, by, asked, signature);
      custodians.requireCustodian(row.asked_by);
      if (row.joined_by === null) {
        const now = clock.now();
        const { notice } = order.content;
        const joined = { joined_by: by, joined_at: now, joined_signature: signature };
        await store.update(writer, id, { ...joined, notice_at: notice === 'at-once' ? now : Math.max(now, notice) });
      }
      await this.#addStep(writer, id, by, 'joined');
      return asked;
    });
    notices.wake();
    return records.sharesOf(request.application, by, request.fields);
  }

  /**
   * Takes the shares of the one who joined, sealed to the one who asked.
   *
   * @throws DomainError `BYLINE_ROLE_REQUIRED`, `M_NOT_FOUND`, `M_BAD_STATE`, `M_FORBIDDEN`, `M_INVALID_PARAM` when they are not just
   *   those of the named fields, or sealed to another key
   */
  async handOver(by: UserId, id: OpeningId, shares: readonly HandedOver[]): Promise<void> {
    const { store, engine, custodians } = this.#parts;
    custodians.requireCustodian(by);
    await engine.transaction(async (writer) => {
      const row = await this.#requireOpen(writer, id);
      if (row.joined_by !== by)
        throw new DomainError('M_FORBIDDEN', 'Only the custodian who joined hands over shares.');
      const request = requestOf(row);
      await this.#requireCovered(writer, row.order_id, request);
      const named = shares.map(({ field }) => field).toSorted();
      if (named.join(' ') !== request.fields.toSorted().join(' '))
        throw new DomainError('M_INVALID_PARAM', 'Hand over one share of each field that is named, and no other.');
      const kid = await keyIdOf(request.recipient_key);
      if (shares.some(({ sealed }) => sealed.kid !== kid))
        throw new DomainError('M_INVALID_PARAM', 'This is not sealed to the custodian who asked.');
      const rows = shares.map(({ field, sealed }) => ({ opening_id: id, field, sealed: JSON.stringify(sealed) }));
      await store.handOver(writer, rows);
      await this.#addStep(writer, id, by, 'handed-over');
    });
  }

  /**
   * What the one who asked needs to read the named fields: still sealed, to keys that only they have.
   *
   * @throws DomainError `BYLINE_ROLE_REQUIRED`, `M_NOT_FOUND`, `M_FORBIDDEN`, `M_BAD_STATE` while nothing was handed over
   */
  async read(by: UserId, id: OpeningId): Promise<FieldToRead[]> {
    const { store, engine, custodians, records } = this.#parts;
    custodians.requireCustodian(by);
    const { request, handed } = await engine.transaction(async (writer) => {
      const row = await this.#requireOpen(writer, id);
      if (row.asked_by !== by)
        throw new DomainError('M_FORBIDDEN', 'Only the custodian who asked reads what is opened.');
      if (row.joined_by !== null) custodians.requireCustodian(row.joined_by);
      const asked = requestOf(row);
      await this.#requireCovered(writer, row.order_id, asked);
      const all = await store.handedOver(writer, id);
      if (all.size === 0) throw new DomainError('M_BAD_STATE', 'Nobody has handed over their shares yet.');
      await this.#addStep(writer, id, by, 'read');
      return { request: asked, handed: all };
    });
    const own = new Map(
      (await records.sharesOf(request.application, by, request.fields)).map(({ field, share }) => [field, share]),
    );
    const fields = await records.fieldsOf(request.application, request.fields);
    return fields.flatMap(({ field, encrypted }) => {
      const [mine, other] = [own.get(field), handed.get(field)];
      return mine === undefined || other === undefined ? [] : [{ field, encrypted, own: mine, other }];
    });
  }

  /** Ends an opening; what was handed over is deleted. Throws `BYLINE_ROLE_REQUIRED`, `M_NOT_FOUND`, `M_FORBIDDEN`, `M_BAD_STATE`. */
  async close(by: UserId, id: OpeningId): Promise<void> {
    const { store, engine, clock, custodians } = this.#parts;
    custodians.requireCustodian(by);
    await engine.transaction(async (writer) => {
      const row = await this.#requireOpen(writer, id);
      if (row.asked_by !== by && row.joined_by !== by)
        throw new DomainError('M_FORBIDDEN', 'Only its two custodians end an opening.');
      await store.forgetHandedOver(writer, id);
      await store.update(writer, id, { ends_at: clock.now() });
      await this.#addStep(writer, id, by, 'closed');
    });
  }

  /** All of them, for those who watch over it. Throws `BYLINE_ROLE_REQUIRED`. */
  async list(by: UserId): Promise<Opening[]> {
    this.#parts.custodians.requireOverseer(by);
    return this.#parts.store.all();
  }

  /** Those of one's own identity of which one was told; not who opened it. */
  async own(userId: UserId): Promise<OwnOpening[]> {
    const { store, orders } = this.#parts;
    const rows = await store.ofSubject(userId);
    const views = rows.map(async (row): Promise<OwnOpening[]> => {
      const order = await orders.find(row.order_id);
      if (order === undefined) return [];
      const { authority, legal_basis } = order.content;
      const { application, fields } = requestOf(row);
      return [{ at: row.joined_at ?? row.asked_at, application, fields, authority, legal_basis }];
    });
    return (await Promise.all(views)).flat();
  }

  /** Nobody opens their own identity, nor by an order that they filed. */
  #requireUninvolved(by: UserId, order: Order, { user_id, account_id }: StandingRow): void {
    const isOperator = account_id !== null && this.#parts.accounts.isOperator(account_id, by);
    if (user_id === by || isOperator || order.filed_by === by)
      throw new DomainError('BYLINE_OWN_CASE', 'This concerns you, or you filed the order. Other custodians open it.');
  }

  /** That an order in force says just this, of a record as it is now. */
  async #requireCovered(writer: Writer, orderId: OrderId, request: OpeningRequest) {
    const { orders, records, custodians, clock } = this.#parts;
    const order = await orders.find(orderId, writer);
    if (order === undefined) throw noSuchOrder();
    const record = await records.find(order.content.application, writer);
    if (record === undefined) throw noSuchIdentity();
    const set = await custodians.set(record.set_number, writer);
    if (set === undefined) throw new Error('A record is sealed to custodians who are not known.');
    const fault = await faultOfRequest(request, order, set, clock.now());
    if (fault !== undefined) throw notCovered(ORDER_FAULTS[fault], fault);
    if (request.version !== record.version)
      throw notCovered('The record has changed. Please ask again.', 'not-covered');
    return { order, record };
  }

  async #requireSigned(writer: Writer, by: UserId, request: OpeningRequest, signature: string): Promise<void> {
    const set = await this.#parts.custodians.set(request.set, writer);
    if (set !== undefined && (await isSigned(set, request, { user_id: by, signature }))) return;
    throw new DomainError(
      'M_INVALID_SIGNATURE',
      'This is not signed by one of the custodians who hold this identity, or not just as it was asked.',
    );
  }

  async #requireOpen(writer: Writer, id: OpeningId): Promise<OpeningRow> {
    const row = await this.#parts.store.lock(writer, id);
    if (row === undefined) throw noSuchOpening();
    if (row.ends_at <= this.#parts.clock.now())
      throw new DomainError('M_BAD_STATE', 'This opening has ended. Please ask for another one.');
    return row;
  }

  #addStep(writer: Writer, id: OpeningId, actor: UserId, step: OpeningStep): Promise<void> {
    return this.#parts.store.addStep(writer, { opening_id: id, at: this.#parts.clock.now(), actor, step });
  }
}
