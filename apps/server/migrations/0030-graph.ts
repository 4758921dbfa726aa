import type { Kysely } from 'kysely';

/** The events of rooms, twice in the same shape: conversations, and the rooms of public accounts, which no code reads as one. */
export const up = async (database: Kysely<unknown>): Promise<void> => {
  for (const prefix of ['', 'account_']) {
    await createRooms(database, prefix);
    await createEvents(database, prefix);
    await createState(database, prefix);
  }
};

const createRooms = async (database: Kysely<unknown>, prefix: string): Promise<void> => {
  await database.schema
    .createTable(`${prefix}rooms`)
    .addColumn('room_id', 'text', (column) => column.primaryKey())
    .addColumn('version', 'text', (column) => column.notNull())
    .execute();
};

const createEvents = async (database: Kysely<unknown>, prefix: string): Promise<void> => {
  const table = `${prefix}events`;
  await database.schema
    .createTable(table)
    .addColumn('position', 'bigint', (column) => column.primaryKey())
    .addColumn('event_id', 'text', (column) => column.notNull().unique())
    .addColumn('room_id', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('state_key', 'text')
    .addColumn('pdu', 'text', (column) => column.notNull())
    .addColumn('redacted_by', 'text')
    .addColumn('replaces', 'text')
    .addColumn('transaction_key', 'text', (column) => column.unique())
    .execute();
  await database.schema.createIndex(`${table}_of_room`).on(table).columns(['room_id', 'position']).execute();
  await database.schema
    .createIndex(`${table}_of_state`)
    .on(table)
    .columns(['room_id', 'type', 'state_key', 'position'])
    .where('state_key', 'is not', null)
    .execute();
};

const createState = async (database: Kysely<unknown>, prefix: string): Promise<void> => {
  const table = `${prefix}room_state`;
  await database.schema
    .createTable(table)
    .addColumn('room_id', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('state_key', 'text', (column) => column.notNull())
    .addColumn('position', 'bigint', (column) => column.notNull())
    .addColumn('membership', 'text')
    .addPrimaryKeyConstraint(`${table}_key`, ['room_id', 'type', 'state_key'])
    .execute();
  await database.schema
    .createIndex(`${table}_of_member`)
    .on(table)
    .columns(['state_key', 'membership'])
    .where('membership', 'is not', null)
    .execute();
};
