import type { Kysely } from 'kysely';

/** Who applied for what, what was decided, and the identities that only the reviewers' private key opens. */
export const up = async (database: Kysely<unknown>): Promise<void> => {
  await createKeys(database);
  await createApplications(database);
  await createEvidence(database);
  await createIdentities(database);
};

const createKeys = async (database: Kysely<unknown>): Promise<void> => {
  await database.schema
    .createTable('reviewers_keys')
    .addColumn('kid', 'text', (column) => column.primaryKey())
    .addColumn('public_key', 'text', (column) => column.notNull())
    .addColumn('fingerprint', 'text', (column) => column.notNull())
    .addColumn('number', 'integer', (column) => column.notNull().unique())
    .addColumn('registered_by', 'text', (column) => column.notNull())
    .addColumn('registered_at', 'bigint', (column) => column.notNull())
    .execute();
};

const createApplications = async (database: Kysely<unknown>): Promise<void> => {
  await database.schema
    .createTable('applications')
    .addColumn('application_id', 'text', (column) => column.primaryKey())
    .addColumn('purpose', 'text', (column) => column.notNull())
    .addColumn('applicant', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('public', 'text', (column) => column.notNull())
    .addColumn('sealed', 'text')
    .addColumn('sealed_at', 'bigint')
    .addColumn('account_id', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .addColumn('submitted_at', 'bigint')
    .addColumn('holder', 'text')
    .addColumn('held_until', 'bigint')
    .execute();
  await database.schema
    .createIndex('applications_of_applicant')
    .on('applications')
    .columns(['applicant', 'created_at'])
    .execute();
  await database.schema
    .createIndex('applications_waiting')
    .on('applications')
    .columns(['state', 'submitted_at', 'application_id'])
    .execute();
  await database.schema.createIndex('applications_of_account').on('applications').column('account_id').execute();
  await database.schema
    .createTable('application_steps')
    .addColumn('application_id', 'text', (column) => column.notNull().references('applications.application_id'))
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('reason', 'text')
    .addPrimaryKeyConstraint('application_steps_key', ['application_id', 'number'])
    .execute();
};

const createEvidence = async (database: Kysely<unknown>): Promise<void> => {
  await database.schema
    .createTable('evidence')
    .addColumn('evidence_id', 'text', (column) => column.primaryKey())
    .addColumn('application_id', 'text', (column) => column.notNull().references('applications.application_id'))
    .addColumn('piece', 'text', (column) => column.notNull())
    .addColumn('kid', 'text', (column) => column.notNull())
    .addColumn('blob_id', 'text', (column) => column.notNull())
    .addColumn('size', 'bigint', (column) => column.notNull())
    .addColumn('uploaded_at', 'bigint', (column) => column.notNull())
    .addColumn('discarded', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await database.schema.createIndex('evidence_of_application').on('evidence').column('application_id').execute();
  await database.schema
    .createIndex('evidence_discarded')
    .on('evidence')
    .column('discarded')
    .where('discarded', '=', 1)
    .execute();
};

const createIdentities = async (database: Kysely<unknown>): Promise<void> => {
  await database.schema
    .createTable('identities')
    .addColumn('application_id', 'text', (column) => column.primaryKey())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('sealed', 'text', (column) => column.notNull())
    .addColumn('approved_at', 'bigint', (column) => column.notNull())
    .execute();
  await database.schema.createIndex('identities_of_user').on('identities').column('user_id').execute();
};
