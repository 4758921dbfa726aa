import { readdir } from 'node:fs/promises';
import { type Kysely } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';

const FOLDER = new URL('../../../migrations/', import.meta.url);

/** Runs the migrations that the database has not seen, in the order of their numbers. */
export const migrate = async <Tables>(database: Kysely<Tables>): Promise<void> => {
  const migrator = new Migrator({ db: database, provider: { getMigrations: readMigrations } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
};

const readMigrations = async (): Promise<Record<string, Migration>> => {
  const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.ts')).toSorted();
  const loaded = files.map(async (file) => {
    const migration = (await import(new URL(file, FOLDER).href)) as Migration;
    return [file.replace(/\.ts$/, ''), migration] as const;
  });
  return Object.fromEntries(await Promise.all(loaded));
};
