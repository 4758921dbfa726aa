import type { UserId } from '@byline/protocol';
import type { Category } from '@byline/protocol/byline/identity.ts';
import { sql } from 'kysely';
import type { Reader, Writer } from '../../platform/engine/engine.ts';
import { type Account, accountOf } from './account.ts';
import type { AccountId, AccountRow, OperatorRow, PublishingTables, QualificationRow } from './tables.ts';

/** What the directory is asked for. */
export interface DirectoryQuery {
  /** Each must be found; as `searchTerms` makes them. */
  readonly terms: readonly string[];
  readonly category: Category | undefined;
  /** Qualified at this moment. */
  readonly holding: Holding;
  readonly after: DirectoryPlace | undefined;
  readonly limit: number;
}

/** Which verifications hold at a moment: those that end after it, and are not too old by then. */
export interface Holding {
  readonly at: number;
  readonly verifiedAfter: number;
}

/** A place in the directory: better matches first, then by handle. */
export interface DirectoryPlace {
  readonly rank: number;
  readonly handle: string;
}

const tables = (database: Reader | Writer) => database.withTables<PublishingTables>();

/** All SQL of accounts, their qualifications and their operators. */
export class AccountStore {
  readonly #reader: Reader;

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  async all(): Promise<Account[]> {
    const accounts = await tables(this.#reader).selectFrom('accounts').selectAll().execute();
    const qualifications = await tables(this.#reader).selectFrom('qualifications').selectAll().execute();
    const operators = await tables(this.#reader).selectFrom('operators').selectAll().orderBy('since').execute();
    const qualificationOf = new Map(qualifications.map((row) => [row.account_id, row]));
    const operatorsOf = Map.groupBy(operators, ({ account_id }) => account_id);
    return accounts.map((row) =>
      accountOf(row, qualificationOf.get(row.account_id), operatorsOf.get(row.account_id) ?? []),
    );
  }

  /** An account as it stands inside a transaction. */
  async byHandle(writer: Writer, handle: string): Promise<Account | undefined> {
    return this.#one(
      writer,
      await tables(writer).selectFrom('accounts').selectAll().where('handle', '=', handle).executeTakeFirst(),
    );
  }

  async byId(writer: Writer, accountId: AccountId): Promise<Account | undefined> {
    return this.#one(
      writer,
      await tables(writer).selectFrom('accounts').selectAll().where('account_id', '=', accountId).executeTakeFirst(),
    );
  }

  async insert(writer: Writer, account: AccountRow): Promise<void> {
    await tables(writer).insertInto('accounts').values(account).execute();
  }

  async describe(
    writer: Writer,
    accountId: AccountId,
    description: Pick<AccountRow, 'name' | 'description' | 'picture' | 'search_text'>,
  ): Promise<void> {
    await tables(writer).updateTable('accounts').set(description).where('account_id', '=', accountId).execute();
  }

  async qualify(writer: Writer, { account_id, ...granted }: QualificationRow): Promise<void> {
    await tables(writer)
      .insertInto('qualifications')
      .values({ account_id, ...granted })
      .onConflict((conflict) => conflict.column('account_id').doUpdateSet(granted))
      .execute();
  }

  async addOperator(writer: Writer, operator: OperatorRow): Promise<void> {
    await tables(writer)
      .insertInto('operators')
      .values(operator)
      .onConflict((conflict) => conflict.columns(['account_id', 'user_id']).doNothing())
      .execute();
  }

  /** Takes away one operator, or all. */
  async removeOperators(writer: Writer, accountId: AccountId, userId?: UserId): Promise<void> {
    const ofAccount = tables(writer).deleteFrom('operators').where('account_id', '=', accountId);
    await (userId === undefined ? ofAccount : ofAccount.where('user_id', '=', userId)).execute();
  }

  /** The ids and places of qualified accounts that match, the best first. */
  async search({
    terms,
    category,
    holding,
    after,
    limit,
  }: DirectoryQuery): Promise<(DirectoryPlace & { accountId: AccountId })[]> {
    let query = tables(this.#reader)
      .selectFrom('accounts')
      .innerJoin('qualifications', 'qualifications.account_id', 'accounts.account_id')
      .select(['accounts.account_id as accountId', 'accounts.handle', rankOf(terms[0]).as('rank')])
      .where('qualifications.expires', '>', holding.at)
      .where('qualifications.verified_at', '>', holding.verifiedAfter);
    for (const term of terms) query = query.where(like(`%${literal(term)}%`));
    if (category !== undefined) query = query.where('qualifications.category', '=', category);
    if (after !== undefined) {
      const { rank, handle } = after;
      const here = rankOf(terms[0]);
      query = query.where(sql<boolean>`(${here} > ${rank} or (${here} = ${rank} and accounts.handle > ${handle}))`);
    }
    return query.orderBy('rank').orderBy('accounts.handle').limit(limit).execute();
  }

  /** How many accounts have a verification that holds at a moment. */
  async countHolding({ at, verifiedAfter }: Holding): Promise<number> {
    const { count } = await tables(this.#reader)
      .selectFrom('qualifications')
      .select((select) => select.fn.countAll<number | string>().as('count'))
      .where('expires', '>', at)
      .where('verified_at', '>', verifiedAfter)
      .executeTakeFirstOrThrow();
    return Number(count);
  }

  /** How many were ever verified. */
  async countVerified(): Promise<number> {
    const { count } = await tables(this.#reader)
      .selectFrom('qualifications')
      .select((select) => select.fn.countAll<number | string>().as('count'))
      .executeTakeFirstOrThrow();
    return Number(count);
  }

  /** The ids of those whose verification holds, by handle, after one. */
  async holdingAfter({ at, verifiedAfter }: Holding, handle: string, limit: number): Promise<AccountId[]> {
    const rows = await tables(this.#reader)
      .selectFrom('accounts')
      .innerJoin('qualifications', 'qualifications.account_id', 'accounts.account_id')
      .select('accounts.account_id')
      .where('qualifications.expires', '>', at)
      .where('qualifications.verified_at', '>', verifiedAfter)
      .where('accounts.handle', '>', handle)
      .orderBy('accounts.handle')
      .limit(limit)
      .execute();
    return rows.map(({ account_id }) => account_id);
  }

  async #one(writer: Writer, row: AccountRow | undefined): Promise<Account | undefined> {
    if (row === undefined) return undefined;
    const { account_id } = row;
    const qualification = await tables(writer)
      .selectFrom('qualifications')
      .selectAll()
      .where('account_id', '=', account_id)
      .executeTakeFirst();
    const operators = await tables(writer)
      .selectFrom('operators')
      .selectAll()
      .where('account_id', '=', account_id)
      .execute();
    return accountOf(row, qualification, operators);
  }
}

/** In a pattern these have a meaning of their own. */
const literal = (term: string): string => term.replaceAll(/[\\%_]/g, String.raw`\$&`);

const like = (pattern: string) => sql<boolean>`accounts.search_text like ${pattern} escape '\\'`;

/** 0: the handle itself; 1: the name begins with it; 2: it is somewhere in there. */
const rankOf = (term: string | undefined) => {
  if (term === undefined) return sql<number>`2`;
  const begins = like(`${literal(term)}%`);
  return sql<number>`(case when accounts.handle = ${term} then 0 when ${begins} then 1 else 2 end)`;
};
