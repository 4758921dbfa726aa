import type { EventEntry, LogEntry, Position } from './entry.ts';
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

  /** Puts an event that was redacted in the place of what it was. */
  #replace(redacted: EventEntry): void {
    const index = redacted.position - this.#start - 1;
    if (index >= 0 && index < this.#entries.length) this.#entries[index] = redacted;
  }
}
