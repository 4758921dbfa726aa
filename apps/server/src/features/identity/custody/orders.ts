import { orderHash } from '@byline/core/identity/custody/statements.ts';
import { DomainError, type UserId } from '@byline/protocol';
import { OrderId } from '@byline/protocol/byline/custody.ts';
import type { fileOrder, Order, OrderContent } from '@byline/protocol/byline/opening.ts';
import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type { Clock } from '../../../platform/clock.ts';
import type { Engine } from '../../../platform/engine/engine.ts';
import type { Staff } from '../../provider/service.ts';
import type { Accounts } from '../../publishing/service.ts';
import type { Custodians } from './custodians.ts';
import type { OrderStore } from './order-store.ts';
import type { RecordStore } from './record-store.ts';
import type { StandingRow } from './tables.ts';

export interface OrdersParts {
  readonly store: OrderStore;
  readonly records: RecordStore;
  readonly custodians: Custodians;
  readonly accounts: Accounts;
  readonly staff: Staff;
  readonly engine: Engine;
  readonly clock: Clock;
}

/** An order as it is filed. */
export type OrderToFile = z.output<(typeof fileOrder)['body']>;

/** Longer than this nobody is left without knowing that their identity was opened, whatever an order says. */
const LATEST_NOTICE_MS = 3 * 366 * 24 * 60 * 60_000;

/** Orders to open identities: what somebody outside demands, on file before anything is opened. */
export class Orders {
  readonly #parts: OrdersParts;

  constructor(parts: OrdersParts) {
    this.#parts = parts;
  }

  /**
   * Files an order. It never changes; another one can be filed.
   *
   * @throws DomainError `BYLINE_ROLE_REQUIRED`, `M_NOT_FOUND` when custodians hold no such identity, `M_INVALID_PARAM`
   */
  async file(by: UserId, { scope, ...said }: OrderToFile): Promise<Order> {
    const { store, staff, engine, clock, records } = this.#parts;
    staff.requireRole(by, 'administrator');
    const now = clock.now();
    if (said.expires_at <= now) throw new DomainError('M_INVALID_PARAM', '"expires_at" must be in the future.');
    if (said.notice !== 'at-once' && said.notice > now + LATEST_NOTICE_MS)
      throw new DomainError('M_INVALID_PARAM', 'The publisher is told within three years at the latest.');
    const record = await this.#recordOf(scope);
    const known = await records.fieldNames(record.application_id);
    if (said.fields.some((field) => !known.includes(field)))
      throw new DomainError('M_INVALID_PARAM', 'This identity does not have all of these fields.', { fields: known });
    const content: OrderContent = {
      ...said,
      id: OrderId.parse(randomBytes(16).toString('base64url')),
      application: record.application_id,
      filed_at: now,
    };
    const hash = await orderHash(content);
    const row = { order_id: content.id, content: JSON.stringify(content), hash, filed_by: by, filed_at: now };
    await engine.transaction((writer) => store.insert(writer, row));
    return { content, hash, filed_by: by };
  }

  /** All of them, the newest first. Throws `BYLINE_ROLE_REQUIRED`. */
  async list(by: UserId): Promise<Order[]> {
    this.#parts.custodians.requireOverseer(by);
    return this.#parts.store.all();
  }

  /** Ends an order; what it opened can't be read by it any more. Throws `BYLINE_ROLE_REQUIRED`, `M_NOT_FOUND`. */
  async revoke(by: UserId, id: OrderId): Promise<void> {
    const { store, staff, engine, clock } = this.#parts;
    staff.requireRole(by, 'administrator');
    if ((await store.find(id)) === undefined) throw noSuchOrder();
    const row = { order_id: id, revoked_by: by, revoked_at: clock.now() };
    await engine.transaction((writer) => store.revoke(writer, row));
  }

  /** The record that an order is about, for a custodian. Throws `BYLINE_ROLE_REQUIRED`, `M_NOT_FOUND`. */
  async describe(by: UserId, id: OrderId): Promise<Pick<StandingRow, 'application_id' | 'version' | 'set_number'>> {
    const { store, custodians, records } = this.#parts;
    custodians.requireCustodian(by);
    const order = await store.find(id);
    if (order === undefined) throw noSuchOrder();
    const record = await records.find(order.content.application);
    if (record === undefined) throw noSuchIdentity();
    return record;
  }

  async #recordOf(scope: OrderToFile['scope']): Promise<StandingRow> {
    const { records, accounts } = this.#parts;
    if ('user_id' in scope) return requireRecord(await records.personalOf(scope.user_id));
    const account = accounts.byHandle(scope.handle);
    return requireRecord(account && (await records.ofAccount(account.accountId)));
  }
}

export const noSuchOrder = (): DomainError => new DomainError('M_NOT_FOUND', 'There is no such order.');
export const noSuchIdentity = (): DomainError =>
  new DomainError('M_NOT_FOUND', 'The custodians hold no such identity.');

const requireRecord = (row: StandingRow | undefined): StandingRow => {
  if (row === undefined) throw noSuchIdentity();
  return row;
};
