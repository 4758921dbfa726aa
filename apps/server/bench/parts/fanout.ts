import { rm } from 'node:fs/promises';
import { type Answer, Connection } from '../load/connection.ts';
import { requestText } from '../load/request.ts';
import { openWaiters, type Waiter } from '../load/waiter.ts';
import { captured } from '../process/captured.ts';
import { usageOf } from '../process/measured.ts';
import { median, percent, table, tenths, whole } from '../report/table.ts';
import { freshFolder, type MeasuredServer, startByline, startFloor } from '../setup/measured-server.ts';
import { foundNewspaper, type Newspaper } from '../setup/newspaper.ts';
import { World } from '../setup/world.ts';

const AUDIENCES = [1_000, 5_000];
const IDLE = 10_000;
const WARM_UP = 5;
const LONE_POSTS = 5;
const RUNS = 3;
/** Deliveries of one run, so that a small audience is measured as long as a large one. */
const DELIVERIES = 100_000;
/** What a post says: about as long as a short notice. */
const NOTICE = 'The ferry leaves an hour later today because of the fog over the harbour. '.repeat(8);

interface Figures {
  readonly perSecond: number;
  readonly microseconds: number;
  readonly lastMs: number;
}

interface Memory {
  readonly kilobytes: number;
}

/** A public account posts, and everybody who follows it waits. */
export const fanout = async (): Promise<string> => {
  const dataFolder = await freshFolder();
  const newspaper = await foundNewspaper({ dataFolder });
  const world = await World.open({ dataFolder });
  const readers = await world.settle('reader', IDLE);
  await world.follow(readers, newspaper.roomId);
  await world.close();
  const tokens = readers.map(({ token }) => token);

  const server = await startByline({ dataFolder });
  const byline = await measureAll(server, newspaper, tokens);
  await server.stop();
  await rm(dataFolder, { recursive: true, force: true });

  const hears = Object.fromEntries(tokens.map((token) => [token, newspaper.roomId]));
  const floorServer = await startFloor({ hears, ...byline.answers });
  const floor = await measureAll(floorServer, newspaper, tokens);
  await floorServer.stop();

  const rows = AUDIENCES.flatMap((audience, index) => [
    row(`Byline, ${whole(audience)} waiting`, byline.figures[index], floor.figures[index]),
    row(`floor, ${whole(audience)} waiting`, floor.figures[index], floor.figures[index]),
  ]);
  const head = ['', 'deliveries/s', 'CPU µs each', 'last one after ms', 'of the floor'];
  const idle = `Memory of each of ${whole(IDLE)} idle waiting clients: Byline ${tenths(byline.memory.kilobytes)} KB, floor ${tenths(floor.memory.kilobytes)} KB`;
  return `A post of a public account to all who follow it and wait\n\n${table(head, rows)}\n\n${idle}`;
};

const row = (name: string, figures: Figures | undefined, floor: Figures | undefined): string[] => [
  name,
  whole(figures?.perSecond ?? 0),
  tenths(figures?.microseconds ?? 0),
  whole(figures?.lastMs ?? 0),
  percent(figures?.perSecond ?? 0, floor?.perSecond ?? 0),
];

const measureAll = async (server: MeasuredServer, newspaper: Newspaper, tokens: readonly string[]) => {
  // First, while the process is fresh: memory that was once used for something else would hide what a client takes.
  const memory = await idleMemory(server, tokens);
  const crowd = await Crowd.of(server, newspaper);
  const figures: Figures[] = [];
  for (const audience of AUDIENCES) {
    await crowd.grow(tokens.slice(crowd.size, audience));
    figures.push(await crowd.measure());
  }
  crowd.close();
  return { figures, memory, answers: crowd.answers() };
};

