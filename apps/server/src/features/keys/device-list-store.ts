import type { UserId } from '@byline/protocol';
import type { Reader, Writer } from '../../platform/engine/engine.ts';
import type { DeviceListEntry, Position } from '../../platform/log/entry.ts';

type Tables = {
  device_list_changes: { user_id: UserId; seen_by: UserId | typeof EVERYBODY; position: Position };
};

const EVERYBODY = '';
const IDS_AT_ONCE = 500;

const tables = (database: Reader | Writer) => database.withTables<Tables>();

/** The SQL of when users' keys last changed. An older change is not kept: who was not told of it is told of the newer one. */
export class DeviceListStore {
  readonly #reader: Reader;

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  readonly upsert = async (writer: Writer, entries: readonly DeviceListEntry[]): Promise<void> => {
    const newest = new Map(entries.map((entry) => [`${entry.userId} ${entry.seenBy ?? EVERYBODY}`, entry]));
    for (const { userId, seenBy, position } of newest.values()) {
      await tables(writer)
        .insertInto('device_list_changes')
        .values({ user_id: userId, seen_by: seenBy ?? EVERYBODY, position })
        .onConflict((conflict) => conflict.columns(['user_id', 'seen_by']).doUpdateSet({ position }))
        .execute();
    }
  };

  /** Those of the users whose keys changed after a position, for everybody to see. */
  async changedSince(userIds: readonly UserId[], position: Position): Promise<UserId[]> {
    const changed: UserId[] = [];
    for (let start = 0; start < userIds.length; start += IDS_AT_ONCE) {
      const rows = await tables(this.#reader)
        .selectFrom('device_list_changes')
        .select('user_id')
        .where('user_id', 'in', userIds.slice(start, start + IDS_AT_ONCE))
        .where('seen_by', '=', EVERYBODY)
        .where('position', '>', position)
        .execute();
      changed.push(...rows.map((row) => row.user_id));
    }
    return changed;
  }

  /** The users of whose keys one user alone sees a change after a position. */
  async changedFor(viewer: UserId, position: Position): Promise<UserId[]> {
    const rows = await tables(this.#reader)
      .selectFrom('device_list_changes')
      .select('user_id')
      .where('seen_by', '=', viewer)
      .where('position', '>', position)
      .execute();
    return rows.map((row) => row.user_id);
  }
}
