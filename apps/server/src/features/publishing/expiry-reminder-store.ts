import type { ReminderDays } from '@byline/core/account/verification-end.ts';
import type { Engine, Reader, Writer } from '../../platform/engine/engine.ts';
import type { AccountId, PublishingTables } from './tables.ts';

/** A verification that ends soon or has ended, and what was said of it. */
export interface Ending {
  readonly accountId: AccountId;
  readonly verifiedAt: number;
  /** The fewest days at which something was said; `null`: nothing was. */
  readonly given: number | null;
}

/** Which verifications are looked at: those that end before a time or are older than another; after an account, so many. */
export interface EndingQuery {
  readonly endsBefore: number;
  readonly verifiedBefore: number;
  readonly after: AccountId;
  readonly limit: number;
}

const tables = (database: Reader | Writer) => database.withTables<PublishingTables>();

/** All SQL of what owners are told before their verification ends. */
export class ExpiryReminderStore {
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Those of which the last was not said yet, by account. */
  async ending({ endsBefore, verifiedBefore, after, limit }: EndingQuery): Promise<Ending[]> {
    return tables(this.#engine.reader)
      .selectFrom('qualifications')
      .leftJoin('expiry_reminders', (join) =>
        join
          .onRef('expiry_reminders.account_id', '=', 'qualifications.account_id')
          .onRef('expiry_reminders.verified_at', '=', 'qualifications.verified_at'),
      )
      .select((select) => [
        'qualifications.account_id as accountId',
        'qualifications.verified_at as verifiedAt',
        select.fn.min('expiry_reminders.days').as('given'),
      ])
      .where('qualifications.account_id', '>', after)
      .where((is) =>
        is.or([is('qualifications.expires', '<=', endsBefore), is('qualifications.verified_at', '<=', verifiedBefore)]),
      )
      .groupBy(['qualifications.account_id', 'qualifications.verified_at'])
      .having((is) => is(is.fn.coalesce(is.fn.min('expiry_reminders.days'), is.lit(1)), '>', 0))
      .orderBy('qualifications.account_id')
      .limit(limit)
      .execute();
  }

  /** Keeps that something was said. */
  async keep({ accountId, verifiedAt }: Ending, days: ReminderDays, at: number): Promise<void> {
    await this.#engine.transaction((writer) =>
      tables(writer)
        .insertInto('expiry_reminders')
        .values({ account_id: accountId, verified_at: verifiedAt, days, told_at: at })
        .onConflict((conflict) => conflict.doNothing())
        .execute(),
    );
  }
}
