import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely, sql } from 'kysely';
import { expect, test } from 'vitest';
import { sqliteDialect } from './sqlite.ts';

test('rows whose numbers no plain number can hold are written, and whatever is written after them', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'byline-sqlite-'));
  const database = new Kysely<{ far: { id: number } }>({
    dialect: sqliteDialect(join(folder, 'far.sqlite'), 'writer'),
  });
  await sql`create table far (id integer primary key)`.execute(database);
  await database.transaction().execute((writer) => sql`insert into far (id) values (9007474132647936)`.execute(writer));
  await database.transaction().execute((writer) => writer.deleteFrom('far').where('id', '<', 1).execute());
  const { rows } = await sql<{ count: number }>`select count(*) as count from far`.execute(database);
  expect(rows).toEqual([{ count: 1 }]);
  await database.destroy();
  await rm(folder, { recursive: true });
});
