import type { Kysely } from 'kysely';

/** What is known of rooms besides their events: their aliases, which are published, and which people have forgotten. */
export const up = async (database: Kysely<unknown>): Promise<void> => {
  await database.schema
    .createTable('room_aliases')
    .addColumn('alias', 'text', (column) => column.primaryKey())
    .addColumn('room_id', 'text', (column) => column.notNull())
    .addColumn('creator', 'text', (column) => column.notNull())
    .execute();
  await database.schema.createIndex('room_aliases_of_room').on('room_aliases').columns(['room_id']).execute();
  await database.schema
    .createTable('published_rooms')
    .addColumn('room_id', 'text', (column) => column.primaryKey())
    .execute();
  await database.schema
    .createTable('forgotten_rooms')
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('room_id', 'text', (column) => column.notNull())
    .addColumn('position', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('forgotten_rooms_key', ['user_id', 'room_id'])
    .execute();
};
