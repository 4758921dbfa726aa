import type { UserId } from '@byline/protocol';
import type { CustodyField, OpeningId } from '@byline/protocol/byline/custody.ts';
import { type Opening, OpeningRequest } from '@byline/protocol/byline/opening.ts';
import { Sealed } from '@byline/protocol/byline/sealed.ts';
import type { Reader, Writer } from '../../../platform/engine/engine.ts';
import type { CustodyTables, HandedOverRow, OpeningRow, OpeningStepRow } from './tables.ts';

const tables = (database: Reader | Writer) => database.withTables<CustodyTables>();

/** All SQL of openings. */
export class OpeningStore {
  readonly #reader: Reader;

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  async insert(writer: Writer, row: OpeningRow): Promise<void> {
    await tables(writer).insertInto('openings').values(row).execute();
  }

  /** An opening that nobody else changes until the transaction ends. */
  lock(writer: Writer, id: OpeningId): Promise<OpeningRow | undefined> {
    return tables(writer)
      .updateTable('openings')
      .set({ opening_id: id })
      .where('opening_id', '=', id)
      .returningAll()
      .executeTakeFirst();
  }

  async update(writer: Writer, id: OpeningId, changes: Partial<OpeningRow>): Promise<void> {
    await tables(writer).updateTable('openings').set(changes).where('opening_id', '=', id).execute();
  }

  /** Adds what was done to the history of an opening, which is locked. */
  async addStep(writer: Writer, step: Omit<OpeningStepRow, 'number'>): Promise<void> {
    const { last } = await tables(writer)
      .selectFrom('opening_steps')
      .select((select) => select.fn.coalesce(select.fn.max('number'), select.lit(0)).as('last'))
      .where('opening_id', '=', step.opening_id)
      .executeTakeFirstOrThrow();
    await tables(writer)
      .insertInto('opening_steps')
      .values({ ...step, number: last + 1 })
      .execute();
  }

  /** All of them, the newest first. */
  async all(): Promise<Opening[]> {
    const rows = await tables(this.#reader)
      .selectFrom('openings')
      .selectAll()
      .orderBy('asked_at', 'desc')
      .orderBy('opening_id')
      .execute();
    const steps = await tables(this.#reader)
      .selectFrom('opening_steps')
      .selectAll()
      .orderBy('opening_id')
      .orderBy('number')
      .execute();
    const ofOpening = Map.groupBy(steps, ({ opening_id }) => opening_id);
    return rows.map((row) => openingOf(row, ofOpening.get(row.opening_id) ?? []));
  }

  /** Those of one person's identity of which they were told, the newest first. */
  ofSubject(userId: UserId): Promise<OpeningRow[]> {
    return tables(this.#reader)
      .selectFrom('openings')
      .selectAll()
      .where('subject', '=', userId)
      .where('told_at', 'is not', null)
      .orderBy('joined_at', 'desc')
      .orderBy('opening_id')
      .execute();
  }

  /** Those of which somebody has still to be told by some moment. */
  due(now: number): Promise<OpeningRow[]> {
    return tables(this.#reader)
      .selectFrom('openings')
      .selectAll()
      .where('told_at', 'is', null)
      .where('notice_at', '<=', now)
      .orderBy('notice_at')
      .orderBy('opening_id')
      .execute();
  }

  /** Keeps what was handed over; another of the same field takes its place. */
  async handOver(writer: Writer, rows: readonly HandedOverRow[]): Promise<void> {
    for (const row of rows)
      await tables(writer)
        .insertInto('opening_shares')
        .values(row)
        .onConflict((conflict) => conflict.columns(['opening_id', 'field']).doUpdateSet({ sealed: row.sealed }))
        .execute();
  }

  async handedOver(writer: Writer, id: OpeningId): Promise<ReadonlyMap<CustodyField, Sealed>> {
    const rows = await tables(writer).selectFrom('opening_shares').selectAll().where('opening_id', '=', id).execute();
    return new Map(rows.map(({ field, sealed }) => [field, Sealed.parse(JSON.parse(sealed))]));
  }

  async forgetHandedOver(writer: Writer, id: OpeningId): Promise<void> {
    await tables(writer).deleteFrom('opening_shares').where('opening_id', '=', id).execute();
  }

  /** Deletes what was handed over in openings that have ended. */
  async forgetEnded(writer: Writer, now: number): Promise<void> {
    await tables(writer)
      .deleteFrom('opening_shares')
      .where('opening_id', 'in', (select) =>
        select.selectFrom('openings').select('opening_id').where('ends_at', '<=', now),
      )
      .execute();
  }
}

export const requestOf = ({ request }: Pick<OpeningRow, 'request'>): OpeningRequest =>
  OpeningRequest.parse(JSON.parse(request));

/** An opening as those who watch over it read it. */
export const openingOf = (row: OpeningRow, steps: readonly OpeningStepRow[]): Opening => {
  const { joined_by, joined_at, joined_signature, notice_at, told_at } = row;
  const isJoined = joined_by !== null && joined_at !== null && joined_signature !== null;
  return {
    id: row.opening_id,
    order: row.order_id,
    request: requestOf(row),
    asked: { user_id: row.asked_by, at: row.asked_at, signature: row.asked_signature },
    ...(isJoined ? { joined: { user_id: joined_by, at: joined_at, signature: joined_signature } } : {}),
    ends_at: row.ends_at,
    history: steps.map(({ at, actor, step }) => ({ at, by: actor, step })),
    ...(notice_at === null ? {} : { notice_at }),
    ...(told_at === null ? {} : { told_at }),
  };
};
