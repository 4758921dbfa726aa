import type { Kysely } from 'kysely';

/** Which applications are of one subject, told by a blind index: nobody can read from it who the subject is. */
export const up = async (database: Kysely<unknown>): Promise<void> => {
  await database.schema
    .createTable('subjects')
    .addColumn('blind_index', 'text', (column) => column.primaryKey())
    .addColumn('since', 'bigint', (column) => column.notNull())
    .execute();
  await database.schema
    .createTable('subject_applications')
    .addColumn('application_id', 'text', (column) =>
      column.primaryKey().references('applications.application_id').onDelete('cascade'),
    )
    .addColumn('blind_index', 'text', (column) => column.notNull())
    .execute();
  await database.schema
    .createIndex('applications_of_subject')
    .on('subject_applications')
    .column('blind_index')
    .execute();
  // How long an answer takes is measured on the last ones.
  await database.schema
    .createIndex('application_steps_by_time')
    .on('application_steps')
    .columns(['role', 'at'])
    .execute();
};
