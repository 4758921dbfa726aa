import type { RoomId } from '@byline/protocol';
import type { Engine, Writer } from '../../platform/engine/engine.ts';

type Tables = {
  published_rooms: { room_id: RoomId };
};

/** Keeps which rooms are in the public directory. */
export class DirectoryStore {
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  async all(): Promise<readonly RoomId[]> {
    const rows = await this.#engine.reader
      .withTables<Tables>()
      .selectFrom('published_rooms')
      .select('room_id')
      .execute();
    return rows.map((row) => row.room_id);
  }

  async has(roomId: RoomId): Promise<boolean> {
    const row = await this.#engine.reader
      .withTables<Tables>()
      .selectFrom('published_rooms')
      .select('room_id')
      .where('room_id', '=', roomId)
      .executeTakeFirst();
    return row !== undefined;
  }

  readonly insertInside = async (writer: Writer, roomIds: readonly RoomId[]): Promise<void> => {
    await writer
      .withTables<Tables>()
      .insertInto('published_rooms')
      .values(roomIds.map((roomId) => ({ room_id: roomId })))
      .onConflict((conflict) => conflict.column('room_id').doNothing())
      .execute();
  };

  async insert(roomId: RoomId): Promise<void> {
    await this.#engine.transaction((writer) => this.insertInside(writer, [roomId]));
  }

  /** Puts one room in the place of another, if that is published. */
  async replace(writer: Writer, from: RoomId, to: RoomId): Promise<void> {
    await writer
      .withTables<Tables>()
      .updateTable('published_rooms')
      .set({ room_id: to })
      .where('room_id', '=', from)
      .execute();
  }

  async delete(roomId: RoomId): Promise<void> {
    await this.#engine.transaction((writer) =>
      writer.withTables<Tables>().deleteFrom('published_rooms').where('room_id', '=', roomId).execute(),
    );
  }
}
