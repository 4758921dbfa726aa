import type { Kysely } from 'kysely';

/** The room in which the provider speaks to each user, and what was told once and is not told again. */
export const up = async (database: Kysely<unknown>): Promise<void> => {
  await database.schema
    .createTable('notice_rooms')
    .addColumn('user_id', 'text', (column) => column.primaryKey())
    .addColumn('room_id', 'text', (column) => column.notNull().unique())
    .execute();
  await database.schema
    .createTable('notices_given')
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('occasion', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('notices_given_key', ['user_id', 'occasion'])
    .execute();
};
