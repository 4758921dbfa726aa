import type { Kysely } from 'kysely';

/** Why a right to publish ended before its time. */
export const up = async (database: Kysely<unknown>): Promise<void> => {
  await database.schema.alterTable('qualifications').addColumn('ended_because', 'text').execute();
};
