import type { RoomId, UserId } from '@byline/protocol';
import type { Reader, Writer } from '../../platform/engine/engine.ts';
import type { PublishingTables, SubscriptionRow } from './tables.ts';

const tables = (database: Reader | Writer) => database.withTables<PublishingTables>();

/** All SQL of who follows what. Nothing here asks who follows an account: only how many, and what one user follows. */
export class SubscriptionStore {
  readonly #reader: Reader;

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  /** How many follow each room. */
  async counts(): Promise<Map<RoomId, number>> {
    const rows = await tables(this.#reader)
      .selectFrom('subscriptions')
      .select((select) => ['room_id', select.fn.countAll<number>().as('subscribers')])
      .where('subscribed', '=', 1)
      .groupBy('room_id')
      .execute();
    return new Map(rows.map(({ room_id, subscribers }) => [room_id, subscribers]));
  }

  async upsert(writer: Writer, row: SubscriptionRow): Promise<void> {
    const { subscribed, muted, position, changed_at } = row;
    await tables(writer)
      .insertInto('subscriptions')
      .values(row)
      .onConflict((conflict) =>
        conflict.columns(['user_id', 'room_id']).doUpdateSet({ subscribed, muted, position, changed_at }),
      )
      .execute();
  }

  async find(userId: UserId, roomId: RoomId, writer?: Writer): Promise<SubscriptionRow | undefined> {
    return tables(writer ?? this.#reader)
      .selectFrom('subscriptions')
      .selectAll()
      .where('user_id', '=', userId)
      .where('room_id', '=', roomId)
      .executeTakeFirst();
  }

  async ofUser(userId: UserId): Promise<SubscriptionRow[]> {
    return tables(this.#reader).selectFrom('subscriptions').selectAll().where('user_id', '=', userId).execute();
  }
}
