import { rm } from 'node:fs/promises';
import { type Answer, Connection } from '../load/connection.ts';
import { slidingSyncRequest } from '../load/request.ts';
import { captured } from '../process/captured.ts';
import { usageOf } from '../process/measured.ts';
import { median, table, whole } from '../report/table.ts';
import { freshFolder, type MeasuredServer, startByline, startFloor } from '../setup/measured-server.ts';
import { settleInRooms } from '../setup/rooms-of-somebody.ts';
import type { Inhabitant } from '../setup/world.ts';

const ROOMS = 2_000;
/** How many rooms a client shows at first, and then: as Element X begins. */
const WINDOWS = [20, 100];
const RUNS = 3;

interface Slide {
  readonly milliseconds: number;
  readonly cpuMilliseconds: number;
  readonly answer: Answer;
}

/** How a client begins to slide over many rooms: by a server that has just started, and once more. */
export const slidingSync = async (databaseUrls: Readonly<Record<string, string | undefined>>): Promise<string> => {
  const rows: string[][] = [];
  for (const [engine, databaseUrl] of Object.entries(databaseUrls)) {
    const site = { dataFolder: await freshFolder(), databaseUrl };
    const somebody = await settleInRooms(site, ROOMS);
    const cold: Slide[][] = [];
    const warm: Slide[][] = [];
    for (let run = 0; run < RUNS; run += 1) {
      const server = await startByline(site);
      cold.push(await slide(server, somebody));
      warm.push(await slide(server, somebody));
      await server.stop();
    }
    await rm(site.dataFolder, { recursive: true, force: true });
    for (const [index, size] of WINDOWS.entries()) {
      const floor = await floorOf(cold[0]?.[index]);
      rows.push(
        row(`${size} rooms, Byline on ${engine}, cold`, cold, index),
        row(`${size} rooms, Byline on ${engine}, warm`, warm, index),
        row(`${size} rooms, floor, cold`, floor.cold, 0),
        row(`${size} rooms, floor, warm`, floor.warm, 0),
      );
    }
    rows.push(sumRow(`both, Byline on ${engine}, cold`, cold), sumRow(`both, Byline on ${engine}, warm`, warm));
  }
  const head = ['', 'ms', 'CPU ms', 'KB'];
  return `The first sliding syncs of an account with ${whole(ROOMS)} rooms\n\n${table(head, rows)}`;
};

const row = (name: string, runs: readonly (readonly Slide[])[], index: number): string[] => {
  const slides = runs.map((run) => run[index]).filter((one) => one !== undefined);
  return [
    name,
    whole(median(slides.map(({ milliseconds }) => milliseconds))),
    whole(median(slides.map(({ cpuMilliseconds }) => cpuMilliseconds))),
    whole(median(slides.map(({ answer }) => answer.body.length / 1_024))),
  ];
};

const sumRow = (name: string, runs: readonly (readonly Slide[])[]): string[] => {
  const sum = (part: (one: Slide) => number): string =>
    whole(median(runs.map((run) => run.reduce((total, one) => total + part(one), 0))));
  return [
    name,
    sum(({ milliseconds }) => milliseconds),
    sum(({ cpuMilliseconds }) => cpuMilliseconds),
    sum(({ answer }) => answer.body.length / 1_024),
  ];
};

/** A client begins, and then widens its window. */
const slide = async (server: MeasuredServer, somebody: Inhabitant): Promise<Slide[]> => {
  const connection = await Connection.open(server.port);
  const slides: Slide[] = [];
  for (const size of WINDOWS) {
    const pos = slides.at(-1)?.answer.body;
    slides.push(await ask(server, connection, slidingSyncRequest(somebody.token, size, pos)));
  }
  connection.close();
  return slides;
};

/** The same bytes, given by the floor to a fresh process's first request and to its second. */
const floorOf = async (slid: Slide | undefined): Promise<{ cold: Slide[][]; warm: Slide[][] }> => {
  if (slid === undefined) throw new Error('Nothing was measured.');
  const sent = captured(slid.answer);
  const floor: { cold: Slide[][]; warm: Slide[][] } = { cold: [], warm: [] };
  for (let run = 0; run < RUNS; run += 1) {
    const server = await startFloor({ hears: {}, news: sent, sent });
    const connection = await Connection.open(server.port);
    const request = slidingSyncRequest('nobody', WINDOWS[0] ?? 0, undefined);
    floor.cold.push([await ask(server, connection, request)]);
    floor.warm.push([await ask(server, connection, request)]);
    connection.close();
    await server.stop();
  }
  return floor;
};

const ask = async (server: MeasuredServer, connection: Connection, request: string): Promise<Slide> => {
  const before = await usageOf(server.child);
  const began = performance.now();
  const answer = await connection.ask(request);
  const milliseconds = performance.now() - began;
  if (answer.status !== 200) throw new Error(`A sliding sync was answered ${answer.status}.`);
  const { cpuMicroseconds } = await usageOf(server.child);
  return { milliseconds, cpuMilliseconds: (cpuMicroseconds - before.cpuMicroseconds) / 1_000, answer };
};
