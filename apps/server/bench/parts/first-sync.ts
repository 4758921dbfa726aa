import { rm } from 'node:fs/promises';
import { type Answer, Connection } from '../load/connection.ts';
import { syncRequest } from '../load/request.ts';
import { captured } from '../process/captured.ts';
import { usageOf } from '../process/measured.ts';
import { median, table, whole } from '../report/table.ts';
import { freshFolder, type MeasuredServer, startByline, startFloor } from '../setup/measured-server.ts';
import { settleInRooms } from '../setup/rooms-of-somebody.ts';
import type { Inhabitant } from '../setup/world.ts';

const ROOMS = [500, 1_000];
const RUNS = 3;

interface FirstSync {
  readonly milliseconds: number;
  readonly cpuMilliseconds: number;
  readonly answer: Answer;
}

/** The first sync of somebody who is in many rooms: of a server that has just started, and once more. */
export const firstSync = async (
  fresh: () => Promise<Readonly<Record<string, string | undefined>>>,
): Promise<string> => {
  const tables: string[] = [];
  for (const rooms of ROOMS) {
    const rows: string[][] = [];
    for (const [engine, databaseUrl] of Object.entries(await fresh())) {
      const site = { dataFolder: await freshFolder(), databaseUrl };
      const somebody = await settleInRooms(site, rooms);
      const byline = await coldAndWarm(() => startByline(site), somebody);
      await rm(site.dataFolder, { recursive: true, force: true });
      const news = captured(byline.answer);
      const floor = await coldAndWarm(() => startFloor({ hears: {}, news, sent: news }), somebody);
      rows.push(
        row(`Byline on ${engine}, cold`, byline.cold),
        row(`Byline on ${engine}, warm`, byline.warm),
        row('floor, cold', floor.cold),
        row('floor, warm', floor.warm),
      );
    }
    const text = table(['', 'ms', 'CPU ms', 'KB'], rows);
    tables.push(`The first sync of an account with ${whole(rooms)} rooms\n\n${text}`);
  }
  return tables.join('\n\n');
};

const row = (name: string, runs: readonly FirstSync[]): string[] => [
  name,
  whole(median(runs.map(({ milliseconds }) => milliseconds))),
  whole(median(runs.map(({ cpuMilliseconds }) => cpuMilliseconds))),
  whole(median(runs.map(({ answer }) => answer.body.length / 1_024))),
];

/** Asks each of some fresh processes twice. */
const coldAndWarm = async (start: () => Promise<MeasuredServer>, somebody: Inhabitant) => {
  const cold: FirstSync[] = [];
  const warm: FirstSync[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const server = await start();
    const connection = await Connection.open(server.port);
    cold.push(await syncOnce(server, connection, somebody));
    warm.push(await syncOnce(server, connection, somebody));
    connection.close();
    await server.stop();
  }
  const [first] = cold;
  if (first === undefined) throw new Error('Nothing was measured.');
  return { cold, warm, answer: first.answer };
};

const syncOnce = async (server: MeasuredServer, connection: Connection, { token }: Inhabitant): Promise<FirstSync> => {
  const before = await usageOf(server.child);
  const began = performance.now();
  const answer = await connection.ask(syncRequest(token, undefined));
  const milliseconds = performance.now() - began;
  if (answer.status !== 200) throw new Error(`A first sync was answered ${answer.status}.`);
  const { cpuMicroseconds } = await usageOf(server.child);
  return { milliseconds, cpuMilliseconds: (cpuMicroseconds - before.cpuMicroseconds) / 1_000, answer };
};
