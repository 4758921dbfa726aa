import type { Kysely } from 'kysely';

/** What accounts look like: their names, handles and pictures, in forms in which look-alikes are found by an index. */
export const up = async (database: Kysely<unknown>): Promise<void> => {
  await createTexts(database);
  await createPictures(database);
};

const createTexts = async (database: Kysely<unknown>): Promise<void> => {
  await database.schema
    .createTable('resemblance_texts')
    .addColumn('application_id', 'text', (column) => column.notNull().references('applications.application_id'))
    .addColumn('aspect', 'text', (column) => column.notNull())
    .addColumn('account_id', 'text', (column) => column.notNull())
    .addColumn('skeleton', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('resemblance_texts_key', ['application_id', 'aspect'])
    .execute();
  await database.schema
    .createIndex('resemblance_texts_by_skeleton')
    .on('resemblance_texts')
    .columns(['aspect', 'skeleton'])
    .execute();
  // By what is left of a skeleton without one character, as a number (see `deletionNeighbours`).
  await database.schema
    .createTable('resemblance_neighbours')
    .addColumn('neighbour', 'bigint', (column) => column.notNull())
    .addColumn('application_id', 'text', (column) => column.notNull())
    .addColumn('aspect', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('resemblance_neighbours_key', ['neighbour', 'application_id', 'aspect'])
    .execute();
  await database.schema
    .createIndex('resemblance_neighbours_of')
    .on('resemblance_neighbours')
    .column('application_id')
    .execute();
};

const createPictures = async (database: Kysely<unknown>): Promise<void> => {
  await database.schema
    .createTable('resemblance_pictures')
    .addColumn('application_id', 'text', (column) => column.primaryKey().references('applications.application_id'))
    .addColumn('account_id', 'text', (column) => column.notNull())
    .addColumn('picture', 'text', (column) => column.notNull())
    .addColumn('band_0', 'integer', (column) => column.notNull())
    .addColumn('band_1', 'integer', (column) => column.notNull())
    .addColumn('band_2', 'integer', (column) => column.notNull())
    .addColumn('band_3', 'integer', (column) => column.notNull())
    .addColumn('red', 'integer', (column) => column.notNull())
    .addColumn('green', 'integer', (column) => column.notNull())
    .addColumn('blue', 'integer', (column) => column.notNull())
    .execute();
  for (const band of ['band_0', 'band_1', 'band_2', 'band_3'])
    await database.schema
      .createIndex(`resemblance_pictures_by_${band}`)
      .on('resemblance_pictures')
      .column(band)
      .execute();
};
