import type { DeviceId, JsonObject, UserId } from '@byline/protocol';
import { sql } from 'kysely';
import type { Reader, Writer } from '../../platform/engine/engine.ts';
import type { DeviceName } from '../../platform/log/device-memory.ts';
import type { Position, ToDeviceEntry } from '../../platform/log/entry.ts';

interface MessageRow {
  user_id: UserId;
  device_id: DeviceId;
  position: Position;
  sender: UserId;
  type: string;
  content: string;
}

interface TransactionRow {
  user_id: UserId;
  device_id: DeviceId;
  type: string;
  transaction_id: string;
  sent_at: number;
}

type Tables = {
  to_device_messages: MessageRow;
  to_device_transactions: TransactionRow;
};

/** A request to send messages, as the device that makes it calls it. */
export interface Sending extends DeviceName {
  readonly type: string;
  readonly transactionId: string;
}

/** Messages up to a position that a device has. */
export interface Acknowledgement extends DeviceName {
  readonly upTo: Position;
}

/** Where the oldest and the newest message for a device stand, and the position of the log at that moment. */
export interface Queue {
  readonly oldest: Position | null;
  readonly newest: Position | null;
  readonly position: Position;
}

const ROWS_AT_ONCE = 500;
/** A client that has had no answer for so long sends nothing again. */
const SENDINGS_KEPT_MS = 24 * 60 * 60_000;

const tables = (database: Reader | Writer) => database.withTables<Tables>();

/** All SQL of messages to devices. */
export class ToDeviceStore {
  readonly #reader: Reader;

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  readonly insert = async (writer: Writer, entries: readonly ToDeviceEntry[]): Promise<void> => {
    for (let start = 0; start < entries.length; start += ROWS_AT_ONCE) {
      const rows = entries.slice(start, start + ROWS_AT_ONCE).map(rowOf);
      await tables(writer).insertInto('to_device_messages').values(rows).execute();
    }
  };

  readonly deleteAcknowledged = async (writer: Writer, acknowledged: readonly Acknowledgement[]): Promise<void> => {
    for (const { userId, deviceId, upTo } of acknowledged) {
      await tables(writer)
        .deleteFrom('to_device_messages')
        .where('user_id', '=', userId)
        .where('device_id', '=', deviceId)
        .where('position', '<=', upTo)
        .execute();
    }
  };

  readonly insertSendings = async (writer: Writer, sendings: readonly (Sending & { readonly at: number })[]) => {
    const newest = Math.max(...sendings.map(({ at }) => at));
    await tables(writer)
      .deleteFrom('to_device_transactions')
      .where('sent_at', '<', newest - SENDINGS_KEPT_MS)
      .execute();
    const rows = sendings.map(({ userId, deviceId, type, transactionId, at }) => ({
      user_id: userId,
      device_id: deviceId,
      type,
      transaction_id: transactionId,
      sent_at: at,
    }));
    await tables(writer).insertInto('to_device_transactions').values(rows).execute();
  };

  async wasSent(writer: Writer, { userId, deviceId, type, transactionId }: Sending): Promise<boolean> {
    const row = await tables(writer)
      .selectFrom('to_device_transactions')
      .select('sent_at')
      .where('user_id', '=', userId)
      .where('device_id', '=', deviceId)
      .where('type', '=', type)
      .where('transaction_id', '=', transactionId)
      .executeTakeFirst();
    return row !== undefined;
  }

  /** Messages for a device after one position up to another, oldest first. */
  async read(
    { userId, deviceId }: DeviceName,
    after: Position,
    upTo: Position,
    limit: number,
  ): Promise<ToDeviceEntry[]> {
    const rows = await tables(this.#reader)
      .selectFrom('to_device_messages')
      .selectAll()
      .where('user_id', '=', userId)
      .where('device_id', '=', deviceId)
      .where('position', '>', after)
      .where('position', '<=', upTo)
      .orderBy('position')
      .limit(limit)
      .execute();
    return rows.map(entryOf);
  }

  /** One statement, so that it is one snapshot. */
  async queue({ userId, deviceId }: DeviceName): Promise<Queue> {
    const { rows } = await sql<Queue>`
      select min(position) as oldest, max(position) as newest, (select position from log_head) as position
      from to_device_messages where user_id = ${userId} and device_id = ${deviceId}`.execute(this.#reader);
    return rows[0] ?? { oldest: null, newest: null, position: 0 };
  }

  async deleteAll(writer: Writer, { userId, deviceId }: DeviceName): Promise<void> {
    for (const table of ['to_device_messages', 'to_device_transactions'] as const) {
      await tables(writer).deleteFrom(table).where('user_id', '=', userId).where('device_id', '=', deviceId).execute();
    }
  }
}

const rowOf = ({ userId, deviceId, position, message }: ToDeviceEntry): MessageRow => ({
  user_id: userId,
  device_id: deviceId,
  position,
  sender: message.sender,
  type: message.type,
  content: JSON.stringify(message.content),
});

const entryOf = (row: MessageRow): ToDeviceEntry => ({
  kind: 'to-device',
  position: row.position,
  userId: row.user_id,
  deviceId: row.device_id,
  message: { sender: row.sender, type: row.type, content: JSON.parse(row.content) as JsonObject },
});
