import { type Kysely, sql, SqliteAdapter } from 'kysely';

/** The work of the reviewers: the queue, who proposed what, what was asked and answered, and until when what is kept. */
export const up = async (database: Kysely<unknown>): Promise<void> => {
  await createCases(database);
  await createTalk(database);
  await createWords(database);
  await database.schema.alterTable('application_steps').addColumn('action', 'text').execute();
  await database.schema.alterTable('application_steps').addColumn('template', 'text').execute();
  await database.schema.alterTable('evidence').addColumn('sealed_for', 'text').execute();
  await database.schema
    .createIndex('applications_held')
    .on('applications')
    .columns(['holder', 'held_until'])
    .where('holder', 'is not', null)
    .execute();
};

const createCases = async (database: Kysely<unknown>): Promise<void> => {
  await database.schema
    .createTable('review_cases')
    .addColumn('application_id', 'text', (column) => column.primaryKey().references('applications.application_id'))
    .addColumn('waits_for', 'text')
    .addColumn('category', 'text', (column) => column.notNull())
    .addColumn('submitted_at', 'bigint', (column) => column.notNull())
    .addColumn('due_at', 'bigint', (column) => column.notNull())
    .addColumn('asked_at', 'bigint')
    .addColumn('stage', 'text', (column) => column.notNull())
    .addColumn('proposal', 'text')
    .addColumn('appealed_at', 'bigint')
    .addColumn('appeal_reason', 'text')
    .addColumn('paused_by', 'text')
    .addColumn('corrected_by', 'text')
    .addColumn('keep_until', 'bigint')
    .execute();
  const byAge = ['submitted_at', 'application_id'] as const;
  await createIndex(database, 'review_cases_waiting', ['waits_for', ...byAge]);
  await createIndex(database, 'review_cases_of_category', ['waits_for', 'category', ...byAge]);
  await createIndex(database, 'review_cases_due', ['waits_for', 'due_at']);
  await database.schema
    .createIndex('review_cases_kept')
    .on('review_cases')
    .column('keep_until')
    .where('keep_until', 'is not', null)
    .execute();
};

const createIndex = (database: Kysely<unknown>, name: string, columns: readonly string[]): Promise<void> =>
  database.schema
    .createIndex(name)
    .on('review_cases')
    .columns([...columns])
    .execute();

const createTalk = async (database: Kysely<unknown>): Promise<void> => {
  await database.schema
    .createTable('case_messages')
    .addColumn('application_id', 'text', (column) => column.notNull().references('applications.application_id'))
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('template', 'text')
    .addColumn('text', 'text')
    .addColumn('sealed', 'text')
    .addPrimaryKeyConstraint('case_messages_key', ['application_id', 'number'])
    .execute();
  await database.schema
    .createTable('case_notes')
    .addColumn('application_id', 'text', (column) => column.notNull().references('applications.application_id'))
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('author', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('case_notes_key', ['application_id', 'number'])
    .execute();
};

/** What begins like a word is a range of words, so they must be sorted by their bytes: SQLite does, PostgreSQL is told to. */
const createWords = async (database: Kysely<unknown>): Promise<void> => {
  const isSqlite = database.getExecutor().adapter instanceof SqliteAdapter;
  await database.schema
    .createTable('case_words')
    .addColumn('word', isSqlite ? 'text' : sql`text collate "C"`, (column) => column.notNull())
    .addColumn('application_id', 'text', (column) => column.notNull().references('applications.application_id'))
    .addPrimaryKeyConstraint('case_words_key', ['word', 'application_id'])
    .execute();
  await database.schema.createIndex('case_words_of_case').on('case_words').column('application_id').execute();
};
