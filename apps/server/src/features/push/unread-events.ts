import type { Position } from '../../platform/log/entry.ts';
import { type ReadMarks, readUpTo, type ThreadId } from '../receipts/service.ts';

export interface UnreadCounts {
  readonly notificationCount: number;
  readonly highlightCount: number;
}

/** Where unread events stand, oldest first; of those that are to stand out, once more. */
interface UnreadThread {
  positions: Position[];
  highlights: Position[];
}

/** The events of a room that a user is to be told of and has not read, by thread. */
export class UnreadEvents {
  readonly #threads = new Map<ThreadId, UnreadThread>();

  get isEmpty(): boolean {
    return this.#threads.size === 0;
  }

  /** All of them together. */
  get counts(): UnreadCounts {
    let [notificationCount, highlightCount] = [0, 0];
    for (const { positions, highlights } of this.#threads.values()) {
      notificationCount += positions.length;
      highlightCount += highlights.length;
    }
    return { notificationCount, highlightCount };
  }

  /** Those of each thread that has any. */
  get countsByThread(): ReadonlyMap<ThreadId, UnreadCounts> {
    const counts = new Map<ThreadId, UnreadCounts>();
    for (const [thread, { positions, highlights }] of this.#threads) {
      counts.set(thread, { notificationCount: positions.length, highlightCount: highlights.length });
    }
    return counts;
  }

  /** Adds an event that is newer than all others. */
  add(thread: ThreadId, position: Position, highlight: boolean): void {
    const unread = this.#threads.get(thread) ?? { positions: [], highlights: [] };
    unread.positions.push(position);
    if (highlight) unread.highlights.push(position);
    this.#threads.set(thread, unread);
  }

  /** Takes out what is read by now. */
  read(marks: ReadMarks): void {
    for (const thread of this.#threads.keys()) this.readThread(thread, readUpTo(marks, thread));
  }

  /** Takes out what is read of one thread. */
  readThread(thread: ThreadId, upTo: Position): void {
    this.#keep(thread, (position) => position > upTo);
  }

  /** Takes out one event, wherever it is. */
  remove(event: Position): void {
    for (const thread of this.#threads.keys()) this.#keep(thread, (position) => position !== event);
  }

  clear(): void {
    this.#threads.clear();
  }

  #keep(thread: ThreadId, stays: (position: Position) => boolean): void {
    const unread = this.#threads.get(thread);
    if (unread === undefined) return;
    unread.positions = unread.positions.filter(stays);
    unread.highlights = unread.highlights.filter(stays);
    if (unread.positions.length === 0) this.#threads.delete(thread);
  }
}
