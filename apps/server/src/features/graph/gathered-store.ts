import { type RawBuilder, sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { EventsTable, GraphTables } from './tables.ts';

/** A small question to a table of events: the part of a statement that answers it. */
export interface Question {
  /** Tells kinds of questions apart: those of one kind are asked with one text. */
  readonly kind: string;
  readonly select: RawBuilder<EventsTable>;
}

interface Asked extends Question {
  readonly resolve: (rows: readonly EventsTable[]) => void;
  readonly reject: (error: unknown) => void;
}

/** Questions in one statement; SQLite puts at most 500 selects together. */
const QUESTIONS_AT_ONCE = 100;

/**
 * Asks many small questions with few statements: whatever is asked within one turn of the event loop is asked together.
 * So who reads a thousand rooms side by side asks as if it were one, and need not know that it does.
 */
export class GatheredStore {
  readonly #reader: Kysely<GraphTables>;
  #asked: Asked[] = [];

  constructor(reader: Kysely<GraphTables>) {
    this.#reader = reader;
  }

  ask(question: Question): Promise<readonly EventsTable[]> {
    if (this.#asked.length === 0) setImmediate(() => this.#answerAll());
    return new Promise((resolve, reject) => this.#asked.push({ ...question, resolve, reject }));
  }

  #answerAll(): void {
    const asked = this.#asked;
    this.#asked = [];
    for (const ofKind of Map.groupBy(asked, ({ kind }) => kind).values()) void this.#answerKind(ofKind);
  }

  async #answerKind(asked: readonly Asked[]): Promise<void> {
    for (let start = 0; start < asked.length; start += QUESTIONS_AT_ONCE) {
      const part = asked.slice(start, start + QUESTIONS_AT_ONCE);
      try {
        const answers = await this.#answers(part);
        for (const [index, { resolve }] of part.entries()) resolve(answers.get(index) ?? []);
      } catch (error) {
        for (const { reject } of part) reject(error);
      }
    }
  }

  async #answers(part: readonly Asked[]): Promise<ReadonlyMap<number, readonly EventsTable[]>> {
    const selects = part.map(({ select }, index) => sql`select ${sql.lit(index)} as question, * from (${select}) as e`);
    const together = sql<EventsTable & { question: number }>`${sql.join(selects, sql` union all `)}`;
    return Map.groupBy((await together.execute(this.#reader)).rows, ({ question }) => question);
  }
}
