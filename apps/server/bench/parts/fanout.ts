import { setTimeout as wait } from 'node:timers/promises';
import { Crowd, type PostAnswers, type Posts } from '../load/crowd.ts';
import { openWaiters } from '../load/waiter.ts';
import { captured } from '../process/captured.ts';
import { usageOf } from '../process/measured.ts';
import { median, percent, table, tenths, whole } from '../report/table.ts';
import { freshFolder, type MeasuredServer, startByline, startFloor } from '../setup/measured-server.ts';
import { foundNewspaper } from '../setup/newspaper.ts';
import { World } from '../setup/world.ts';

const AUDIENCES = [1_000, 5_000];
const IDLE = 10_000;
const WARM_UP = 20;
const LONE_POSTS = 5;
const RUNS = 3;
/** Deliveries of one run, so that a small audience is measured as long as a large one. */
const DELIVERIES = 100_000;
/** How long everybody has been waiting again before a post that is measured alone. */
const QUIET_MS = 200;
/** How long idle clients have been waiting before their memory is measured. */
const SETTLED_MS = 1_000;
/** What a post says: about as long as a short notice. */
const NOTICE = 'The ferry leaves an hour later today because of the fog over the harbour. '.repeat(8);

interface Figures {
  readonly perSecond: number;
  readonly microseconds: number;
  readonly lastMs: number;
}

interface Measured {
  readonly figures: readonly Figures[];
  readonly kilobytes: number;
  readonly answers: PostAnswers;
}

/** A public account posts, and everybody who follows it waits. */
export const fanout = async (): Promise<string> => {
  const site = { dataFolder: await freshFolder() };
  const { roomId, operator } = await foundNewspaper(site);
  const world = await World.open(site);
  const readers = await world.settle('reader', IDLE);
  await world.follow(readers, roomId);
  await world.close();
  const tokens = readers.map(({ token }) => token);
  const posts = { roomId, token: operator.token, says: (post: number) => `Notice ${post}. ${NOTICE}` };
  const byline = await measureAll(() => startByline(site), posts, tokens);

  const { news, sent } = byline.answers;
  const hears = Object.fromEntries(tokens.map((token) => [token, roomId]));
  const plan = { hears, news: captured(news), sent: captured(sent) };
  const floor = await measureAll(() => startFloor(plan), { ...posts, says: () => NOTICE }, tokens);

  const rows = AUDIENCES.flatMap((audience, index) => [
    row(`Byline, ${whole(audience)} waiting`, byline.figures[index], floor.figures[index]),
    row(`floor, ${whole(audience)} waiting`, floor.figures[index], floor.figures[index]),
  ]);
  const head = ['', 'deliveries/s', 'CPU µs each', 'last one after ms', 'of the floor'];
  const idle = [
    ['Byline', tenths(byline.kilobytes)],
    ['floor', tenths(floor.kilobytes)],
  ];
  return [
    `A post of a public account to all who follow it and wait\n\n${table(head, rows)}`,
    `Memory of each of ${whole(IDLE)} idle waiting clients\n\n${table(['', 'KB'], idle)}`,
  ].join('\n\n');
};

const row = (name: string, figures: Figures | undefined, floor: Figures | undefined): string[] => [
  name,
  whole(figures?.perSecond ?? 0),
  tenths(figures?.microseconds ?? 0),
  whole(figures?.lastMs ?? 0),
  percent(figures?.perSecond ?? 0, floor?.perSecond ?? 0),
];

const measureAll = async (
  start: () => Promise<MeasuredServer>,
  posts: Posts,
  tokens: readonly string[],
): Promise<Measured> => {
  const server = await start();
  const crowd = await Crowd.of(server.port, posts);
  const figures: Figures[] = [];
  for (const audience of AUDIENCES) {
    await crowd.grow(tokens.slice(crowd.size, audience));
    figures.push(await measure(crowd, server));
  }
  const { answers } = await crowd.post();
  crowd.close();
  await server.stop();

  const kilobytes: number[] = [];
  for (let run = 0; run < RUNS; run += 1) kilobytes.push(await idleMemory(await start(), tokens));
  return { figures, kilobytes: median(kilobytes), answers };
};

const measure = async (crowd: Crowd, server: MeasuredServer): Promise<Figures> => {
  for (let post = 0; post < WARM_UP; post += 1) await crowd.post();
  const lone: number[] = [];
  for (let post = 0; post < LONE_POSTS; post += 1) {
    await wait(QUIET_MS);
    lone.push((await crowd.post()).milliseconds);
  }
  const runs: { readonly perSecond: number; readonly microseconds: number }[] = [];
  for (let run = 0; run < RUNS; run += 1) runs.push(await postOnAndOn(crowd, server));
  return {
    perSecond: median(runs.map(({ perSecond }) => perSecond)),
    microseconds: median(runs.map(({ microseconds }) => microseconds)),
    lastMs: median(lone),
  };
};

/** One post after the other, each as soon as the last of all has the one before. */
const postOnAndOn = async (crowd: Crowd, server: MeasuredServer) => {
  const posts = Math.ceil(DELIVERIES / crowd.size);
  const deliveries = posts * crowd.size;
  const before = await usageOf(server.child);
  const began = performance.now();
  for (let post = 0; post < posts; post += 1) await crowd.post();
  const seconds = (performance.now() - began) / 1_000;
  const { cpuMicroseconds } = await usageOf(server.child);
  return {
    perSecond: deliveries / seconds,
    microseconds: (cpuMicroseconds - before.cpuMicroseconds) / deliveries,
  };
};

/** What one more client costs that only waits, in KB: of a fresh process, where nothing that was freed hides it. */
const idleMemory = async (server: MeasuredServer, tokens: readonly string[]): Promise<number> => {
  const before = await usageOf(server.child);
  const failed = Promise.withResolvers<never>();
  const waiting = openWaiters(server.port, tokens, { onNews: () => undefined, onError: failed.reject });
  const waiters = await Promise.race([failed.promise, waiting]);
  await wait(SETTLED_MS);
  const { residentBytes } = await usageOf(server.child);
  for (const waiter of waiters) waiter.close();
  await server.stop();
  return (residentBytes - before.residentBytes) / tokens.length / 1_024;
};
