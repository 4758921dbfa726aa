import type { UserId } from '@byline/protocol';
import type { Engine, Reader, Writer } from '../../platform/engine/engine.ts';

export interface RulesRow {
  version: number;
  /** JSON of `RulesTexts`. */
  texts: string;
  /** `null`: they came with Byline. */
  published_by: UserId | null;
  published_at: number;
}

type Tables = {
  rules: RulesRow;
  rule_agreements: { user_id: UserId; version: number; agreed_at: number };
};

const tables = (database: Reader | Writer) => database.withTables<Tables>();

/** All SQL of the rules and of who agreed to them. */
export class RulesStore {
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  newest(): Promise<RulesRow | undefined> {
    return tables(this.#engine.reader)
      .selectFrom('rules')
      .selectAll()
      .orderBy('version', 'desc')
      .limit(1)
      .executeTakeFirst();
  }

  find(version: number): Promise<RulesRow | undefined> {
    return tables(this.#engine.reader)
      .selectFrom('rules')
      .selectAll()
      .where('version', '=', version)
      .executeTakeFirst();
  }

  async insert(rules: RulesRow): Promise<void> {
    await this.#engine.transaction((writer) => tables(writer).insertInto('rules').values(rules).execute());
  }

  async insertAgreement(userId: UserId, version: number, at: number): Promise<void> {
    await this.#engine.transaction((writer) =>
      tables(writer)
        .insertInto('rule_agreements')
        .values({ user_id: userId, version, agreed_at: at })
        .onConflict((conflict) => conflict.columns(['user_id', 'version']).doNothing())
        .execute(),
    );
  }

  /** The newest version to which a user agreed. */
  async newestAgreement(userId: UserId): Promise<number | undefined> {
    const row = await tables(this.#engine.reader)
      .selectFrom('rule_agreements')
      .select('version')
      .where('user_id', '=', userId)
      .orderBy('version', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row?.version;
  }
}
