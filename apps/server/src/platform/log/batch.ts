import { sql } from 'kysely';
import type { Writer } from '../engine/engine.ts';
import type { LogEntry, Position, Unplaced } from './entry.ts';

/** Writes rows of one kind together. It is the key by which a batch gathers them, so it must be one function for good. */
export type WriteRows<Row> = (writer: Writer, rows: readonly Row[]) => Promise<void>;

/**
 * What is decided in one transaction of the log. A decision places its entries and gathers the rows that keep them;
 * rows of one kind are written together when the batch ends.
 */
export class Batch {
  readonly #writer: Writer;
  readonly #entries: LogEntry[] = [];
  readonly #rows = new Map<WriteRows<never>, unknown[]>();
  readonly #staged = new Map<object, unknown>();
  #position: Position;
  #mark: Mark;

  constructor(writer: Writer, position: Position) {
    this.#writer = writer;
    this.#position = position;
    this.#mark = { position, entries: 0, rows: new Map(), savepoint: false };
  }

  /** The position of the newest entry, placed in this batch or before it. */
  get position(): Position {
    return this.#position;
  }

  get entries(): readonly LogEntry[] {
    return this.#entries;
  }

  /** Gives an entry the next position. */
  place<Entry extends LogEntry>(entry: Unplaced<Entry>): Entry {
    this.#position += 1;
    const placed = { ...entry, position: this.#position } as LogEntry as Entry;
    this.#entries.push(placed);
    return placed;
  }

  /** Adds a row that `write` will write when the batch ends. */
  gather<Row>(write: WriteRows<Row>, row: Row): void {
    const rows = this.#rows.get(write);
    if (rows === undefined) this.#rows.set(write, [row]);
    else rows.push(row);
  }

  /** Reads inside the transaction. What was only gathered is not there yet. */
  read<Result>(work: (writer: Writer) => Promise<Result>): Promise<Result> {
    return work(this.#writer);
  }

  /** Reads or writes at once, inside the transaction; undone if the decision fails. What was only gathered is not there yet. */
  async atOnce<Result>(work: (writer: Writer) => Promise<Result>): Promise<Result> {
    if (!this.#mark.savepoint) {
      await sql`savepoint decision`.execute(this.#writer);
      this.#mark = { ...this.#mark, savepoint: true };
    }
    return work(this.#writer);
  }

  /**
   * What `owner` keeps for as long as the batch lasts: later decisions must see what earlier ones of the same batch did,
   * though nothing is committed yet. A decision changes it last, after everything that may fail.
   */
  staged<State>(owner: object, make: () => State): State {
    const known = this.#staged.get(owner);
    if (known !== undefined) return known as State;
    const made = make();
    this.#staged.set(owner, made);
    return made;
  }

  /** Runs one decision; one that fails leaves the batch as it was. */
  async run<Result>(decide: (batch: Batch) => Result | Promise<Result>): Promise<Result> {
    const rows = new Map([...this.#rows].map(([write, gathered]) => [write, gathered.length]));
    this.#mark = { position: this.#position, entries: this.#entries.length, rows, savepoint: false };
    try {
      return await decide(this);
    } catch (error) {
      await this.#rollBack();
      throw error;
    }
  }

  /** Writes the gathered rows and the new head. */
  async flush(): Promise<void> {
    for (const [write, rows] of this.#rows)
      if (rows.length > 0) await (write as WriteRows<unknown>)(this.#writer, rows);
    await sql`update log_head set position = ${this.#position}`.execute(this.#writer);
  }

  async #rollBack(): Promise<void> {
    this.#position = this.#mark.position;
    this.#entries.length = this.#mark.entries;
    for (const [write, rows] of this.#rows) rows.length = this.#mark.rows.get(write) ?? 0;
    if (this.#mark.savepoint) await sql`rollback to savepoint decision`.execute(this.#writer);
  }
}

/** Where the batch stood before the decision that runs. */
interface Mark {
  readonly position: Position;
  readonly entries: number;
  readonly rows: ReadonlyMap<WriteRows<never>, number>;
  readonly savepoint: boolean;
}
