import { rm } from 'node:fs/promises';
import { Connection } from '../load/connection.ts';
import { syncRequest } from '../load/request.ts';
import { usageOf } from '../process/measured.ts';
import { median, table, whole } from '../report/table.ts';
import { freshFolder, startByline } from '../setup/measured-server.ts';
import { type Inhabitant, type Site, World } from '../setup/world.ts';

const ROOMS = 500;
/** Every tenth room is a group in which much is said; the others are quiet talks of two. */
const GROUP_EVERY = 10;
const GROUP = 20;
const MESSAGES_OF_A_GROUP = 50;
const MESSAGES_OF_TWO = 5;
const RUNS = 3;

interface FirstSync {
  readonly milliseconds: number;
  readonly cpuMilliseconds: number;
  readonly bytes: number;
}

/** The first sync of somebody who is in many rooms: of a server that has just started, and once more. */
export const firstSync = async (databaseUrls: Readonly<Record<string, string | undefined>>): Promise<string> => {
  const rows: string[][] = [];
  for (const [engine, databaseUrl] of Object.entries(databaseUrls)) {
    const site = { dataFolder: await freshFolder(), databaseUrl };
    const somebody = await settle(site);
    const runs: (readonly [FirstSync, FirstSync])[] = [];
    for (let run = 0; run < RUNS; run += 1) runs.push(await coldAndWarm(site, somebody));
    await rm(site.dataFolder, { recursive: true, force: true });
    rows.push(
      row(
        `${engine}, cold`,
        runs.map(([cold]) => cold),
      ),
      row(
        `${engine}, warm`,
        runs.map(([, warm]) => warm),
      ),
    );
  }
  return `The first sync of an account with ${ROOMS} rooms\n\n${table(['', 'ms', 'CPU ms', 'KB'], rows)}`;
};

const row = (name: string, runs: readonly FirstSync[]): string[] => [
  name,
  whole(median(runs.map(({ milliseconds }) => milliseconds))),
  whole(median(runs.map(({ cpuMilliseconds }) => cpuMilliseconds))),
  whole(median(runs.map(({ bytes }) => bytes / 1_024))),
];

const settle = async (site: Site): Promise<Inhabitant> => {
  const world = await World.open(site);
  const [somebody] = await world.settle('somebody', 1);
  const others = await world.settle('other', GROUP - 1);
  if (somebody === undefined) throw new Error('Nobody settled.');
  for (let room = 0; room < ROOMS; room += 1) {
    const isGroup = room % GROUP_EVERY === 0;
    const [members, messages] = isGroup ? [others, MESSAGES_OF_A_GROUP] : [others.slice(0, 1), MESSAGES_OF_TWO];
    await world.converse(somebody, members, messages);
  }
  await world.close();
  return somebody;
};

const coldAndWarm = async (site: Site, { token }: Inhabitant): Promise<readonly [FirstSync, FirstSync]> => {
  const server = await startByline(site);
  const connection = await Connection.open(server.port);
  const sync = async (): Promise<FirstSync> => {
    const before = await usageOf(server.child);
    const began = performance.now();
    const { status, body } = await connection.ask(syncRequest(token, undefined));
    const milliseconds = performance.now() - began;
    if (status !== 200) throw new Error(`A first sync was answered ${status}.`);
    const { cpuMicroseconds } = await usageOf(server.child);
    return { milliseconds, cpuMilliseconds: (cpuMicroseconds - before.cpuMicroseconds) / 1_000, bytes: body.length };
  };
  const both = [await sync(), await sync()] as const;
  connection.close();
  await server.stop();
  return both;
};
