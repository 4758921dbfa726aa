import type { UserId } from '@byline/protocol';
import type { StaffRole } from '@byline/protocol/byline/staff-role.ts';
import type { Engine, Reader, Writer } from '../../platform/engine/engine.ts';

export interface StaffRow {
  user_id: UserId;
  role: StaffRole;
  /** `null`: by the one-time link. */
  granted_by: UserId | null;
  granted_at: number;
}

export interface StaffChangeRow {
  number: number;
  at: number;
  user_id: UserId;
  role: StaffRole;
  change: 'granted' | 'revoked';
  made_by: UserId | null;
}

type Tables = {
  staff_roles: StaffRow;
  staff_changes: StaffChangeRow;
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

  /** Takes roles from somebody and keeps who did so. A role that they do not have is not spoken of. */
  async delete(userId: UserId, roles: readonly StaffRole[], { by, at }: Taking): Promise<void> {
    await this.#engine.transaction(async (writer) => {
      const gone = await tables(writer)
        .deleteFrom('staff_roles')
        .where('user_id', '=', userId)
        .where('role', 'in', roles)
        .returning('role')
        .execute();
      for (const { role } of gone) await record(writer, { at, user_id: userId, role, change: 'revoked', made_by: by });
    });
  }

  /** Who gave and took which role, the newest first. */
  changes(before: number | undefined, limit: number): Promise<StaffChangeRow[]> {
    const all = tables(this.#engine.reader).selectFrom('staff_changes').selectAll();
    const wanted = before === undefined ? all : all.where('number', '<', before);
    return wanted.orderBy('number', 'desc').limit(limit).execute();
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

/** Who takes a role, and when; `null`: it ends by itself. */
export interface Taking {
  readonly by: UserId | null;
  readonly at: number;
}

const insert = async (writer: Writer, row: StaffRow): Promise<void> => {
  const { numInsertedOrUpdatedRows = 0n } = await tables(writer)
    .insertInto('staff_roles')
    .values(row)
    .onConflict((conflict) => conflict.columns(['user_id', 'role']).doNothing())
    .executeTakeFirstOrThrow();
  if (numInsertedOrUpdatedRows === 0n) return;
  const { user_id, role, granted_by, granted_at } = row;
  await record(writer, { at: granted_at, user_id, role, change: 'granted', made_by: granted_by });
};

const record = async (writer: Writer, change: Omit<StaffChangeRow, 'number'>): Promise<void> => {
  const { last } = await tables(writer)
    .selectFrom('staff_changes')
    .select((select) => select.fn.coalesce(select.fn.max('number'), select.lit(0)).as('last'))
    .executeTakeFirstOrThrow();
  await tables(writer)
    .insertInto('staff_changes')
    .values({ ...change, number: last + 1 })
    .execute();
};