/** All who wait, as one: told of a post when the last of them is. */
class Crowd {
  readonly #server: MeasuredServer;
  readonly #newspaper: Newspaper;
  readonly #connection: Connection;
  readonly #waiters: Waiter[] = [];
  #told = 0;
  #onAllTold: () => void = () => undefined;
  #onError: (error: Error) => void = () => undefined;
  #posts = 0;
  #news: Buffer | undefined;
  #sent: Answer | undefined;

  private constructor(server: MeasuredServer, newspaper: Newspaper, connection: Connection) {
    this.#server = server;
    this.#newspaper = newspaper;
    this.#connection = connection;
  }

  static async of(server: MeasuredServer, newspaper: Newspaper): Promise<Crowd> {
    return new Crowd(server, newspaper, await Connection.open(server.port));
  }

  get size(): number {
    return this.#waiters.length;
  }

  async grow(tokens: readonly string[]): Promise<void> {
    const listeners = { onNews: (body: Buffer) => this.#tell(body), onError: (error: Error) => this.#onError(error) };
    this.#waiters.push(...(await openWaiters(this.#server.port, tokens, listeners)));
  }

  async measure(): Promise<Figures> {
    for (let post = 0; post < WARM_UP; post += 1) await this.#post();
    const lone: number[] = [];
    for (let post = 0; post < LONE_POSTS; post += 1) lone.push(await this.#post());
    const runs: { perSecond: number; microseconds: number }[] = [];
    const posts = Math.ceil(DELIVERIES / this.size);
    for (let run = 0; run < RUNS; run += 1) {
      const before = await usageOf(this.#server.child);
      const began = performance.now();
      for (let post = 0; post < posts; post += 1) await this.#post();
      const seconds = (performance.now() - began) / 1_000;
      const { cpuMicroseconds } = await usageOf(this.#server.child);
      const deliveries = posts * this.size;
      runs.push({
        perSecond: deliveries / seconds,
        microseconds: (cpuMicroseconds - before.cpuMicroseconds) / deliveries,
      });
    }
    return {
      perSecond: median(runs.map(({ perSecond }) => perSecond)),
      microseconds: median(runs.map(({ microseconds }) => microseconds)),
      lastMs: median(lone),
    };
  }

  answers() {
    if (this.#sent === undefined || this.#news === undefined) throw new Error('Nothing was posted.');
    return { news: captured({ ...this.#sent, body: this.#news }), sent: captured(this.#sent) };
  }

  close(): void {
    for (const waiter of this.#waiters) waiter.close();
    this.#connection.close();
  }

  /** Posts, and waits until the last has it. The milliseconds that took. */
  async #post(): Promise<number> {
    this.#posts += 1;
    this.#told = 0;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#onAllTold = resolve;
    this.#onError = reject;
    const { roomId, operator } = this.#newspaper;
    const path = `/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}/send/m.room.message/${this.#posts}`;
    const body = JSON.stringify({ msgtype: 'm.text', body: NOTICE });
    const began = performance.now();
    const sending = this.#connection.ask(requestText('PUT', path, operator.token, body));
    await promise;
    const ended = performance.now();
    this.#sent = await sending;
    if (this.#sent.status !== 200) throw new Error(`A post was answered ${this.#sent.status}.`);
    return ended - began;
  }

  #tell(body: Buffer): void {
    this.#news ??= Buffer.from(body);
    this.#told += 1;
    if (this.#told === this.#waiters.length) this.#onAllTold();
  }
}

/** What one more client costs that only waits. */
const idleMemory = async (server: MeasuredServer, tokens: readonly string[]): Promise<Memory> => {
  const before = await usageOf(server.child);
  const failed = Promise.withResolvers<never>();
  const waiting = openWaiters(server.port, tokens, { onNews: () => undefined, onError: failed.reject });
  const waiters = await Promise.race([failed.promise, waiting]);
  const { residentBytes } = await usageOf(server.child);
  for (const waiter of waiters) waiter.close();
  return { kilobytes: (residentBytes - before.residentBytes) / tokens.length / 1_024 };
};
