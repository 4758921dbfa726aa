import type { Kysely } from 'kysely';

/** What users have reported to the provider: a room, an event or a user. What was said stays where it is. */
export const up = async (database: Kysely<unknown>): Promise<void> => {
  await database.schema
    .createTable('reports')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('reporter', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('room_id', 'text')
    .addColumn('event_id', 'text')
    // The reported user; of an event, who sent it.
    .addColumn('user_id', 'text')
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('reported_at', 'bigint', (column) => column.notNull())
    .execute();
  await database.schema.createIndex('reports_in_order').on('reports').columns(['reported_at', 'id']).execute();
};
