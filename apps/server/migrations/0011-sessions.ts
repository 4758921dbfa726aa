import type { Kysely } from 'kysely';

/** Devices, and the tokens by which they are known. */
export const up = async (database: Kysely<unknown>): Promise<void> => {
  await database.schema
    .createTable('devices')
    .addColumn('user_id', 'text', (column) => column.notNull().references('users.user_id'))
    .addColumn('device_id', 'text', (column) => column.notNull())
    .addColumn('display_name', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('last_seen_at', 'bigint', (column) => column.notNull())
    .addColumn('is_guest', 'smallint', (column) => column.notNull())
    .addPrimaryKeyConstraint('devices_key', ['user_id', 'device_id'])
    .execute();
  await database.schema
    .createTable('access_tokens')
    .addColumn('token_hash', 'text', (column) => column.primaryKey())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('device_id', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint')
    .addColumn('refresh_hash', 'text', (column) => column.unique())
    .addColumn('refresh_expires_at', 'bigint')
    .addColumn('replaces', 'text')
    .execute();
  await database.schema
    .createIndex('access_tokens_of_device')
    .on('access_tokens')
    .columns(['user_id', 'device_id'])
    .execute();
};
