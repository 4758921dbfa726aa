import type { Kysely } from 'kysely';

/** Messages that wait for devices, and the requests that sent some, so that the same request sends them once. */
export const up = async (database: Kysely<unknown>): Promise<void> => {
  await database.schema
    .createTable('to_device_messages')
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('device_id', 'text', (column) => column.notNull())
    .addColumn('position', 'bigint', (column) => column.notNull())
    .addColumn('sender', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('content', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('to_device_messages_key', ['user_id', 'device_id', 'position'])
    .execute();
  await database.schema
    .createTable('to_device_transactions')
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('device_id', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('transaction_id', 'text', (column) => column.notNull())
    .addColumn('sent_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('to_device_transactions_key', ['user_id', 'device_id', 'type', 'transaction_id'])
    .execute();
  await database.schema
    .createIndex('to_device_transactions_by_age')
    .on('to_device_transactions')
    .columns(['sent_at'])
    .execute();
};
