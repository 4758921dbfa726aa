import type { EventId, UserId } from '@byline/protocol';
import type { Position } from '../../platform/log/entry.ts';
import type { KeptRelation } from './kept-relation.ts';

/** Which of an event's children count for somebody. */
export interface ChildFilter {
  readonly ignored: ReadonlySet<UserId>;
  readonly allows: (position: Position) => boolean;
}

/** All of them count. */
export const EVERYTHING: ChildFilter = { ignored: new Set(), allows: () => true };

/** Those of one relation type, oldest first. */
class Siblings {
  #all: KeptRelation[] = [];
  readonly #ids = new Set<EventId>();

  add(child: KeptRelation): void {
    if (this.#ids.has(child.eventId)) return;
    this.#ids.add(child.eventId);
    // Mostly the last; but what comes while the others are read comes before them.
    const before = this.#all.findLastIndex((other) => other.position < child.position);
    this.#all.splice(before + 1, 0, child);
  }

  remove(eventId: EventId): void {
    if (this.#ids.delete(eventId)) this.#all = this.#all.filter((child) => child.eventId !== eventId);
  }

  get isEmpty(): boolean {
    return this.#all.length === 0;
  }

  seenThrough(filter: ChildFilter): readonly KeptRelation[] {
    if (filter === EVERYTHING) return this.#all;
    const { ignored, allows } = filter;
    return this.#all.filter((child) => !ignored.has(child.sender) && allows(child.position));
  }
}

/** What relates to one event and is told with it, in memory. The same child twice does no harm. */
export class Children {
  // To most events nothing relates, and then these are not there.
  #siblings: Map<string, Siblings> | undefined;
  /** What was removed while the others were read may be among them. */
  #removed: Set<EventId> | undefined;

  get isEmpty(): boolean {
    return this.#siblings?.values().every((siblings) => siblings.isEmpty) ?? true;
  }

  add(child: KeptRelation): void {
    if (!child.describesParent || this.#removed?.has(child.eventId) === true) return;
    this.#siblings ??= new Map();
    const siblings = this.#siblings.get(child.relType) ?? new Siblings();
    this.#siblings.set(child.relType, siblings);
    siblings.add(child);
  }

  remove(eventId: EventId): void {
    this.#removed ??= new Set();
    this.#removed.add(eventId);
    for (const siblings of this.#siblings?.values() ?? []) siblings.remove(eventId);
  }

  /** Those of one relation type that count, oldest first. */
  of(relType: string, filter: ChildFilter): readonly KeptRelation[] {
    return this.#siblings?.get(relType)?.seenThrough(filter) ?? [];
  }

  /** The replacement that holds: the newest by its time, then by its id ("Server-side aggregation of `m.replace`"). */
  newestReplacement(filter: ChildFilter): KeptRelation | undefined {
    let newest: KeptRelation | undefined;
    for (const candidate of this.of('m.replace', filter)) {
      if (newest === undefined || isNewer(candidate, newest)) newest = candidate;
    }
    return newest;
  }
}

const isNewer = (one: KeptRelation, other: KeptRelation): boolean =>
  one.sentAt === other.sentAt ? one.eventId > other.eventId : one.sentAt > other.sentAt;
