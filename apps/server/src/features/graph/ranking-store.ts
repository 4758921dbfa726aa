import type { Pdu, RoomId, UserId } from '@byline/protocol';
import type { Kysely } from 'kysely';
import type { Reader } from '../../platform/engine/engine.ts';
import type { Position } from '../../platform/log/entry.ts';
import type { GraphTables, TableSet } from './tables.ts';

/** Rooms in one statement; PostgreSQL allows 65,535 parameters and SQLite 32,766. */
const ROOMS_AT_ONCE = 1_000;

/** Reads of many rooms just as much as ordering and filtering them takes. */
export class RankingStore {
  readonly #tables: TableSet;
  readonly #reader: Kysely<GraphTables>;

  constructor(reader: Reader, tables: TableSet) {
    this.#tables = tables;
    this.#reader = reader.withTables<GraphTables>();
  }

  /**
   * Where each room's newest event stands, of any type or of some; rooms that have none are left out. Each room is looked
   * up from its end, so that it does not matter how much was ever said in it.
   */
  async newestPositions(roomIds: readonly RoomId[], types?: readonly string[]): Promise<[RoomId, Position][]> {
    const { rooms, events } = this.#tables;
    const found: [RoomId, Position][] = [];
    for (const part of inParts(roomIds)) {
      const rows = await this.#reader
        .selectFrom(`${rooms} as room`)
        .select((room) => [
          'room.room_id',
          room
            .selectFrom(`${events} as event`)
            .select('event.position')
            .whereRef('event.room_id', '=', 'room.room_id')
            .$if(types !== undefined, (query) => query.where('event.type', 'in', types ?? []))
            .orderBy('event.position', 'desc')
            .limit(1)
            .as('position'),
        ])
        .where('room.room_id', 'in', part)
        .execute();
      for (const { room_id, position } of rows) if (position !== null) found.push([room_id as RoomId, position]);
    }
    return found;
  }

  /** The present state of some types, where it has no state key, as it is kept: the event's JSON. */
  async states(roomIds: readonly RoomId[], types: readonly string[]): Promise<StoredState[]> {
    const { state, events } = this.#tables;
    const found: StoredState[] = [];
    for (const part of inParts(roomIds)) {
      const rows = await this.#reader
        .selectFrom(`${state} as state`)
        .innerJoin(`${events} as event`, 'event.position', 'state.position')
        .select(['event.room_id', 'event.pdu'])
        .where('state.room_id', 'in', part)
        .where('state.type', 'in', types)
        .where('state.state_key', '=', '')
        .execute();
      for (const { room_id, pdu } of rows) found.push({ roomId: room_id as RoomId, pdu: JSON.parse(pdu) as Pdu });
    }
    return found;
  }

  /** The member events by which a user is in rooms no more. */
  async departuresOf(userId: UserId): Promise<StoredState[]> {
    const { state, events } = this.#tables;
    const rows = await this.#reader
      .selectFrom(`${state} as state`)
      .innerJoin(`${events} as event`, 'event.position', 'state.position')
      .select(['event.room_id', 'event.pdu'])
      .where('state.state_key', '=', userId)
      .where('state.membership', 'in', ['leave', 'ban'])
      .execute();
    return rows.map(({ room_id, pdu }) => ({ roomId: room_id as RoomId, pdu: JSON.parse(pdu) as Pdu }));
  }
}

export interface StoredState {
  readonly roomId: RoomId;
  readonly pdu: Pdu;
}

function* inParts<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += ROOMS_AT_ONCE) yield items.slice(start, start + ROOMS_AT_ONCE);
}
