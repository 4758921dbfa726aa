import type { UserId } from '@byline/protocol';
import type { OrderId } from '@byline/protocol/byline/custody.ts';
import { type Order, OrderContent } from '@byline/protocol/byline/opening.ts';
import type { Reader, Writer } from '../../../platform/engine/engine.ts';
import type { CustodyTables, OrderRow, RevocationRow } from './tables.ts';

const tables = (database: Reader | Writer) => database.withTables<CustodyTables>();

const withRevocations = (database: Reader | Writer) =>
  tables(database)
    .selectFrom('opening_orders')
    .leftJoin('order_revocations', 'order_revocations.order_id', 'opening_orders.order_id')
    .select(['content', 'hash', 'filed_by', 'revoked_at']);

/** All SQL of orders. They are inserted and read, never changed. */
export class OrderStore {
  readonly #reader: Reader;

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  async insert(writer: Writer, row: OrderRow): Promise<void> {
    await tables(writer).insertInto('opening_orders').values(row).execute();
  }

  async find(id: OrderId, database: Reader | Writer = this.#reader): Promise<Order | undefined> {
    const row = await withRevocations(database).where('opening_orders.order_id', '=', id).executeTakeFirst();
    return row && orderOf(row);
  }

  /** The newest first. */
  async all(): Promise<Order[]> {
    const rows = await withRevocations(this.#reader)
      .orderBy('filed_at', 'desc')
      .orderBy('opening_orders.order_id')
      .execute();
    return rows.map(orderOf);
  }

  /** Keeps that an order was revoked; the first time counts. */
  async revoke(writer: Writer, row: RevocationRow): Promise<void> {
    await tables(writer)
      .insertInto('order_revocations')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

const orderOf = (row: {
  readonly content: string;
  readonly hash: string;
  readonly filed_by: UserId;
  readonly revoked_at: number | null;
}): Order => ({
  content: OrderContent.parse(JSON.parse(row.content)),
  hash: row.hash,
  filed_by: row.filed_by,
  ...(row.revoked_at === null ? {} : { revoked_at: row.revoked_at }),
});
