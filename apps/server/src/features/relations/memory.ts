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
  readonly #loading = new Map<EventId, Promise<void>>();
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

  /** What relates to events; those that are not in memory are read together. */
  async childrenOf(parentIds: readonly EventId[]): Promise<ReadonlyMap<EventId, Children>> {
    const absent = parentIds.filter((parentId) => !this.#children.has(parentId));
    const children = new Map<EventId, Children>();
    for (const parentId of parentIds) children.set(parentId, this.#children.get(parentId) ?? this.#begin(parentId));
    if (absent.length > 0) this.#startLoading(absent, children);
    await Promise.all(this.#loadingOf(parentIds));
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

  /** Is there before it is filled, so that it misses nothing that is committed meanwhile. */
  #begin(parentId: EventId): Children {
    const children = new Children();
    keep(this.#children, parentId, children, PARENTS_KEPT);
    return children;
  }

  #loadingOf(parentIds: readonly EventId[]): Promise<void>[] {
    if (this.#loading.size === 0) return [];
    return parentIds.map((parentId) => this.#loading.get(parentId)).filter((loading) => loading !== undefined);
  }

  #startLoading(parentIds: readonly EventId[], into: ReadonlyMap<EventId, Children>): void {
    const loading = this.#load(parentIds, into);
    for (const parentId of parentIds) this.#loading.set(parentId, loading);
  }

  async #load(parentIds: readonly EventId[], into: ReadonlyMap<EventId, Children>): Promise<void> {
    try {
      for (const child of await this.#store.describing(parentIds)) into.get(child.parentId)?.add(child);
    } catch (error) {
      // Who waits for it is told of the failure; whoever comes next tries again.
      for (const parentId of parentIds) this.#children.delete(parentId);
      throw error;
    } finally {
      for (const parentId of parentIds) this.#loading.delete(parentId);
    }
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
