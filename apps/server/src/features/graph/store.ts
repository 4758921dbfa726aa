import type { DeviceId, EventId, Pdu, RoomId, RoomVersion, UserId } from '@byline/protocol';
import { type Kysely, sql } from 'kysely';
import type { Reader, Writer } from '../../platform/engine/engine.ts';
import type { Audience, EventEntry, LinkedEvent, Position, Transaction } from '../../platform/log/entry.ts';
import { GatheredStore } from './gathered-store.ts';
import { RankingStore } from './ranking-store.ts';
import { membershipIn } from './room.ts';
import type { EventsTable, GraphTables, TableSet } from './tables.ts';

/** A span of a room's history: after the first position, up to and with the second. */
export interface Span {
  readonly after: Position;
  readonly upTo: Position;
}

/** A user's membership of a room, and since when it stands. */
export interface StoredMembership {
  readonly roomId: RoomId;
  readonly membership: string;
  readonly position: Position;
}

/** Rows in one statement; PostgreSQL allows 65,535 parameters and SQLite 32,766. */
const ROWS_AT_ONCE = 200;

/** The columns that name another event, with which an event is shown. */
const LINKS = ['redacted_by', 'replaces'] as const;

/** Keeps the events of one set of tables. */
export class GraphStore {
  readonly #tables: TableSet;
  readonly #reader: Kysely<GraphTables>;
  readonly #gathered: GatheredStore;
  readonly ranking: RankingStore;
  readonly audience: Audience;

  constructor(reader: Reader, tables: TableSet) {
    this.audience = tables.audience;
    this.#tables = tables;
    this.#reader = reader.withTables<GraphTables>();
    this.#gathered = new GatheredStore(this.#reader);
    this.ranking = new RankingStore(reader, tables);
  }

