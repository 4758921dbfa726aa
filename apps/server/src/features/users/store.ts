import type { UserId } from '@byline/protocol';
import { sql } from 'kysely';
import type { Engine, Reader, Writer } from '../../platform/engine/engine.ts';

/** `person`: somebody signs in. `guest`: somebody looks in, without a password. `public-account` and `service` have no password: nobody can sign in to them. */
export type UserKind = 'person' | 'guest' | 'public-account' | 'service';

export interface UserRow {
  user_id: UserId;
  kind: UserKind;
  password_hash: string | null;
  created_at: number;
  deactivated_at: number | null;
}

export interface ProfileRow {
  user_id: UserId;
  displayname: string | null;
  avatar_url: string | null;
  /** A JSON object of all other fields. */
  further_fields: string;
  search_name: string;
}

type Tables = {
  users: UserRow;
  profiles: ProfileRow;
};

/** Ids in one statement; SQLite allows 32,766 parameters. */
const IDS_AT_ONCE = 1_000;

const tables = (database: Reader | Writer) => database.withTables<Tables>();

/** A name matches a pattern, in which a backslash makes a sign of `like` stand for itself. */
const matches = (pattern: string) => sql<boolean>`profiles.search_name like ${pattern} escape '\\'`;

/** All SQL of users and their profiles. */
export class UserStore {
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  find(userId: UserId): Promise<UserRow | undefined> {
    return tables(this.#engine.reader).selectFrom('users').selectAll().where('user_id', '=', userId).executeTakeFirst();
  }

  /** Which of these are guests. */
  async guestsAmong(userIds: readonly UserId[]): Promise<UserId[]> {
    const guests: UserId[] = [];
    for (let start = 0; start < userIds.length; start += IDS_AT_ONCE) {
      const rows = await tables(this.#engine.reader)
        .selectFrom('users')
        .select('user_id')
        .where('kind', '=', 'guest')
        .where('user_id', 'in', userIds.slice(start, start + IDS_AT_ONCE))
        .execute();
      guests.push(...rows.map((row) => row.user_id));
    }
    return guests;
  }

  /** Tells whether it was added: `false` when that user id is taken. */
  insert(user: UserRow, profile: ProfileRow): Promise<boolean> {
    return this.#engine.transaction(async (writer) => {
      const inserted = await tables(writer)
        .insertInto('users')
        .values(user)
        .onConflict((conflict) => conflict.column('user_id').doNothing())
        .executeTakeFirstOrThrow();
      if (inserted.numInsertedOrUpdatedRows === 0n) return false;
      await tables(writer).insertInto('profiles').values(profile).execute();
      return true;
    });
  }

  /** Tells whether it was a guest. */
  async makePerson(userId: UserId, hash: string): Promise<boolean> {
    const { numUpdatedRows } = await this.#engine.transaction((writer) =>
      tables(writer)
        .updateTable('users')
        .set({ kind: 'person', password_hash: hash })
        .where('user_id', '=', userId)
        .where('kind', '=', 'guest')
        .executeTakeFirstOrThrow(),
    );
    return numUpdatedRows > 0n;
  }

  async setPasswordHash(userId: UserId, hash: string): Promise<void> {
    await this.#engine.transaction((writer) =>
      tables(writer).updateTable('users').set({ password_hash: hash }).where('user_id', '=', userId).execute(),
    );
  }

  /** Closes an account, forgets its password and empties its profile. */
  async deactivate(userId: UserId, at: number): Promise<void> {
    await this.#engine.transaction(async (writer) => {
      await tables(writer)
        .updateTable('users')
        .set({ deactivated_at: at, password_hash: null })
        .where('user_id', '=', userId)
        .execute();
      await tables(writer)
        .updateTable('profiles')
        .set({ displayname: null, avatar_url: null, further_fields: '{}', search_name: '' })
        .where('user_id', '=', userId)
        .execute();
    });
  }

  profile(userId: UserId): Promise<ProfileRow | undefined> {
    return tables(this.#engine.reader)
      .selectFrom('profiles')
      .selectAll()
      .where('user_id', '=', userId)
      .executeTakeFirst();
  }

  /** Changes a profile as it is now, so that two changes at once lose nothing. */
  async changeProfile(userId: UserId, change: (before: ProfileRow) => ProfileRow): Promise<ProfileRow> {
    return this.#engine.transaction(async (writer) => {
      // A write first: it takes the row's lock, which a read would not.
      const before = await tables(writer)
        .updateTable('profiles')
        .set({ user_id: userId })
        .where('user_id', '=', userId)
        .returningAll()
        .executeTakeFirstOrThrow();
      const after = change(before);
      await tables(writer).updateTable('profiles').set(after).where('user_id', '=', userId).execute();
      return after;
    });
  }

  /** Persons whose name contains `term`; those whose name begins with it come first. A closed account has no name. */
  search(term: string, limit: number): Promise<Pick<ProfileRow, 'user_id' | 'displayname' | 'avatar_url'>[]> {
    const literal = term.replaceAll(/[\\%_]/g, String.raw`\$&`);
    const begins = sql<boolean>`${matches(`${literal}%`)} or ${matches(`%\n${literal}%`)}`;
    return tables(this.#engine.reader)
      .selectFrom('profiles')
      .innerJoin('users', 'users.user_id', 'profiles.user_id')
      .select(['profiles.user_id', 'profiles.displayname', 'profiles.avatar_url'])
      .where('users.kind', '=', 'person')
      .where(matches(`%${literal}%`))
      .orderBy(sql`case when ${begins} then 0 else 1 end`)
      .orderBy('profiles.user_id')
      .limit(limit)
      .execute();
  }
}
