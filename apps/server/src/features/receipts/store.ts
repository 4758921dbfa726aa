import type { EventId, RoomId, UserId } from '@byline/protocol';
import type { Kysely } from 'kysely';
import type { Reader, Writer } from '../../platform/engine/engine.ts';
import type { Position, Receipt, ReceiptEntry } from '../../platform/log/entry.ts';

/** Up to where all events of a room are read by a user, whatever their thread. */
export interface ReadFloor {
  readonly userId: UserId;
  readonly roomId: RoomId;
  readonly position: Position;
}

interface ReceiptRow {
  user_id: UserId;
  room_id: RoomId;
  type: Receipt['type'];
  /** Empty: unthreaded. */
  thread_id: string;
  event_id: EventId;
  event_position: Position;
  at: number;
  position: Position;
}

type Tables = {
  receipts: ReceiptRow;
  read_floors: { user_id: UserId; room_id: RoomId; position: Position };
};

const UNTHREADED = '';
/** Rows in one statement; PostgreSQL allows 65,535 parameters and SQLite 32,766. */
const ROWS_AT_ONCE = 500;

/** How far everybody has read. */
export class ReceiptStore {
  readonly #reader: Kysely<Tables>;

  constructor(reader: Reader) {
    this.#reader = reader.withTables<Tables>();
  }

  /** Writes receipts over what stood there, unless that is further on. */
  readonly upsert = async (writer: Writer, entries: readonly ReceiptEntry[]): Promise<void> => {
    // A statement may not touch one row twice, so of each key only the last counts.
    const rows = [...new Map(entries.map((entry) => [keyOf(entry), rowOf(entry)])).values()];
    for (const part of inParts(rows)) {
      await writer
        .withTables<Tables>()
        .insertInto('receipts')
        .values(part)
        .onConflict((conflict) =>
          conflict
            .columns(['user_id', 'room_id', 'type', 'thread_id'])
            .doUpdateSet((row) => ({
              event_id: row.ref('excluded.event_id'),
              event_position: row.ref('excluded.event_position'),
              at: row.ref('excluded.at'),
              position: row.ref('excluded.position'),
            }))
            .whereRef('excluded.event_position', '>', 'receipts.event_position'),
        )
        .execute();
    }
  };

  readonly upsertFloors = async (writer: Writer, floors: readonly ReadFloor[]): Promise<void> => {
    const rows = [...new Map(floors.map((floor) => [`${floor.userId} ${floor.roomId}`, floor])).values()];
    for (const part of inParts(rows)) {
      await writer
        .withTables<Tables>()
        .insertInto('read_floors')
        .values(part.map(({ userId, roomId, position }) => ({ user_id: userId, room_id: roomId, position })))
        .onConflict((conflict) =>
          conflict
            .columns(['user_id', 'room_id'])
            .doUpdateSet((row) => ({ position: row.ref('excluded.position') }))
            .whereRef('excluded.position', '>', 'read_floors.position'),
        )
        .execute();
    }
  };

  /** The receipts of rooms that were sent after a position, in the order in which they were. */
  async since(roomIds: readonly RoomId[], position: Position): Promise<ReceiptEntry[]> {
    const entries: ReceiptEntry[] = [];
    for (const part of inParts(roomIds)) {
      const rows = await this.#reader
        .selectFrom('receipts')
        .selectAll()
        .where('room_id', 'in', part)
        .where('position', '>', position)
        .orderBy('position')
        .execute();
      entries.push(...rows.map(entryOf));
    }
    return entries;
  }

  async ofUser(userId: UserId): Promise<ReceiptEntry[]> {
    const rows = await this.#reader.selectFrom('receipts').selectAll().where('user_id', '=', userId).execute();
    return rows.map(entryOf);
  }

  async floorsOf(userId: UserId): Promise<ReadFloor[]> {
    const rows = await this.#reader.selectFrom('read_floors').selectAll().where('user_id', '=', userId).execute();
    return rows.map((row) => ({ userId, roomId: row.room_id, position: row.position }));
  }
}

const keyOf = ({ userId, roomId, receipt }: ReceiptEntry): string =>
  JSON.stringify([userId, roomId, receipt.type, receipt.threadId]);

const rowOf = ({ userId, roomId, position, receipt }: ReceiptEntry): ReceiptRow => ({
  user_id: userId,
  room_id: roomId,
  type: receipt.type,
  thread_id: receipt.threadId ?? UNTHREADED,
  event_id: receipt.eventId,
  event_position: receipt.eventPosition,
  at: receipt.at,
  position,
});

const entryOf = (row: ReceiptRow): ReceiptEntry => ({
  kind: 'receipt',
  position: row.position,
  roomId: row.room_id,
  userId: row.user_id,
  receipt: {
    type: row.type,
    eventId: row.event_id,
    eventPosition: row.event_position,
    threadId: row.thread_id === UNTHREADED ? null : row.thread_id,
    at: row.at,
  },
});

function* inParts<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += ROWS_AT_ONCE) yield items.slice(start, start + ROWS_AT_ONCE);
}
