import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { expect, onTestFinished, test, vi } from 'vitest';
import { PARTS, requirePart } from './machine.ts';
import { startPostgres } from './postgres.ts';

const run = promisify(execFile);

async function ask(database: string, query: string): Promise<string> {
  const psql = join(dirname(requirePart(PARTS.postgres)), 'psql');
  const { stdout } = await run(psql, ['--no-psqlrc', '--tuples-only', '--no-align', '--command', query, database]);
  return stdout.trim();
}

const isGone = (folder: string): Promise<void> =>
  vi.waitFor(() => expect(existsSync(folder)).toBe(false), { timeout: 10_000, interval: 50 });

test('a server gives empty databases that know nothing of each other, and leaves nothing when it stops', async () => {
  const server = await startPostgres();
  onTestFinished(server.stop);
  const [one, two] = await Promise.all([server.createDatabase(), server.createDatabase()]);
  await ask(one, 'CREATE TABLE note (text text)');

  expect(await ask(one, `SELECT count(*) FROM pg_tables WHERE schemaname = 'public'`)).toBe('1');
  expect(await ask(two, `SELECT count(*) FROM pg_tables WHERE schemaname = 'public'`)).toBe('0');
  expect(await ask(two, 'SHOW fsync')).toBe('on');
  expect(await ask(two, 'SHOW server_encoding')).toBe('UTF8');

  const folder = await ask(two, 'SHOW data_directory');
  expect(existsSync(dirname(folder))).toBe(true);
  await server.stop();
  expect(existsSync(dirname(folder))).toBe(false);
}, 30_000);

test('a server whose starter is killed stops and deletes itself', async () => {
  const program = `
    import { startPostgres } from ${JSON.stringify(join(import.meta.dirname, 'postgres.ts'))};
    const server = await startPostgres();
    console.log(server.url('postgres'));
    setInterval(() => {}, 1000);
  `;
  const starter = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface(starter.stdout), 'line');
  const url = String(line);
  const folder = dirname(await ask(url, 'SHOW data_directory'));
  starter.kill('SIGKILL');

  await isGone(folder);
  await expect(ask(url, 'SELECT 1')).rejects.toThrow('refused');
}, 30_000);