  readonly insertRooms = async (writer: Writer, rooms: readonly { id: RoomId; version: RoomVersion }[]) => {
    await writer
      .withTables<GraphTables>()
      .insertInto(this.#tables.rooms)
      .values(rooms.map(({ id, version }) => ({ room_id: id, version })))
      .execute();
  };

  readonly insertEvents = async (writer: Writer, entries: readonly EventEntry[]) => {
    const tables = writer.withTables<GraphTables>();
    for (let start = 0; start < entries.length; start += ROWS_AT_ONCE) {
      const rows = entries.slice(start, start + ROWS_AT_ONCE).map(rowOf);
      await tables.insertInto(this.#tables.events).values(rows).execute();
    }
  };

  readonly upsertState = async (writer: Writer, entries: readonly EventEntry[]) => {
    const tables = writer.withTables<GraphTables>();
    for (let start = 0; start < entries.length; start += ROWS_AT_ONCE) {
      const rows = newestOfEachKey(entries.slice(start, start + ROWS_AT_ONCE)).map(stateRowOf);
      await tables
        .insertInto(this.#tables.state)
        .values(rows)
        .onConflict((conflict) =>
          conflict.columns(['room_id', 'type', 'state_key']).doUpdateSet((eb) => ({
            position: eb.ref('excluded.position'),
            membership: eb.ref('excluded.membership'),
          })),
        )
        .execute();
    }
  };

  readonly updateRedacted = async (writer: Writer, entries: readonly EventEntry[]) => {
    const tables = writer.withTables<GraphTables>();
    for (const { position, pdu, redactedBy } of entries) {
      await tables
        .updateTable(this.#tables.events)
        .set({ pdu: JSON.stringify(pdu), redacted_by: redactedBy?.eventId ?? null })
        .where('position', '=', position)
        .execute();
    }
  };

  async version(roomId: RoomId, writer?: Writer): Promise<RoomVersion | undefined> {
    const row = await this.#on(writer)
      .selectFrom(this.#tables.rooms)
      .select('version')
      .where('room_id', '=', roomId)
      .executeTakeFirst();
    return row?.version as RoomVersion | undefined;
  }

  async versions(roomIds: readonly RoomId[]): Promise<ReadonlyMap<RoomId, RoomVersion>> {
    const rows = await inParts(roomIds, (part) =>
      this.#reader.selectFrom(this.#tables.rooms).selectAll().where('room_id', 'in', part).execute(),
    );
    return new Map(rows.map((row) => [row.room_id as RoomId, row.version as RoomVersion]));
  }

  /** The present state of several rooms. */
  async state(roomIds: readonly RoomId[], writer?: Writer): Promise<EventEntry[]> {
    const { state, events } = this.#tables;
    const rows = await inParts(roomIds, (part) =>
      this.#on(writer)
        .selectFrom(`${state} as state`)
        .innerJoin(`${events} as event`, 'event.position', 'state.position')
        .selectAll('event')
        .where('state.room_id', 'in', part)
        .execute(),
    );
    return this.#entriesOf(rows, writer);
  }

  /** Each room's newest event. */
  async newest(roomIds: readonly RoomId[], writer?: Writer): Promise<EventEntry[]> {
    const { events } = this.#tables;
    const rows = await inParts(roomIds, (part) =>
      this.#on(writer)
        .selectFrom(events)
        .selectAll()
        .where('position', 'in', (eb) =>
          eb
            .selectFrom(`${events} as newest`)
            .select((max) => max.fn.max('newest.position').as('position'))
            .where('newest.room_id', 'in', part)
            .groupBy('newest.room_id'),
        )
        .execute(),
    );
    return this.#entriesOf(rows, writer);
  }

  /** Up to `limit` events of a room's span: the newest of them, or the oldest; always oldest first. */
  async page(roomId: RoomId, span: Span, from: 'newest' | 'oldest', limit: number): Promise<EventEntry[]> {
    const order = sql.raw(from === 'newest' ? 'desc' : 'asc');
    const rows = await this.#gathered.ask({
      kind: from,
      select: sql`
        select * from ${sql.table(this.#tables.events)}
        where room_id = ${roomId} and position > ${span.after} and position <= ${span.upTo}
        order by position ${order} limit ${limit}`,
    });
    return this.#entriesOf(inOrder(rows));
  }

  /** The state events of a room's span that were the last of their key in it. */
  async stateChanges(roomId: RoomId, span: Span): Promise<EventEntry[]> {
    const rows = await this.#reader
      .selectFrom(this.#tables.events)
      .selectAll()
      .where('room_id', '=', roomId)
      .where('state_key', 'is not', null)
      .where('position', '>', span.after)
      .where('position', '<=', span.upTo)
      .orderBy('position')
      .execute();
    return newestOfEachKey(await this.#entriesOf(rows));
  }

  /** The state events of some types in several rooms after a position, oldest first. */
  async stateEventsAfter(
    roomIds: readonly RoomId[],
    types: readonly string[],
    position: Position,
  ): Promise<EventEntry[]> {
    const rows = await inParts(roomIds, (part) =>
      this.#reader
        .selectFrom(this.#tables.events)
        .selectAll()
        .where('room_id', 'in', part)
        .where('type', 'in', types)
        .where('state_key', 'is not', null)
        .where('position', '>', position)
        .execute(),
    );
    return this.#entriesOf(inOrder(rows));
  }

  /** Those of the rooms in whose state something stands at a key. */
  async roomsWith(roomIds: readonly RoomId[], type: string, stateKey: string): Promise<RoomId[]> {
    const rows = await inParts(roomIds, (part) =>
      this.#reader
        .selectFrom(this.#tables.state)
        .select('room_id')
        .where('room_id', 'in', part)
        .where('type', '=', type)
        .where('state_key', '=', stateKey)
        .execute(),
    );
    return rows.map((row) => row.room_id as RoomId);
  }

  /** The whole state of a room as it stood at a position. */
  async stateAt(roomId: RoomId, position: Position): Promise<EventEntry[]> {
    return this.stateChanges(roomId, { after: 0, upTo: position });
  }

  /** What stood at a state key at a position. */
  async stateEntryAt(
    roomId: RoomId,
    type: string,
    stateKey: string,
    position: Position,
  ): Promise<EventEntry | undefined> {
    const rows = await this.#gathered.ask({
      kind: 'state entry',
      select: sql`
        select * from ${sql.table(this.#tables.events)}
        where room_id = ${roomId} and type = ${type} and state_key = ${stateKey} and position <= ${position}
        order by position desc limit 1`,
    });
    return (await this.#entriesOf(rows))[0];
  }

  /** All that ever stood at a state key, oldest first. */
  async stateHistory(roomId: RoomId, type: string, stateKey: string): Promise<EventEntry[]> {
    const rows = await this.#gathered.ask({
      kind: 'state history',
      select: sql`
        select * from ${sql.table(this.#tables.events)}
        where room_id = ${roomId} and type = ${type} and state_key = ${stateKey}`,
    });
    return this.#entriesOf(inOrder(rows));
  }

  async event(eventId: string, writer?: Writer): Promise<EventEntry | undefined> {
    const rows = writer === undefined ? await this.#rowGathered(eventId) : await this.#rowsInside([eventId], writer);
    return (await this.#entriesOf(rows, writer))[0];
  }

  /** Several events, in no order. Unknown ones are left out. */
  /** The events of all rooms in a span of the log, oldest first. */
  async inSpan({ after, upTo }: Span): Promise<EventEntry[]> {
    const rows = await this.#reader
      .selectFrom(this.#tables.events)
      .selectAll()
      .where('position', '>', after)
      .where('position', '<=', upTo)
      .orderBy('position')
      .execute();
    return this.#entriesOf(rows);
  }

  async events(eventIds: readonly EventId[]): Promise<EventEntry[]> {
    const rows = await this.#rowsInside(eventIds, undefined);
    return this.#entriesOf(rows);
  }

  /** The event that a request has made already. */
  async ofTransaction(transaction: Transaction, writer?: Writer): Promise<EventEntry | undefined> {
    const row = await this.#on(writer)
      .selectFrom(this.#tables.events)
      .selectAll()
      .where('transaction_key', '=', transactionKey(transaction))
      .executeTakeFirst();
    return row === undefined ? undefined : (await this.#entriesOf([row], writer))[0];
  }

  async membershipsOf(userId: UserId): Promise<StoredMembership[]> {
    const rows = await this.#reader
      .selectFrom(this.#tables.state)
      .select(['room_id', 'membership', 'position'])
      .where('state_key', '=', userId)
      .where('membership', 'is not', null)
      .execute();
    return rows.map((row) => ({
      roomId: row.room_id as RoomId,
      membership: row.membership ?? 'leave',
      position: row.position,
    }));
  }

  /** Inside a transaction, or of what is committed. */
  #on(writer: Writer | undefined): Kysely<GraphTables> {
    return writer?.withTables<GraphTables>() ?? this.#reader;
  }

  async #entriesOf(rows: readonly EventsTable[], writer?: Writer): Promise<EventEntry[]> {
    const read = new Map(rows.map((row) => [row.event_id, linkedOf(row)]));
    const linked = await this.#linked(rows, read, writer);
    return rows.map((row) => ({
      kind: 'event',
      position: row.position,
      roomId: row.room_id as RoomId,
      audience: this.audience,
      eventId: row.event_id as EventId,
      pdu: read.get(row.event_id)?.pdu ?? linkedOf(row).pdu,
      redactedBy: linked.get(row.redacted_by),
      replaces: linked.get(row.replaces),
      redacts: undefined,
      transaction: row.transaction_key === null ? undefined : parseTransactionKey(row.transaction_key),
    }));
  }

  /** The events that others are shown with, by id: mostly they were read together with these. */
  async #linked(
    rows: readonly EventsTable[],
    read: ReadonlyMap<string, LinkedEvent>,
    writer: Writer | undefined,
  ): Promise<ReadonlyMap<string | null, LinkedEvent>> {
    const absent = new Set<string>();
    for (const row of rows) {
      for (const link of LINKS) if (row[link] !== null && !read.has(row[link])) absent.add(row[link]);
    }
    if (absent.size === 0) return read;
    const found = await (writer === undefined
      ? this.#rowsGathered([...absent])
      : this.#rowsInside([...absent], writer));
    return new Map([...read, ...found.map((row) => [row.event_id, linkedOf(row)] as const)]);
  }

  async #rowsGathered(eventIds: readonly string[]): Promise<EventsTable[]> {
    return (await Promise.all(eventIds.map((eventId) => this.#rowGathered(eventId)))).flat();
  }

  #rowGathered(eventId: string): Promise<readonly EventsTable[]> {
    const select = sql<EventsTable>`select * from ${sql.table(this.#tables.events)} where event_id = ${eventId}`;
    return this.#gathered.ask({ kind: 'event', select });
  }

  async #rowsInside(eventIds: readonly string[], writer: Writer | undefined): Promise<EventsTable[]> {
    return inParts(eventIds, (part) =>
      this.#on(writer).selectFrom(this.#tables.events).selectAll().where('event_id', 'in', part).execute(),
    );
  }
}

const linkedOf = (row: EventsTable): LinkedEvent => ({
  eventId: row.event_id as EventId,
  pdu: JSON.parse(row.pdu) as Pdu,
});

const inOrder = (rows: readonly EventsTable[]): EventsTable[] =>
  rows.toSorted((left, right) => left.position - right.position);

const rowOf = (entry: EventEntry): EventsTable => ({
  position: entry.position,
  event_id: entry.eventId,
  room_id: entry.roomId,
  type: entry.pdu.type,
  state_key: entry.pdu.state_key ?? null,
  pdu: JSON.stringify(entry.pdu),
  redacted_by: null,
  replaces: entry.replaces?.eventId ?? null,
  transaction_key: entry.transaction === undefined ? null : transactionKey(entry.transaction),
});

const stateRowOf = (entry: EventEntry) => ({
  room_id: entry.roomId,
  type: entry.pdu.type,
  state_key: entry.pdu.state_key ?? '',
  position: entry.position,
  membership: entry.pdu.type === 'm.room.member' ? membershipIn(entry) : null,
});

/** A statement may not touch one row twice, so of each key only the last counts. */
const newestOfEachKey = (entries: readonly EventEntry[]): EventEntry[] => [
  ...new Map(entries.map((entry) => [`${entry.roomId}\0${entry.pdu.type}\0${entry.pdu.state_key}`, entry])).values(),
];

/** One text for a request: whose it is, by which device, for what, under which name. */
export const transactionKey = ({ userId, deviceId, endpoint, transactionId }: Transaction): string =>
  JSON.stringify([userId, deviceId, endpoint, transactionId]);

const parseTransactionKey = (key: string): Transaction => {
  const [userId, deviceId, endpoint, transactionId] = JSON.parse(key) as [UserId, DeviceId, string, string];
  return { userId, deviceId, endpoint, transactionId };
};

const inParts = async <Key, Row>(
  keys: readonly Key[],
  read: (part: readonly Key[]) => Promise<Row[]>,
): Promise<Row[]> => {
  const rows: Row[] = [];
  for (let start = 0; start < keys.length; start += ROWS_AT_ONCE) {
    rows.push(...(await read(keys.slice(start, start + ROWS_AT_ONCE))));
  }
  return rows;
};
