import type { Kysely } from 'kysely';

/** How far everybody has read. A receipt is one row for good; it only moves forward. */
export const up = async (database: Kysely<unknown>): Promise<void> => {
  await database.schema
    .createTable('receipts')
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('room_id', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('thread_id', 'text', (column) => column.notNull())
    .addColumn('event_id', 'text', (column) => column.notNull())
    .addColumn('event_position', 'bigint', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('position', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('receipts_key', ['user_id', 'room_id', 'type', 'thread_id'])
    .execute();
  await database.schema.createIndex('receipts_by_room').on('receipts').columns(['room_id', 'position']).execute();
  await database.schema
    .createTable('read_floors')
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('room_id', 'text', (column) => column.notNull())
    .addColumn('position', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('read_floors_key', ['user_id', 'room_id'])
    .execute();
};
