import type { Kysely } from 'kysely';

/** What runs out, found by when; and what was said of it before, so that it is said once. */
export const up = async (database: Kysely<unknown>): Promise<void> => {
  await database.schema.createIndex('qualifications_by_end').on('qualifications').column('expires').execute();
  await database.schema
    .createTable('expiry_reminders')
    .addColumn('account_id', 'text', (column) => column.notNull().references('accounts.account_id'))
    .addColumn('expires', 'bigint', (column) => column.notNull())
    .addColumn('days', 'integer', (column) => column.notNull())
    .addColumn('told_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('expiry_reminders_key', ['account_id', 'expires', 'days'])
    .execute();
};
