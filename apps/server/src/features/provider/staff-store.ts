import type { UserId } from '@byline/protocol';
import type { StaffRole } from '@byline/protocol/byline/staff.ts';
import type { Engine, Reader, Writer } from '../../platform/engine/engine.ts';

export interface StaffRow {
  user_id: UserId;
  role: StaffRole;
  /** `null`: by the one-time link. */
  granted_by: UserId | null;
  granted_at: number;
}

type Tables = {
  staff_roles: StaffRow;
  setup_tokens: { token_hash: string; made_at: number };
};

const tables = (database: Reader | Writer) => database.withTables<Tables>();

/** All SQL of the staff. */
export class StaffStore {
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  all(): Promise<StaffRow[]> {
    return tables(this.#engine.reader).selectFrom('staff_roles').selectAll().orderBy('granted_at').execute();
  }

  /** A role that the user has already stays as it was granted. */
  async insert(row: StaffRow): Promise<void> {
    await this.#engine.transaction((writer) => insert(writer, row));
  }

  async delete(userId: UserId, roles: readonly StaffRole[]): Promise<void> {
    await this.#engine.transaction((writer) =>
      tables(writer).deleteFrom('staff_roles').where('user_id', '=', userId).where('role', 'in', roles).execute(),
    );
  }

  /** Puts a token in the place of all earlier ones. */
  async replaceSetupToken(hash: string, at: number): Promise<void> {
    await this.#engine.transaction(async (writer) => {
      await tables(writer).deleteFrom('setup_tokens').execute();
      await tables(writer).insertInto('setup_tokens').values({ token_hash: hash, made_at: at }).execute();
    });
  }

  async hasSetupToken(hash: string): Promise<boolean> {
    const row = await tables(this.#engine.reader)
      .selectFrom('setup_tokens')
      .select('token_hash')
      .where('token_hash', '=', hash)
      .executeTakeFirst();
    return row !== undefined;
  }

  /** Uses a token up and grants the role in one step. Tells whether the token was there. */
  spendSetupToken(hash: string, row: StaffRow): Promise<boolean> {
    return this.#engine.transaction(async (writer) => {
      const spent = await tables(writer)
        .deleteFrom('setup_tokens')
        .where('token_hash', '=', hash)
        .executeTakeFirstOrThrow();
      if (spent.numDeletedRows === 0n) return false;
      await insert(writer, row);
      return true;
    });
  }
}

const insert = (writer: Writer, row: StaffRow) =>
  tables(writer)
    .insertInto('staff_roles')
    .values(row)
    .onConflict((conflict) => conflict.columns(['user_id', 'role']).doNothing())
    .execute();
