import type { RoomId, UserId } from '@byline/protocol';
import type { Engine } from '../../platform/engine/engine.ts';
import type { Position } from '../../platform/log/entry.ts';

type Tables = {
  forgotten_rooms: ForgottenRow;
};

interface ForgottenRow {
  user_id: UserId;
  room_id: RoomId;
  /** Of the membership that was forgotten. */
  position: Position;
}

/** Keeps which rooms people want to hear no more of. */
export class ForgottenStore {
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  async insert(userId: UserId, roomId: RoomId, position: Position): Promise<void> {
    await this.#engine.transaction((writer) =>
      writer
        .withTables<Tables>()
        .insertInto('forgotten_rooms')
        .values({ user_id: userId, room_id: roomId, position })
        .onConflict((conflict) => conflict.columns(['user_id', 'room_id']).doUpdateSet({ position }))
        .execute(),
    );
  }

  async all(userId: UserId): Promise<ReadonlyMap<RoomId, Position>> {
    const rows = await this.#engine.reader
      .withTables<Tables>()
      .selectFrom('forgotten_rooms')
      .selectAll()
      .where('user_id', '=', userId)
      .execute();
    return new Map(rows.map((row) => [row.room_id, row.position]));
  }
}
