import { sql } from 'kysely';
import { DomainError } from '@byline/protocol';
import type { Engine, Writer } from '../engine/engine.ts';
import { Batch } from './batch.ts';
import type { LogEntry, Position } from './entry.ts';

/** Decides, inside the log's transaction, what is appended. It may throw; then nothing of it is. */
export type Decide<Result> = (batch: Batch) => Result | Promise<Result>;

/** Follows the log: gets all entries of one commit, in order, as soon as they are durable. It must not throw. */
export type Follower = (entries: readonly LogEntry[]) => void;

interface Waiting {
  readonly decide: Decide<unknown>;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

type Outcome = { readonly result: unknown } | { readonly error: unknown };

const LARGEST_BATCH = 512;

/**
 * The one log. Appends of all requests are gathered into one transaction (group commit); each is answered when that
 * transaction is durable. The order of positions is the order of commits, because the head's row is locked first.
 */
export class Log {
  readonly #engine: Engine;
  readonly #followers: Follower[] = [];
  readonly #queue: Waiting[] = [];
  #position: Position;
  #running: Promise<void> | undefined;
  #closed = false;

  private constructor(engine: Engine, position: Position) {
    this.#engine = engine;
    this.#position = position;
  }

  static async open(engine: Engine): Promise<Log> {
    const { rows } = await sql<{ position: Position }>`select position from log_head`.execute(engine.reader);
    return new Log(engine, rows[0]?.position ?? 0);
  }

  /** The position of the newest durable entry. */
  get position(): Position {
    return this.#position;
  }

  /** Adds a follower. Followers are told in the order in which they were added. */
  follow(follower: Follower): void {
    this.#followers.push(follower);
  }

  /** Runs `decide` in the next batch and resolves with its result once that is durable. */
  append<Result>(decide: Decide<Result>): Promise<Result> {
    if (this.#closed)
      return Promise.reject(new DomainError('BYLINE_UNAVAILABLE', 'The server is stopping. Try again soon.'));
    const appended = new Promise<unknown>((resolve, reject) => this.#queue.push({ decide, resolve, reject }));
    this.#running ??= this.#drain();
    return appended as Promise<Result>;
  }

  /** Takes no more appends, and waits until all that were taken are durable. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#running;
  }

  async #drain(): Promise<void> {
    // One turn of the event loop, so that requests which arrived together are committed together.
    await new Promise(setImmediate);
    while (this.#queue.length > 0) await this.#commit(this.#queue.splice(0, LARGEST_BATCH));
    this.#running = undefined;
  }

  /** Commits a batch. When the engine refuses it, each is tried alone, so that nobody fails for another's sake. */
  async #commit(waiting: readonly Waiting[]): Promise<void> {
    try {
      const { outcomes, batch } = await this.#engine.transaction((writer) => this.#decideAll(writer, waiting));
      this.#publish(batch);
      for (const [index, outcome] of outcomes.entries()) settle(waiting[index], outcome);
    } catch (error) {
      if (waiting.length === 1) settle(waiting[0], { error });
      else for (const one of waiting) await this.#commit([one]);
    }
  }

  async #decideAll(writer: Writer, waiting: readonly Waiting[]): Promise<{ outcomes: Outcome[]; batch: Batch }> {
    const batch = new Batch(writer, await this.#lockHead(writer));
    const outcomes: Outcome[] = [];
    for (const { decide } of waiting) outcomes.push(await outcomeOf(batch.run(decide)));
    await batch.flush();
    return { outcomes, batch };
  }

  /** Locks the head until the commit, so that whoever appends next waits for this position order to be decided. */
  async #lockHead(writer: Writer): Promise<Position> {
    const locked = sql<{ position: Position }>`update log_head set position = position returning position`;
    const position = (await locked.execute(writer)).rows[0]?.position;
    if (position !== this.#position) {
      throw new Error(
        `The log stands at ${position}, this process at ${this.#position}: another process appends to it.`,
      );
    }
    return position;
  }

  #publish(batch: Batch): void {
    this.#position = batch.position;
    if (batch.entries.length === 0) return;
    for (const follower of this.#followers) follower(batch.entries);
  }
}

const outcomeOf = async (running: Promise<unknown>): Promise<Outcome> => {
  try {
    return { result: await running };
  } catch (error) {
    return { error };
  }
};

const settle = (waiting: Waiting | undefined, outcome: Outcome): void => {
  if ('error' in outcome) waiting?.reject(outcome.error);
  else waiting?.resolve(outcome.result);
};
