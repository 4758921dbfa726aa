import { afterRedaction, type EventEntry, type LogEntry, type Position } from './entry.ts';
import type { Log } from './log.ts';

/** The newest entries of the log, kept in memory, so that who is nearly up to date is answered without a query. */
export class Tail {
  readonly #length: number;
  #entries: LogEntry[] = [];
  /** The position after which everything is kept. */
  #start: Position;

  constructor(log: Log, length = 50_000) {
    this.#length = length;
    this.#start = log.position;
    log.follow((entries) => this.#grow(entries));
  }

  /** All entries after `position`, oldest first; `undefined` when the tail does not reach back so far. */
  after(position: Position): readonly LogEntry[] | undefined {
    if (position < this.#start) return undefined;
    return this.#entries.slice(position - this.#start);
  }

  #grow(entries: readonly LogEntry[]): void {
    for (const entry of entries) {
      this.#entries.push(entry);
      if (entry.kind === 'event' && entry.redacts !== undefined) this.#replace(entry.redacts);
    }
    if (this.#entries.length < 2 * this.#length) return;
    const surplus = this.#entries.length - this.#length;
    this.#entries = this.#entries.slice(surplus);
    this.#start += surplus;
  }

  /** Puts what is left of a redacted event in the place of what it was, and wherever it is shown with another. */
  #replace(redacted: EventEntry): void {
    for (const [index, entry] of this.#entries.entries()) {
      if (entry.kind === 'event') this.#entries[index] = afterRedaction(entry, redacted);
    }
  }
}
