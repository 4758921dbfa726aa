import type { UserId } from '@byline/protocol';
import type { Reader } from '../../../platform/engine/engine.ts';
import type { IdentityTables } from '../tables.ts';

/** As far as people are counted. */
type People = {
  users: { user_id: UserId; kind: string; created_at: number; deactivated_at: number | null };
};

/** Who is counted. Times are milliseconds since the epoch. */
export interface Unverified {
  /** Known to the provider without a verification. */
  readonly except: readonly UserId[];
  /** Only accounts from then on. */
  readonly createdFrom: number;
}

/** Counts people by whether they are verified, where both are kept: to bring millions of ids here would take minutes. */
export class EffectStore {
  readonly #reader: Reader;

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  /** How many have an account. */
  async people(): Promise<number> {
    const { count } = await this.#people().executeTakeFirstOrThrow();
    return Number(count);
  }

  /** How many of them have no approved identity. */
  async unverified({ except, createdFrom }: Unverified): Promise<number> {
    const unverified = this.#people()
      .where('users.created_at', '>=', createdFrom)
      .where((is) =>
        is.not(
          is.exists(
            is
              .selectFrom('identities')
              .select('identities.user_id')
              .whereRef('identities.user_id', '=', 'users.user_id'),
          ),
        ),
      );
    const counted = except.length === 0 ? unverified : unverified.where('users.user_id', 'not in', except);
    const { count } = await counted.executeTakeFirstOrThrow();
    return Number(count);
  }

  #people() {
    return this.#reader
      .withTables<People & IdentityTables>()
      .selectFrom('users')
      .select((select) => select.fn.countAll<number | string>().as('count'))
      .where('users.kind', '=', 'person')
      .where('users.deactivated_at', 'is', null);
  }
}
