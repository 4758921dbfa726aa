import type { PushSettings } from '@byline/core/push/ruleset.ts';
import type { UserId } from '@byline/protocol';
import type { Reader, Writer } from '../../platform/engine/engine.ts';

export interface UserSettings {
  readonly userId: UserId;
  readonly settings: PushSettings;
}

type Tables = {
  push_settings: {
    user_id: UserId;
    /** As JSON. */
    settings: string;
  };
};

/** Rows in one statement; PostgreSQL allows 65,535 parameters and SQLite 32,766. */
const ROWS_AT_ONCE = 500;

/** What users have changed of the push rules. */
export class PushSettingsStore {
  readonly #reader: Reader;

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  /** Writes settings over what stood there; of two of one user the later wins. */
  readonly upsert = async (writer: Writer, changed: readonly UserSettings[]): Promise<void> => {
    const newest = [...new Map(changed.map(({ userId, settings }) => [userId, settings]))];
    const rows = newest.map(([userId, settings]) => ({ user_id: userId, settings: JSON.stringify(settings) }));
    for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
      await writer
        .withTables<Tables>()
        .insertInto('push_settings')
        .values(rows.slice(start, start + ROWS_AT_ONCE))
        .onConflict((conflict) =>
          conflict.column('user_id').doUpdateSet((row) => ({ settings: row.ref('excluded.settings') })),
        )
        .execute();
    }
  };

  /** `undefined`: the user has changed nothing. */
  async find(userId: UserId, writer?: Writer): Promise<PushSettings | undefined> {
    const row = await (writer ?? this.#reader)
      .withTables<Tables>()
      .selectFrom('push_settings')
      .select('settings')
      .where('user_id', '=', userId)
      .executeTakeFirst();
    // What was stored is what core made of a user's requests.
    return row === undefined ? undefined : (JSON.parse(row.settings) as PushSettings);
  }

  async delete(writer: Writer, userId: UserId): Promise<void> {
    await writer.withTables<Tables>().deleteFrom('push_settings').where('user_id', '=', userId).execute();
  }
}
