import type { Kysely } from 'kysely';
import { createFullTextIndex } from '../src/platform/engine/full-text.ts';

/** What can be found in rooms, one row for each event that says something, and how far the log was read for it. */
export const up = async (database: Kysely<unknown>): Promise<void> => {
  await database.schema
    .createTable('search_texts')
    .addColumn('position', 'bigint', (column) => column.primaryKey())
    .addColumn('event_id', 'text', (column) => column.notNull())
    .addColumn('room_id', 'text', (column) => column.notNull())
    .addColumn('sender', 'text', (column) => column.notNull())
    .addColumn('search_key', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .execute();
  await createFullTextIndex(database, 'search_words');
  await database.schema
    .createTable('search_cursor')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('position', 'bigint', (column) => column.notNull())
    .execute();
  await database
    .withTables<{ search_cursor: { id: number; position: number } }>()
    .insertInto('search_cursor')
    .values({ id: 1, position: 0 })
    .execute();
};
