import type { Kysely } from 'kysely';

/** The public keys of devices and users, who has signed them, and the keys that are claimed of devices. */
export const up = async (database: Kysely<unknown>): Promise<void> => {
  await createPublishedKeys(database);
  await createClaimableKeys(database);
  await createDeviceListChanges(database);
};

const createPublishedKeys = async (database: Kysely<unknown>): Promise<void> => {
  await database.schema
    .createTable('device_keys')
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('device_id', 'text', (column) => column.notNull())
    .addColumn('keys', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('device_keys_key', ['user_id', 'device_id'])
    .execute();
  await database.schema
    .createTable('cross_signing_keys')
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('usage', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('cross_signing_keys_key', ['user_id', 'usage'])
    .execute();
  await database.schema
    .createTable('key_signatures')
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('key_id', 'text', (column) => column.notNull())
    .addColumn('signer_id', 'text', (column) => column.notNull())
    .addColumn('signer_key_id', 'text', (column) => column.notNull())
    .addColumn('signature', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('key_signatures_key', ['user_id', 'key_id', 'signer_id', 'signer_key_id'])
    .execute();
  await database.schema
    .createIndex('key_signatures_of_signer')
    .on('key_signatures')
    .columns(['signer_id', 'signer_key_id'])
    .execute();
};

const createClaimableKeys = async (database: Kysely<unknown>): Promise<void> => {
  await database.schema
    .createTable('one_time_keys')
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('device_id', 'text', (column) => column.notNull())
    .addColumn('algorithm', 'text', (column) => column.notNull())
    .addColumn('key_id', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    // When it was uploaded: the oldest are claimed first.
    .addColumn('position', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('one_time_keys_key', ['user_id', 'device_id', 'algorithm', 'key_id'])
    .execute();
  await database.schema
    .createIndex('one_time_keys_by_age')
    .on('one_time_keys')
    .columns(['user_id', 'device_id', 'algorithm', 'position', 'key_id'])
    .execute();
  await database.schema
    .createTable('fallback_keys')
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('device_id', 'text', (column) => column.notNull())
    .addColumn('algorithm', 'text', (column) => column.notNull())
    .addColumn('key_id', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('used', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('fallback_keys_key', ['user_id', 'device_id', 'algorithm'])
    .execute();
};

const createDeviceListChanges = async (database: Kysely<unknown>): Promise<void> => {
  await database.schema
    .createTable('device_list_changes')
    .addColumn('user_id', 'text', (column) => column.notNull())
    // Empty: everybody.
    .addColumn('seen_by', 'text', (column) => column.notNull())
    .addColumn('position', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('device_list_changes_key', ['user_id', 'seen_by'])
    .execute();
  await database.schema
    .createIndex('device_list_changes_by_position')
    .on('device_list_changes')
    .columns(['seen_by', 'position'])
    .execute();
};
