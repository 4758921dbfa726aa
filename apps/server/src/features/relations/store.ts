import type { EventId, RoomId, UserId } from '@byline/protocol';
import { type Kysely, sql } from 'kysely';
import type { Reader, Writer } from '../../platform/engine/engine.ts';
import type { Position } from '../../platform/log/entry.ts';
import { type KeptRelation, relationOfRow, rowOf } from './kept-relation.ts';
import type { RelationTable, RelationTables } from './tables.ts';

/** What becomes of relations: one comes, or its event is redacted. */
export type RelationChange = { readonly added: KeptRelation } | { readonly redacted: EventId };

/** Which of the events that relate to another are wanted. */
export interface WantedRelations {
  readonly parentId: EventId;
  readonly relType: string | undefined;
  readonly eventType: string | undefined;
  /** 1: those that relate to it themselves; 2: also those that relate to these; and so on. */
  readonly depth: number;
}

/** A stretch of positions, and from which of its ends it is read. */
export interface RelationSpan {
  readonly after: Position;
  readonly upTo: Position;
  readonly from: 'newest' | 'oldest';
  readonly limit: number;
}

/** A thread, and where its newest event stands. */
export interface FoundThread {
  readonly rootId: EventId;
  readonly latest: Position;
}

export interface WantedThreads {
  readonly roomId: RoomId;
  /** Up to where the room's events count. */
  readonly upTo: Position;
  /** The newest event stands before this. */
  readonly before: Position;
  /** Only those in which this user has said something, or which they began. */
  readonly participant: UserId | undefined;
  readonly ignored: ReadonlySet<UserId>;
  readonly limit: number;
}

/** Rows in one statement; PostgreSQL allows 65,535 parameters and SQLite 32,766. */
const ROWS_AT_ONCE = 500;

/** Keeps which events of one kind of room relate to which. */
export class RelationStore {
  readonly #reader: Kysely<RelationTables>;
  readonly #table: RelationTable;

  constructor(reader: Reader, table: RelationTable) {
    this.#reader = reader.withTables<RelationTables>();
    this.#table = table;
  }

  /** Writes changes in their order. */
  readonly write = async (writer: Writer, changes: readonly RelationChange[]): Promise<void> => {
    const tables = writer.withTables<RelationTables>();
    const added = changes.flatMap((change) => ('added' in change ? [rowOf(change.added)] : []));
    for (const part of inParts(added)) await tables.insertInto(this.#table).values(part).execute();
    const redacted = changes.flatMap((change) => ('redacted' in change ? [change.redacted] : []));
    for (const part of inParts(redacted)) {
      await tables.updateTable(this.#table).set({ redacted: 1 }).where('event_id', 'in', part).execute();
    }
  };

  /** What the server tells of with these events, oldest first. */
  async describing(parentIds: readonly EventId[]): Promise<KeptRelation[]> {
    const found: KeptRelation[] = [];
    for (const part of inParts(parentIds)) {
      const rows = await this.#reader
        .selectFrom(this.#table)
        .selectAll()
        .where('parent_id', 'in', part)
        .where('describes_parent', '=', 1)
        .where('redacted', '=', 0)
        .orderBy('position')
        .execute();
      found.push(...rows.map(relationOfRow));
    }
    return found;
  }

  /** How an event relates to another, also if it is redacted. */
  async of(eventId: EventId, writer?: Writer): Promise<KeptRelation | undefined> {
    const row = await (writer?.withTables<RelationTables>() ?? this.#reader)
      .selectFrom(this.#table)
      .selectAll()
      .where('event_id', '=', eventId)
      .executeTakeFirst();
    return row === undefined ? undefined : relationOfRow(row);
  }

  /** The events with which the sender annotates the parent in the same way. */
  async sameAnnotations(writer: Writer, { parentId, sender, type, key }: KeptRelation): Promise<EventId[]> {
    const rows = await writer
      .withTables<RelationTables>()
      .selectFrom(this.#table)
      .select('event_id')
      .where('parent_id', '=', parentId)
      // Written out, so that the engines know that the index of annotations is meant.
      .where('rel_type', '=', sql.lit('m.annotation'))
      .where('sender', '=', sender)
      .where('type', '=', type)
      .where('annotation_key', '=', key)
      .where('redacted', '=', 0)
      .execute();
    return rows.map((row) => row.event_id);
  }

  /** The events that relate to another, in the order in which they are read. */
  async page(wanted: WantedRelations, span: RelationSpan): Promise<EventId[]> {
    const rows = await this.#reader
      .withRecursive('related(event_id, position, depth)', (db) =>
        db
          .selectFrom(this.#table)
          .select(['event_id', 'position', sql.lit(1).as('depth')])
          .where('parent_id', '=', wanted.parentId)
          .where('redacted', '=', 0)
          .$if(wanted.relType !== undefined, (query) => query.where('rel_type', '=', wanted.relType ?? ''))
          .$if(wanted.eventType !== undefined, (query) => query.where('type', '=', wanted.eventType ?? ''))
          .unionAll(
            db
              .selectFrom(`${this.#table} as child`)
              .innerJoin('related', 'related.event_id', 'child.parent_id')
              .select(['child.event_id', 'child.position', sql<number>`related.depth + 1`.as('depth')])
              .where('related.depth', '<', wanted.depth)
              .where('child.redacted', '=', 0)
              .$if(wanted.relType !== undefined, (query) => query.where('child.rel_type', '=', wanted.relType ?? ''))
              .$if(wanted.eventType !== undefined, (query) => query.where('child.type', '=', wanted.eventType ?? '')),
          ),
      )
      .selectFrom('related')
      .select('event_id')
      .where('position', '>', span.after)
      .where('position', '<=', span.upTo)
      .orderBy('position', span.from === 'newest' ? 'desc' : 'asc')
      .limit(span.limit)
      .execute();
    return rows.map((row) => row.event_id);
  }

  /** The threads of a room, the one with the newest event first. */
  async threads({ roomId, upTo, before, participant, ignored, limit }: WantedThreads): Promise<FoundThread[]> {
    const rows = await this.#reader
      .selectFrom(this.#table)
      .select(['parent_id', (eb) => eb.fn.max('position').as('latest')])
      .where('room_id', '=', roomId)
      .where('rel_type', '=', sql.lit('m.thread'))
      .where('describes_parent', '=', 1)
      .where('redacted', '=', 0)
      .where('position', '<=', upTo)
      .$if(ignored.size > 0, (query) => query.where('sender', 'not in', [...ignored].slice(0, ROWS_AT_ONCE)))
      .groupBy('parent_id')
      .having((eb) => eb(eb.fn.max('position'), '<', before))
      .$if(participant !== undefined, (query) =>
        query.having((eb) =>
          eb(
            eb.fn.max<number>(
              sql`case when sender = ${participant} or parent_sender = ${participant} then 1 else 0 end`,
            ),
            '=',
            1,
          ),
        ),
      )
      .orderBy('latest', 'desc')
      .limit(limit)
      .execute();
    return rows.map((row) => ({ rootId: row.parent_id, latest: row.latest }));
  }
}

function* inParts<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += ROWS_AT_ONCE) yield items.slice(start, start + ROWS_AT_ONCE);
}
