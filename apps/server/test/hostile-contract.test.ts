import type { Operation } from '@byline/protocol';
import { freePort } from '@byline/testkit/free-port.ts';
import { caller } from '@byline/testkit/person.ts';
import { freshPostgresDatabase } from '@byline/testkit/postgres-database.ts';
import { type ServerProcess, startServerProcess } from '@byline/testkit/server-process.ts';
import fc from 'fast-check';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EngineName } from './feature-server.ts';
import { Asker } from './hostile/asking.ts';
import { allOperations } from './hostile/contract.ts';
import { Population } from './hostile/population.ts';
import { type HostileRequest, hostileRequest } from './hostile/requests.ts';
import { unsoundIn } from './hostile/soundness.ts';

/** Another seed, another run: change it to look elsewhere. A failure prints the seed and the path to it. */
const SEED = 20_261_123;
/** How many requests are made at once by each of those who make them. */
const AT_ONCE = 12;
const LANES = 4;
/** After so many turns the callers are brought back to a room where they can talk. */
const TURNS_OF_A_ROOM = 25;
/** Shrinking included. */
const LONGEST_RUN_MS = 800_000;

const RUNS: readonly (readonly [engine: EngineName, requests: number])[] = [
  ['sqlite', 51_000],
  ['postgres', 7_200],
];

describe.each(RUNS)('hostile requests on %s', (engine, requests) => {
  let dataFolder: string;
  let databaseUrl: string | undefined;
  let server: ServerProcess;

  beforeEach(async () => {
    dataFolder = await mkdtemp(join(tmpdir(), 'byline-hostile-'));
    databaseUrl = engine === 'postgres' ? await freshPostgresDatabase() : undefined;
    const settings = { BYLINE_LOG_LEVEL: 'warn' };
    server = await startServerProcess({ dataFolder, databaseUrl, settings, port: await freePort() });
  });
  afterEach(async () => {
    await server.kill();
    await rm(dataFolder, { recursive: true, force: true });
  });

  test(`${requests} requests leave it as it should be`, { timeout: 900_000 }, async () => {
    const operations = await allOperations();
    expect(operations.length).toBeGreaterThan(100);
    const population = await Population.settle({ url: server.url, setupLink: async () => setupLinkIn(server) });
    const asker = new Asker(server.url, population);
    const turns = Math.ceil(requests / AT_ONCE / LANES);
    const asking = await Promise.all(
      Array.from({ length: LANES }, (_, lane) => keepAsking(operations, asker, population, turns, SEED + lane)),
    );
    asker.close();
    const found = asking.filter((fault) => fault !== undefined);
    if (found.length > 0) found.push(`the server said: ${server.printed().slice(-3_000)}`);
    expect(found).toEqual([]);

    // A few are not made, because nobody could read their answers.
    expect(total(asker)).toBeGreaterThan(requests * 0.99);
    // Were everything refused at the door, nothing would have been shown.
    expect(asker.tally.get(200)).toBeGreaterThan(requests / 8);
    await population.refresh();
    const token = population.tokenOf('administrator');
    expect(await caller(server, token).get('/_matrix/client/v3/sync?timeout=0')).toMatchObject({ status: 200 });
    expect(await server.stop()).toBe(0);
    expect(server.printed()).not.toMatch(/"level":[456]0/);
    expect(await unsoundIn({ dataFolder, databaseUrl })).toEqual([]);
  });
});

/** Makes requests, a few at once, until they are enough or an answer is wrong; then tells of a small request that does it. */
const keepAsking = async (
  operations: readonly Operation[],
  asker: Asker,
  population: Population,
  turns: number,
  seed: number,
): Promise<string | undefined> => {
  let turn = 0;
  const answersWell = fc.asyncProperty(
    fc.array(hostileRequest(operations), { minLength: AT_ONCE, maxLength: AT_ONCE, size: 'max' }),
    async (requests) => {
      turn += 1;
      if (turn % TURNS_OF_A_ROOM === 0) await population.refresh();
      const faults = await Promise.all(requests.map((request) => faultIn(asker, request)));
      const found = faults.filter((fault) => fault !== undefined);
      if (found.length > 0) throw new Error(found.join('\n'));
    },
  );
  const limits = { numRuns: turns, interruptAfterTimeLimit: LONGEST_RUN_MS, markInterruptAsFailure: true };
  const report = await fc.check(answersWell, { seed, ...limits });
  if (!report.failed) return undefined;
  return `seed ${report.seed}, path ${report.counterexamplePath}: ${String(report.errorInstance)}`;
};

const faultIn = async (asker: Asker, request: HostileRequest): Promise<string | undefined> => {
  const told = asker.told(request);
  const fault = await asker.faultIn(request);
  return fault === undefined ? undefined : `${told}\n  ${fault}`;
};

const total = ({ tally }: Asker): number => [...tally.values()].reduce((sum, count) => sum + count, 0);

/** The server prints the link by which the first administrator is made. */
const setupLinkIn = (server: ServerProcess): string | undefined => /https?:\S+#\S+/.exec(server.printed())?.[0];
