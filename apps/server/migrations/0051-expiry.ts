import { type Kysely, sql } from 'kysely';

/** When a right to publish was last confirmed, and what was said to its owner before it ends, so that it is said once. */
export const up = async (database: Kysely<unknown>): Promise<void> => {
  await database.schema
    .alterTable('qualifications')
    .addColumn('verified_at', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute();
  await sql`update qualifications set verified_at = verified_since`.execute(database);
  await database.schema.createIndex('qualifications_by_end').on('qualifications').column('expires').execute();
  await database.schema.createIndex('qualifications_by_age').on('qualifications').column('verified_at').execute();
  await database.schema
    .createTable('expiry_reminders')
    .addColumn('account_id', 'text', (column) => column.notNull().references('accounts.account_id'))
    .addColumn('verified_at', 'bigint', (column) => column.notNull())
    .addColumn('days', 'integer', (column) => column.notNull())
    .addColumn('told_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('expiry_reminders_key', ['account_id', 'verified_at', 'days'])
    .execute();
};
