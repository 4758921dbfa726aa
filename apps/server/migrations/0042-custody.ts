import type { Kysely } from 'kysely';

/** Who holds identities together, what they hold, by which orders it was opened, and who has been told. */
export const up = async (database: Kysely<unknown>): Promise<void> => {
  await createCustodians(database);
  await createStandingIdentities(database);
  await createOrders(database);
  await createOpenings(database);
  await createResealings(database);
  await letIdentitiesGoToCustodians(database);
};

const createCustodians = async (database: Kysely<unknown>): Promise<void> => {
  await database.schema
    .createTable('custodian_keys')
    .addColumn('kid', 'text', (column) => column.primaryKey())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('public_key', 'text', (column) => column.notNull())
    .addColumn('signing_key', 'text', (column) => column.notNull().unique())
    .addColumn('fingerprint', 'text', (column) => column.notNull())
    .addColumn('registered_at', 'bigint', (column) => column.notNull())
    .execute();
  await database.schema
    .createTable('custodian_sets')
    .addColumn('number', 'integer', (column) => column.primaryKey())
    .addColumn('content', 'text', (column) => column.notNull())
    .addColumn('proposed_by', 'text', (column) => column.notNull())
    .addColumn('proposed_at', 'bigint', (column) => column.notNull())
    .addColumn('holds_since', 'bigint')
    .execute();
  await database.schema
    .createTable('custodian_confirmations')
    .addColumn('number', 'integer', (column) => column.notNull().references('custodian_sets.number'))
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('signature', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('custodian_confirmations_key', ['number', 'user_id', 'signature'])
    .execute();
};

const createStandingIdentities = async (database: Kysely<unknown>): Promise<void> => {
  await database.schema
    .createTable('standing_identities')
    .addColumn('application_id', 'text', (column) => column.primaryKey())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('account_id', 'text')
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('set_number', 'integer', (column) => column.notNull())
    .addColumn('sealed_at', 'bigint', (column) => column.notNull())
    .execute();
  await database.schema
    .createIndex('standing_identities_of_set')
    .on('standing_identities')
    .columns(['set_number', 'application_id'])
    .execute();
  await database.schema.createIndex('standing_of_user').on('standing_identities').column('user_id').execute();
  await database.schema.createIndex('standing_of_account').on('standing_identities').column('account_id').execute();
  await database.schema
    .createTable('standing_fields')
    .addColumn('application_id', 'text', (column) => column.notNull())
    .addColumn('field', 'text', (column) => column.notNull())
    .addColumn('encrypted', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('standing_fields_key', ['application_id', 'field'])
    .execute();
  await database.schema
    .createTable('standing_shares')
    .addColumn('application_id', 'text', (column) => column.notNull())
    .addColumn('field', 'text', (column) => column.notNull())
    .addColumn('custodian', 'text', (column) => column.notNull())
    .addColumn('dealt_by', 'text', (column) => column.notNull())
    .addColumn('sealed', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('standing_shares_key', ['application_id', 'field', 'custodian', 'dealt_by'])
    .execute();
};

const createOrders = async (database: Kysely<unknown>): Promise<void> => {
  await database.schema
    .createTable('opening_orders')
    .addColumn('order_id', 'text', (column) => column.primaryKey())
    .addColumn('content', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('filed_by', 'text', (column) => column.notNull())
    .addColumn('filed_at', 'bigint', (column) => column.notNull())
    .execute();
  // A table of its own: an order itself is never written again.
  await database.schema
    .createTable('order_revocations')
    .addColumn('order_id', 'text', (column) => column.primaryKey().references('opening_orders.order_id'))
    .addColumn('revoked_by', 'text', (column) => column.notNull())
    .addColumn('revoked_at', 'bigint', (column) => column.notNull())
    .execute();
};

const createOpenings = async (database: Kysely<unknown>): Promise<void> => {
  await database.schema
    .createTable('openings')
    .addColumn('opening_id', 'text', (column) => column.primaryKey())
    .addColumn('order_id', 'text', (column) => column.notNull().references('opening_orders.order_id'))
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('request', 'text', (column) => column.notNull())
    .addColumn('asked_by', 'text', (column) => column.notNull())
    .addColumn('asked_at', 'bigint', (column) => column.notNull())
    .addColumn('asked_signature', 'text', (column) => column.notNull())
    .addColumn('joined_by', 'text')
    .addColumn('joined_at', 'bigint')
    .addColumn('joined_signature', 'text')
    .addColumn('ends_at', 'bigint', (column) => column.notNull())
    .addColumn('notice_at', 'bigint')
    .addColumn('told_at', 'bigint')
    .execute();
  await database.schema.createIndex('openings_of_subject').on('openings').column('subject').execute();
  await database.schema.createIndex('openings_to_tell').on('openings').columns(['told_at', 'notice_at']).execute();
  await database.schema
    .createTable('opening_steps')
    .addColumn('opening_id', 'text', (column) => column.notNull().references('openings.opening_id'))
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('step', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('opening_steps_key', ['opening_id', 'number'])
    .execute();
  await database.schema
    .createTable('opening_shares')
    .addColumn('opening_id', 'text', (column) => column.notNull().references('openings.opening_id'))
    .addColumn('field', 'text', (column) => column.notNull())
    .addColumn('sealed', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('opening_shares_key', ['opening_id', 'field'])
    .execute();
};

const createResealings = async (database: Kysely<unknown>): Promise<void> => {
  await database.schema
    .createTable('resealings')
    .addColumn('from_set', 'integer', (column) => column.notNull())
    .addColumn('to_set', 'integer', (column) => column.notNull())
    .addColumn('one', 'text', (column) => column.notNull())
    .addColumn('other', 'text', (column) => column.notNull())
    .addColumn('started_by', 'text', (column) => column.notNull())
    .addColumn('started_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('resealings_key', ['from_set', 'to_set'])
    .execute();
  await database.schema
    .createTable('resealing_parts')
    .addColumn('application_id', 'text', (column) => column.notNull())
    .addColumn('field', 'text', (column) => column.notNull())
    .addColumn('custodian', 'text', (column) => column.notNull())
    .addColumn('dealt_by', 'text', (column) => column.notNull())
    .addColumn('sealed', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('resealing_parts_key', ['application_id', 'field', 'custodian', 'dealt_by'])
    .execute();
};

/** An identity that custodians hold is not sealed to the reviewers' key any more, so that column may be empty. */
const letIdentitiesGoToCustodians = async (database: Kysely<unknown>): Promise<void> => {
  await database.schema
    .createTable('identities_to_be')
    .addColumn('application_id', 'text', (column) => column.primaryKey())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('sealed', 'text')
    .addColumn('approved_at', 'bigint', (column) => column.notNull())
    .execute();
  const columns = ['application_id', 'user_id', 'sealed', 'approved_at'] as const;
  const tables = database.withTables<{
    identities: Record<(typeof columns)[number], unknown>;
    identities_to_be: Record<(typeof columns)[number], unknown>;
  }>();
  await tables
    .insertInto('identities_to_be')
    .columns([...columns])
    .expression((from) => from.selectFrom('identities').select([...columns]))
    .execute();
  await database.schema.dropTable('identities').execute();
  await database.schema.alterTable('identities_to_be').renameTo('identities').execute();
  await database.schema.createIndex('identities_of_user').on('identities').column('user_id').execute();
};
