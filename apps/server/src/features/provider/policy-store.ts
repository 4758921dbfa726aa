import type { UserId } from '@byline/protocol';
import type { PolicyKey } from '@byline/protocol/byline/policy.ts';
import type { Engine, Reader, Writer } from '../../platform/engine/engine.ts';

export interface PolicyRow {
  key: PolicyKey;
  version: number;
  value: string;
  effective_from: number;
  set_by: UserId;
  set_at: number;
  /** `null`: it stands. */
  withdrawn_by: UserId | null;
  withdrawn_at: number | null;
}

type Tables = { policy_versions: PolicyRow };

const tables = (database: Reader | Writer) => database.withTables<Tables>();

/** All SQL of the provider's policies. */
export class PolicyStore {
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** All versions of all policies; of two that begin at the same time the later decided comes last. */
  all(): Promise<PolicyRow[]> {
    return tables(this.#engine.reader)
      .selectFrom('policy_versions')
      .selectAll()
      .orderBy('effective_from')
      .orderBy('version')
      .execute();
  }

  /** Adds the next version of a policy. */
  async insert(row: Omit<PolicyRow, 'version' | 'withdrawn_by' | 'withdrawn_at'>): Promise<void> {
    await this.#engine.transaction(async (writer) => {
      const { version } = await tables(writer)
        .selectFrom('policy_versions')
        .select((select) => select.fn.coalesce(select.fn.max('version'), select.lit(0)).as('version'))
        .where('key', '=', row.key)
        .executeTakeFirstOrThrow();
      await tables(writer)
        .insertInto('policy_versions')
        .values({ ...row, version: version + 1, withdrawn_by: null, withdrawn_at: null })
        .execute();
    });
  }

  /** Keeps that a version was withdrawn. */
  async withdraw(key: PolicyKey, version: number, by: UserId, at: number): Promise<void> {
    await this.#engine.transaction((writer) =>
      tables(writer)
        .updateTable('policy_versions')
        .set({ withdrawn_by: by, withdrawn_at: at })
        .where('key', '=', key)
        .where('version', '=', version)
        .execute(),
    );
  }
}
