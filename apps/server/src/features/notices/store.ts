import type { RoomId, UserId } from '@byline/protocol';
import type { Reader, Writer } from '../../platform/engine/engine.ts';

type Tables = {
  notice_rooms: { user_id: UserId; room_id: RoomId };
  notices_given: { user_id: UserId; occasion: string };
};

const tables = (database: Reader | Writer) => database.withTables<Tables>();

/** All SQL of the provider's notices. Their texts are messages of rooms. */
export class NoticeStore {
  async roomOf(writer: Writer, userId: UserId): Promise<RoomId | undefined> {
    const row = await tables(writer)
      .selectFrom('notice_rooms')
      .select('room_id')
      .where('user_id', '=', userId)
      .executeTakeFirst();
    return row?.room_id;
  }

  async addRoom(writer: Writer, userId: UserId, roomId: RoomId): Promise<void> {
    await tables(writer).insertInto('notice_rooms').values({ user_id: userId, room_id: roomId }).execute();
  }

  /** Keeps that a user was told of an occasion. Tells whether it is the first time. */
  async give(writer: Writer, userId: UserId, occasion: string): Promise<boolean> {
    const { numInsertedOrUpdatedRows = 0n } = await tables(writer)
      .insertInto('notices_given')
      .values({ user_id: userId, occasion })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow();
    return numInsertedOrUpdatedRows > 0n;
  }
}
