import type { Kysely } from 'kysely';

/** What was uploaded, and the smaller copies of pictures. Their bytes are blobs. */
export const up = async (database: Kysely<unknown>): Promise<void> => {
  await database.schema
    .createTable('media')
    .addColumn('media_id', 'text', (column) => column.primaryKey())
    .addColumn('blob_id', 'text', (column) => column.notNull())
    .addColumn('size', 'bigint', (column) => column.notNull())
    .addColumn('sha256', 'text', (column) => column.notNull())
    .addColumn('content_type', 'text', (column) => column.notNull())
    .addColumn('file_name', 'text')
    .addColumn('uploader', 'text', (column) => column.notNull())
    .addColumn('uploaded_at', 'bigint', (column) => column.notNull())
    .addColumn('is_public', 'integer', (column) => column.notNull())
    .execute();
  await database.schema
    .createIndex('media_by_uploader')
    .on('media')
    .columns(['uploader', 'uploaded_at', 'size'])
    .execute();
  await database.schema
    .createTable('media_thumbnails')
    .addColumn('media_id', 'text', (column) => column.notNull().references('media.media_id'))
    .addColumn('width', 'integer', (column) => column.notNull())
    .addColumn('height', 'integer', (column) => column.notNull())
    .addColumn('method', 'text', (column) => column.notNull())
    .addColumn('blob_id', 'text', (column) => column.notNull())
    .addColumn('size', 'bigint', (column) => column.notNull())
    .addColumn('sha256', 'text', (column) => column.notNull())
    .addColumn('content_type', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('media_thumbnails_key', ['media_id', 'width', 'height', 'method'])
    .execute();
};
