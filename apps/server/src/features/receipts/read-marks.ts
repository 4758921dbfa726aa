import type { ReceiptEntry, Position } from '../../platform/log/entry.ts';

/** `main`, or the event id of the thread's first event. */
export type ThreadId = string;

/** How far somebody has read in a room, by all their receipts together. Never changed; a new one takes its place. */
export interface ReadMarks {
  /** All events up to here are read, whatever their thread. */
  readonly everything: Position;
  /** And those of a thread up to here. */
  readonly threads: ReadonlyMap<ThreadId, Position>;
}

export const NOTHING_READ: ReadMarks = { everything: 0, threads: new Map() };

/** Up to where the events of a thread are read. */
export const readUpTo = (marks: ReadMarks, thread: ThreadId): Position =>
  Math.max(marks.everything, marks.threads.get(thread) ?? 0);

/** Whether no event up to a position can be unread, whatever its thread. */
export const isAllRead = (marks: ReadMarks, position: Position): boolean => marks.everything >= position;

/** The receipts of one user in one room, which only ever move forward; so in which order they come does not matter. */
export class RoomReceipts {
  /** How far each receipt stands, by type and thread. */
  readonly #positions = new Map<string, Position>();
  #marks: ReadMarks = NOTHING_READ;

  get marks(): ReadMarks {
    return this.#marks;
  }

  positionOf(type: string, threadId: ThreadId | null): Position {
    return this.#positions.get(keyOf(type, threadId)) ?? 0;
  }

  /** Takes over a receipt. */
  apply({ type, threadId, eventPosition }: ReceiptEntry['receipt']): void {
    const key = keyOf(type, threadId);
    if (eventPosition <= (this.#positions.get(key) ?? 0)) return;
    this.#positions.set(key, eventPosition);
    this.#marks = withReceipt(this.#marks, threadId, eventPosition);
  }

  /** Takes over that all events up to a position are read. */
  applyFloor(position: Position): void {
    this.#marks = withReceipt(this.#marks, null, position);
  }
}

/** The marks after one more receipt. The same object comes back where it changes nothing. */
export const withReceipt = (marks: ReadMarks, threadId: ThreadId | null, position: Position): ReadMarks => {
  const before = threadId === null ? marks.everything : readUpTo(marks, threadId);
  if (position <= before) return marks;
  if (threadId !== null) return { ...marks, threads: new Map(marks.threads).set(threadId, position) };
  // What is read anyway needs no mark of its own.
  const threads = [...marks.threads].filter(([, mark]) => mark > position);
  return { everything: position, threads: new Map(threads) };
};

const keyOf = (type: string, threadId: ThreadId | null): string => `${type} ${threadId ?? ''}`;
