import type { Kysely } from 'kysely';

/** By which way an application is shown to be true, and for whom organisations answer. No name and no number is in here. */
export const up = async (database: Kysely<unknown>): Promise<void> => {
  await createWays(database);
  await createAttestations(database);
  await createVouches(database);
};

const createWays = async (database: Kysely<unknown>): Promise<void> => {
  await database.schema
    .createTable('verification_switches')
    .addColumn('way', 'text', (column) => column.primaryKey())
    .addColumn('is_on', 'integer', (column) => column.notNull())
    .addColumn('changed_by', 'text', (column) => column.notNull())
    .addColumn('changed_at', 'bigint', (column) => column.notNull())
    .execute();
  await database.schema
    .createTable('verification_secrets')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('secret', 'text', (column) => column.notNull())
    .execute();
  // The newest decisions tell how long a decision usually takes.
  await database.schema
    .createIndex('application_steps_by_state')
    .on('application_steps')
    .columns(['state', 'at'])
    .execute();
};

const createAttestations = async (database: Kysely<unknown>): Promise<void> => {
  await database.schema
    .createTable('verification_attempts')
    .addColumn('application_id', 'text', (column) => column.primaryKey().references('applications.application_id'))
    .addColumn('challenge', 'text', (column) => column.notNull())
    .addColumn('begun_at', 'bigint', (column) => column.notNull())
    .execute();
  await database.schema
    .createTable('attestations')
    .addColumn('application_id', 'text', (column) => column.primaryKey().references('applications.application_id'))
    .addColumn('way', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('fields', 'text', (column) => column.notNull())
    .addColumn('assurance', 'text')
    .addColumn('proof', 'text')
    .addColumn('vouch_id', 'text')
    .execute();
};

const createVouches = async (database: Kysely<unknown>): Promise<void> => {
  await database.schema
    .createTable('vouches')
    .addColumn('vouch_id', 'text', (column) => column.primaryKey())
    .addColumn('voucher', 'text', (column) => column.notNull())
    .addColumn('made_by', 'text', (column) => column.notNull())
    .addColumn('made_at', 'bigint', (column) => column.notNull())
    .addColumn('expires', 'bigint', (column) => column.notNull())
    .addColumn('code_hash', 'text', (column) => column.unique())
    .addColumn('addressee', 'text')
    .addColumn('application_id', 'text')
    .addColumn('withdrawn_at', 'bigint')
    .addColumn('withdrawn_by', 'text')
    .addColumn('withdrawn_reason', 'text')
    .execute();
  await database.schema.createIndex('vouches_of_voucher').on('vouches').columns(['voucher', 'made_at']).execute();
  await database.schema.createIndex('vouches_for').on('vouches').columns(['addressee', 'made_at']).execute();
};
