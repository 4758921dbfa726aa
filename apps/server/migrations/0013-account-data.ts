import type { Kysely } from 'kysely';

/** What users keep here for their own devices, and their filters. */
export const up = async (database: Kysely<unknown>): Promise<void> => {
  await database.schema
    .createTable('account_data')
    .addColumn('user_id', 'text', (column) => column.notNull())
    // Empty: of the account, not of a room.
    .addColumn('room_id', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('content', 'text', (column) => column.notNull())
    .addColumn('position', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('account_data_key', ['user_id', 'room_id', 'type'])
    .execute();
  await database.schema
    .createIndex('account_data_by_position')
    .on('account_data')
    .columns(['user_id', 'position'])
    .execute();
  await database.schema
    .createTable('filters')
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('filter_id', 'text', (column) => column.notNull())
    .addColumn('filter', 'text', (column) => column.notNull())
    // In the order in which the user made them.
    .addColumn('number', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('filters_key', ['user_id', 'filter_id'])
    .execute();
};
