import type { EventId } from '@byline/protocol';
import type { EventEntry, LogEntry } from '../../platform/log/entry.ts';
import type { Log } from '../../platform/log/log.ts';
import type { RoomGraph } from '../graph/service.ts';
import { Children } from './children.ts';
import type { Note, RelationKeeper } from './keeper.ts';
import type { KeptRelation } from './kept-relation.ts';
import type { RelationStore } from './store.ts';

const PARENTS_KEPT = 50_000;
const RELATIONS_KEPT = 50_000;
const EVENTS_KEPT = 5_000;

/** What relates to the events that are read, in memory. It follows the log, so that it is never older than its position. */
export class RelationMemory {
  readonly #graph: RoomGraph;
  readonly #store: RelationStore;
  readonly #keeper: RelationKeeper;
  readonly #children = new Map<EventId, Children>();
  /** Those that are read at the next turn, and all that are not filled yet, each with when it will be. */
  #unread = new Map<EventId, Children>();
  readonly #reading = new Map<EventId, Promise<void>>();
  #turn: Promise<void> | undefined;
  /** How events relate to others: those that have come since, and those that were asked for. */
  readonly #relations = new Map<EventId, KeptRelation | undefined>();
  /** Events that are told with others. One that is redacted is told no more, so none of them is ever old. */
  readonly #events = new Map<EventId, EventEntry>();

  constructor(parts: {
    readonly graph: RoomGraph;
    readonly store: RelationStore;
    readonly keeper: RelationKeeper;
    readonly log: Log;
  }) {
    this.#graph = parts.graph;
    this.#store = parts.store;
    this.#keeper = parts.keeper;
    parts.log.follow((entries) => this.#follow(entries));
  }

  /** What relates to events. Those that are not in memory, and whatever else is asked for in the same turn, are read together. */
  async childrenOf(parentIds: readonly EventId[]): Promise<ReadonlyMap<EventId, Children>> {
    const children = new Map<EventId, Children>();
    for (const parentId of parentIds) children.set(parentId, this.#children.get(parentId) ?? this.#begin(parentId));
    if (this.#reading.size > 0) await Promise.all(this.#readingOf(parentIds));
    return children;
  }

  /** How an event relates to another. */
  async relationOf(eventId: EventId): Promise<KeptRelation | undefined> {
    if (this.#relations.has(eventId)) return this.#relations.get(eventId);
    const relation = await this.#store.of(eventId);
    // What has come meanwhile is newer than what was read.
    if (!this.#relations.has(eventId)) keep(this.#relations, eventId, relation, RELATIONS_KEPT);
    return this.#relations.get(eventId);
  }

  /** Events that are told with others; those that are not in memory are read together. */
  async events(eventIds: readonly EventId[]): Promise<ReadonlyMap<EventId, EventEntry>> {
    const absent = eventIds.filter((eventId) => !this.#events.has(eventId));
    const read = await this.#graph.events(absent);
    for (const entry of read) keep(this.#events, entry.eventId, entry, EVENTS_KEPT);
    const found = new Map(read.map((entry) => [entry.eventId, entry]));
    for (const eventId of eventIds) {
      const entry = this.#events.get(eventId);
      if (entry !== undefined) found.set(eventId, entry);
    }
    return found;
  }

  /** It is there before it is filled, so that it misses nothing that is committed meanwhile. */
  #begin(parentId: EventId): Children {
    const children = new Children();
    keep(this.#children, parentId, children, PARENTS_KEPT);
    this.#unread.set(parentId, children);
    this.#turn ??= this.#readUnread();
    this.#reading.set(parentId, this.#turn);
    return children;
  }

  async #readUnread(): Promise<void> {
    await new Promise(setImmediate);
    const unread = this.#unread;
    this.#unread = new Map();
    this.#turn = undefined;
    try {
      for (const child of await this.#store.describing([...unread.keys()])) unread.get(child.parentId)?.add(child);
    } catch (error) {
      // Who waits for it is told of the failure; whoever comes next tries again.
      for (const parentId of unread.keys()) this.#children.delete(parentId);
      throw error;
    } finally {
      for (const parentId of unread.keys()) this.#reading.delete(parentId);
    }
  }

  #readingOf(parentIds: readonly EventId[]): Promise<void>[] {
    return parentIds.map((parentId) => this.#reading.get(parentId)).filter((reading) => reading !== undefined);
  }

  #follow(entries: readonly LogEntry[]): void {
    for (const entry of entries) {
      const note = entry.kind === 'event' ? this.#keeper.noteOf(entry) : undefined;
      if (entry.kind === 'event' && note !== undefined) this.#apply(entry, note);
    }
  }

  #apply(entry: EventEntry, { added, removed }: Note): void {
    if (added !== undefined) {
      keep(this.#relations, added.eventId, added, RELATIONS_KEPT);
      const children = this.#children.get(added.parentId);
      children?.add(added);
      if (children !== undefined && added.describesParent) keep(this.#events, added.eventId, entry, EVENTS_KEPT);
    }
    if (removed !== undefined) {
      keep(this.#relations, removed.eventId, { ...removed, redacted: true }, RELATIONS_KEPT);
      this.#children.get(removed.parentId)?.remove(removed.eventId);
      this.#events.delete(removed.eventId);
    }
  }
}

/** Keeps the newest few; the oldest go first. */
const keep = <Value>(map: Map<EventId, Value>, key: EventId, value: Value, most: number): void => {
  map.set(key, value);
  if (map.size <= most) return;
  const [oldest] = map.keys();
  if (oldest !== undefined) map.delete(oldest);
};
