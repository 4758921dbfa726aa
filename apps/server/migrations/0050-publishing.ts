import type { Kysely } from 'kysely';

/** Public accounts, who runs them, who may publish, and who follows them. */
export const up = async (database: Kysely<unknown>): Promise<void> => {
  await createAccounts(database);
  await createOperators(database);
  await createSubscriptions(database);
  await createPostIndexes(database);
};

const createAccounts = async (database: Kysely<unknown>): Promise<void> => {
  await database.schema
    .createTable('accounts')
    .addColumn('account_id', 'text', (column) => column.primaryKey())
    .addColumn('handle', 'text', (column) => column.notNull().unique())
    .addColumn('user_id', 'text', (column) => column.notNull().unique())
    .addColumn('room_id', 'text', (column) => column.notNull().unique())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('description', 'text', (column) => column.notNull())
    .addColumn('picture', 'text')
    .addColumn('search_text', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();
  await database.schema
    .createTable('qualifications')
    .addColumn('account_id', 'text', (column) => column.primaryKey().references('accounts.account_id'))
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('category', 'text', (column) => column.notNull())
    .addColumn('label', 'text')
    .addColumn('verified_since', 'bigint', (column) => column.notNull())
    .addColumn('expires', 'bigint', (column) => column.notNull())
    .execute();
};

const createOperators = async (database: Kysely<unknown>): Promise<void> => {
  await database.schema
    .createTable('operators')
    .addColumn('account_id', 'text', (column) => column.notNull().references('accounts.account_id'))
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('since', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('operators_key', ['account_id', 'user_id'])
    .execute();
};

/** One row for each user who follows, or has followed, an account. */
const createSubscriptions = async (database: Kysely<unknown>): Promise<void> => {
  await database.schema
    .createTable('subscriptions')
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('room_id', 'text', (column) => column.notNull())
    .addColumn('subscribed', 'integer', (column) => column.notNull())
    .addColumn('muted', 'integer', (column) => column.notNull())
    .addColumn('position', 'bigint', (column) => column.notNull())
    .addColumn('changed_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('subscriptions_key', ['user_id', 'room_id'])
    .execute();
};

/** What can't be found by a post's event alone: its later versions, and the files that it shows. */
const createPostIndexes = async (database: Kysely<unknown>): Promise<void> => {
  await database.schema
    .createTable('post_edits')
    .addColumn('edit_event_id', 'text', (column) => column.primaryKey())
    .addColumn('post_event_id', 'text', (column) => column.notNull())
    .addColumn('position', 'bigint', (column) => column.notNull())
    .execute();
  await database.schema
    .createIndex('post_edits_of_post')
    .on('post_edits')
    .columns(['post_event_id', 'position'])
    .execute();
  await database.schema
    .createTable('post_media')
    .addColumn('event_id', 'text', (column) => column.notNull())
    .addColumn('mxc', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('post_media_key', ['event_id', 'mxc'])
    .execute();
  await database.schema.createIndex('post_media_by_file').on('post_media').column('mxc').execute();
};
