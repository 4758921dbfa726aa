import { afterRedaction, type EventEntry, type LogEntry, type Position } from './entry.ts';
import type { Log } from './log.ts';
import { weightOf } from './weight.ts';

/** As many bytes: whoever sends the largest events that there may be can't have the server keep gigabytes of them. */
const MOST_BYTES = 64 * 1024 * 1024;

/** The newest entries of the log, kept in memory, so that who is nearly up to date is answered without a query. */
export class Tail {
  readonly #length: number;
  readonly #bytes: number;
  #entries: LogEntry[] = [];
  /** What each of them weighs, and all together. */
  #weights: number[] = [];
  #weight = 0;
  /** The position after which everything is kept. */
  #start: Position;

  /** Keeps at least so many entries, or bytes where these are fewer, and at most twice as many. */
  constructor(log: Log, length = 50_000, bytes = MOST_BYTES) {
    this.#length = length;
    this.#bytes = bytes;
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
      const weight = weightOf(entry);
      this.#entries.push(entry);
      this.#weights.push(weight);
      this.#weight += weight;
      if (entry.kind === 'event' && entry.redacts !== undefined) this.#replace(entry.redacts);
    }
    if (this.#entries.length >= 2 * this.#length || this.#weight >= 2 * this.#bytes) this.#shorten();
  }

  /** Only now and then, because all that is kept is moved. */
  #shorten(): void {
    let surplus = 0;
    while (this.#entries.length - surplus > this.#length || this.#weight > this.#bytes) {
      this.#weight -= this.#weights[surplus] ?? 0;
      surplus += 1;
    }
    this.#entries = this.#entries.slice(surplus);
    this.#weights = this.#weights.slice(surplus);
    this.#start += surplus;
  }

  /** Puts what is left of a redacted event in the place of what it was, and wherever it is shown with another. */
  #replace(redacted: EventEntry): void {
    for (const [index, entry] of this.#entries.entries()) {
      if (entry.kind === 'event') this.#entries[index] = afterRedaction(entry, redacted);
    }
  }
}
