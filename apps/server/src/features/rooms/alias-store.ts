import type { RoomAlias, RoomId, UserId } from '@byline/protocol';
import type { Reader, Writer } from '../../platform/engine/engine.ts';

export interface AliasRow {
  alias: RoomAlias;
  room_id: RoomId;
  creator: UserId;
}

type Tables = {
  room_aliases: AliasRow;
};

/** Keeps which alias leads to which room. */
export class AliasStore {
  readonly #reader: Reader;

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  find(alias: RoomAlias): Promise<AliasRow | undefined> {
    return this.#reader
      .withTables<Tables>()
      .selectFrom('room_aliases')
      .selectAll()
      .where('alias', '=', alias)
      .executeTakeFirst();
  }

  async ofRoom(roomId: RoomId): Promise<readonly RoomAlias[]> {
    const rows = await this.#reader
      .withTables<Tables>()
      .selectFrom('room_aliases')
      .select('alias')
      .where('room_id', '=', roomId)
      .orderBy('alias')
      .execute();
    return rows.map(({ alias }) => alias);
  }

  /** Tells whether the alias was free. */
  async insert(writer: Writer, row: AliasRow): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await writer
      .withTables<Tables>()
      .insertInto('room_aliases')
      .values(row)
      .onConflict((conflict) => conflict.column('alias').doNothing())
      .executeTakeFirstOrThrow();
    return numInsertedOrUpdatedRows === 1n;
  }

  /** Makes all aliases of a room lead to another. */
  async move(writer: Writer, from: RoomId, to: RoomId): Promise<void> {
    await writer
      .withTables<Tables>()
      .updateTable('room_aliases')
      .set({ room_id: to })
      .where('room_id', '=', from)
      .execute();
  }

  async delete(writer: Writer, alias: RoomAlias): Promise<void> {
    await writer.withTables<Tables>().deleteFrom('room_aliases').where('alias', '=', alias).execute();
  }
}
