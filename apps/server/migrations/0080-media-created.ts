import type { Kysely } from 'kysely';

/**
 * Addresses that were given out before their files, and thumbnails that move. Those that were made before are made again
 * when they are asked for; their blobs the sweep takes.
 */
export const up = async (database: Kysely<unknown>): Promise<void> => {
  await database.schema
    .createTable('media_created')
    .addColumn('media_id', 'text', (column) => column.primaryKey())
    .addColumn('creator', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .execute();
  await database.schema
    .createIndex('media_created_by')
    .on('media_created')
    .columns(['creator', 'expires_at'])
    .execute();
  await database.schema.dropTable('media_thumbnails').execute();
  await database.schema
    .createTable('media_thumbnails')
    .addColumn('media_id', 'text', (column) => column.notNull().references('media.media_id'))
    .addColumn('width', 'integer', (column) => column.notNull())
    .addColumn('height', 'integer', (column) => column.notNull())
    .addColumn('method', 'text', (column) => column.notNull())
    .addColumn('animated', 'integer', (column) => column.notNull())
    .addColumn('blob_id', 'text', (column) => column.notNull())
    .addColumn('size', 'bigint', (column) => column.notNull())
    .addColumn('sha256', 'text', (column) => column.notNull())
    .addColumn('content_type', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('media_thumbnails_of', ['media_id', 'width', 'height', 'method', 'animated'])
    .execute();
  for (const table of ['media', 'media_thumbnails'])
    await database.schema.createIndex(`${table}_by_blob`).on(table).column('blob_id').execute();
};
