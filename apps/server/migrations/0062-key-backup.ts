import type { Kysely } from 'kysely';

/** The backups of session keys that users keep here, sealed by their clients. */
export const up = async (database: Kysely<unknown>): Promise<void> => {
  // A number is never given twice, so that a deleted backup is known from one that never was.
  await database.schema
    .createTable('key_backup_owners')
    .addColumn('user_id', 'text', (column) => column.primaryKey())
    .addColumn('last_version', 'bigint', (column) => column.notNull())
    .execute();
  await database.schema
    .createTable('key_backups')
    .addColumn('user_id', 'text', (column) => column.notNull().references('key_backup_owners.user_id'))
    .addColumn('version', 'bigint', (column) => column.notNull())
    .addColumn('algorithm', 'text', (column) => column.notNull())
    .addColumn('auth_data', 'text', (column) => column.notNull())
    .addColumn('key_count', 'bigint', (column) => column.notNull())
    // How often the keys have changed.
    .addColumn('changes', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('key_backups_key', ['user_id', 'version'])
    .execute();
  await database.schema
    .createTable('backed_up_keys')
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('version', 'bigint', (column) => column.notNull())
    .addColumn('room_id', 'text', (column) => column.notNull())
    .addColumn('session_id', 'text', (column) => column.notNull())
    .addColumn('first_message_index', 'bigint', (column) => column.notNull())
    .addColumn('forwarded_count', 'bigint', (column) => column.notNull())
    .addColumn('is_verified', 'smallint', (column) => column.notNull())
    .addColumn('session_data', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('backed_up_keys_key', ['user_id', 'version', 'room_id', 'session_id'])
    .execute();
};
