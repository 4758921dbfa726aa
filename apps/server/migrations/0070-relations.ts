import { type Kysely, sql } from 'kysely';

/** Which events relate to which: of conversations, and of the rooms of public accounts. One row for each that relates to another. */
export const up = async (database: Kysely<unknown>): Promise<void> => {
  for (const table of ['relations', 'account_relations']) await createRelations(database, table);
};

const createRelations = async (database: Kysely<unknown>, table: string): Promise<void> => {
  await database.schema
    .createTable(table)
    .addColumn('event_id', 'text', (column) => column.primaryKey())
    .addColumn('room_id', 'text', (column) => column.notNull())
    .addColumn('parent_id', 'text', (column) => column.notNull())
    .addColumn('parent_sender', 'text', (column) => column.notNull())
    .addColumn('rel_type', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('sender', 'text', (column) => column.notNull())
    .addColumn('annotation_key', 'text')
    .addColumn('thread_id', 'text')
    .addColumn('position', 'bigint', (column) => column.notNull())
    .addColumn('sent_at', 'bigint', (column) => column.notNull())
    .addColumn('describes_parent', 'integer', (column) => column.notNull())
    .addColumn('redacted', 'integer', (column) => column.notNull())
    .execute();
  await database.schema.createIndex(`${table}_of_parent`).on(table).columns(['parent_id', 'position']).execute();
  await database.schema
    .createIndex(`${table}_of_annotator`)
    .on(table)
    .columns(['parent_id', 'sender'])
    .where(sql.ref('rel_type'), '=', 'm.annotation')
    .execute();
  await database.schema
    .createIndex(`${table}_of_thread`)
    .on(table)
    .columns(['room_id', 'parent_id', 'position'])
    .where(sql.ref('rel_type'), '=', 'm.thread')
    .execute();
};
