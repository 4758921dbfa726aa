import type { UserId } from '@byline/protocol';
import type { ApplicationId } from '@byline/protocol/byline/identity.ts';
import type { QueueCategory } from '@byline/protocol/byline/progress.ts';
import type { QueueName } from '@byline/protocol/byline/review.ts';
import type { Reader, Writer } from '../../../platform/engine/engine.ts';
import type { ApplicationRow } from '../tables.ts';
import type { ReviewCaseRow, ReviewTables } from './tables.ts';

/** A place in the queue. */
export interface QueuePlace {
  readonly submittedAt: number;
  readonly id: ApplicationId;
}

export interface QueueWish {
  readonly which: QueueName;
  readonly category: QueueCategory | undefined;
  readonly after: QueuePlace | undefined;
  readonly by: UserId;
  readonly now: number;
  readonly limit: number;
}

/** An application with how the reviewers work on it. */
export type CaseRow = ApplicationRow & ReviewCaseRow;

/** A word in so many cases is common. */
const COMMON = 500;

/** Beyond every word that begins like another. */
const LAST = '\u{10ffff}';

const tables = (database: Reader | Writer) => database.withTables<ReviewTables>();

/** All SQL by which reviewers look for cases. */
export class QueueStore {
  readonly #reader: Reader;

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  /** What waits, the oldest first. */
  async queue({ which, category, after, by, now, limit }: QueueWish): Promise<CaseRow[]> {
    let query = this.#cases();
    if (which === 'mine') query = query.where('a.holder', '=', by).where('a.held_until', '>', now);
    query = query.where('c.waits_for', '=', which === 'asked' ? 'applicant' : 'reviewer');
    if (category !== undefined) query = query.where('c.category', '=', category);
    if (after !== undefined) {
      const { submittedAt, id } = after;
      // The first bound lets the index begin there; an `or` alone would not.
      query = query
        .where('c.submitted_at', '>=', submittedAt)
        .where((is) => is.or([is('c.submitted_at', '>', submittedAt), is('c.application_id', '>', id)]));
    }
    return query.orderBy('c.submitted_at').orderBy('c.application_id').limit(limit).execute();
  }

  /** How many wait in each category. */
  waiting(): Promise<{ category: QueueCategory; waiting: number }[]> {
    return tables(this.#reader)
      .selectFrom('review_cases')
      .select(['category', (select) => select.fn.countAll<number>().as('waiting')])
      .where('waits_for', '=', 'reviewer')
      .groupBy('category')
      .orderBy('category')
      .execute();
  }

  async overdue(now: number): Promise<number> {
    const { count } = await tables(this.#reader)
      .selectFrom('review_cases')
      .select((select) => select.fn.countAll<number>().as('count'))
      .where('waits_for', '=', 'reviewer')
      .where('due_at', '<', now)
      .executeTakeFirstOrThrow();
    return count;
  }

  async asked(): Promise<number> {
    const { count } = await tables(this.#reader)
      .selectFrom('review_cases')
      .select((select) => select.fn.countAll<number>().as('count'))
      .where('waits_for', '=', 'applicant')
      .executeTakeFirstOrThrow();
    return count;
  }

  async heldBy(userId: UserId, now: number): Promise<number> {
    const { count } = await tables(this.#reader)
      .selectFrom('applications')
      .select((select) => select.fn.countAll<number>().as('count'))
      .where('holder', '=', userId)
      .where('held_until', '>', now)
      .executeTakeFirstOrThrow();
    return count;
  }

  /** Cases in whose public part each of some words begins a word; at most so many, the oldest of them first. */
  async search(words: readonly string[], limit: number): Promise<CaseRow[]> {
    const spread = await Promise.all(words.map(async (word) => ({ word, cases: await this.#spread(word) })));
    const [first, ...others] = spread.toSorted((one, other) => one.cases - other.cases).map(({ word }) => word);
    if (first === undefined) return [];
    let query = tables(this.#reader)
      .selectFrom('case_words as w')
      .select('w.application_id')
      .where('w.word', '>=', first)
      .where('w.word', '<', `${first}${LAST}`);
    for (const other of others) {
      query = query.where((is) =>
        is.exists(
          is
            .selectFrom('case_words as o')
            .select('o.word')
            .whereRef('o.application_id', '=', 'w.application_id')
            .where('o.word', '>=', other)
            .where('o.word', '<', `${other}${LAST}`),
        ),
      );
    }
    // More than are wanted: two words of one case may begin alike.
    const found = await query.limit(limit * 4).execute();
    const ids = [...new Set(found.map(({ application_id }) => application_id))].slice(0, limit);
    if (ids.length === 0) return [];
    return this.#cases()
      .where('c.application_id', 'in', ids)
      .orderBy('c.submitted_at')
      .orderBy('c.application_id')
      .execute();
  }

  /** In how many cases a word stands, up to so many that it makes no difference: the rarest is looked up first. */
  async #spread(word: string): Promise<number> {
    const rows = await tables(this.#reader)
      .selectFrom('case_words')
      .select('application_id')
      .where('word', '>=', word)
      .where('word', '<', `${word}${LAST}`)
      .limit(COMMON)
      .execute();
    return rows.length;
  }

  #cases() {
    return tables(this.#reader)
      .selectFrom('review_cases as c')
      .innerJoin('applications as a', 'a.application_id', 'c.application_id')
      .selectAll('a')
      .select([
        'c.waits_for',
        'c.category',
        'c.submitted_at',
        'c.due_at',
        'c.asked_at',
        'c.stage',
        'c.proposal',
        'c.appealed_at',
        'c.appeal_reason',
        'c.paused_by',
        'c.corrected_by',
        'c.keep_until',
      ]);
  }
}
