import { rm } from 'node:fs/promises';
import type { RoomId } from '@byline/protocol';
import { type Answer, Connection } from '../load/connection.ts';
import { requestText } from '../load/request.ts';
import { openWaiters } from '../load/waiter.ts';
import { captured } from '../process/captured.ts';
import { usageOf } from '../process/measured.ts';
import { median, percent, table, tenths, whole } from '../report/table.ts';
import { freshFolder, type MeasuredServer, startByline, startFloor } from '../setup/measured-server.ts';
import { type Inhabitant, World } from '../setup/world.ts';

const PAIRS = 200;
const WARM_UP = 10;
const MESSAGES = 50;
const RUNS = 3;

interface Pair {
  readonly roomId: RoomId;
  readonly sender: Inhabitant;
  readonly receiver: Inhabitant;
}

interface Figures {
  readonly perSecond: number;
  readonly microseconds: number;
}

/** Two hundred people each write to one other, who waits; the next message is sent when the last has arrived. */
export const talk = async (databaseUrls: Readonly<Record<string, string | undefined>>): Promise<string> => {
  const rows: string[][] = [];
  for (const [engine, databaseUrl] of Object.entries(databaseUrls)) {
    const dataFolder = await freshFolder();
    const pairs = await settle({ dataFolder, databaseUrl });
    const server = await startByline({ dataFolder, databaseUrl });
    const { answers, figures } = await measure(server, pairs, (run, message) => `Message ${run}-${message}: ${TALK}`);
    await server.stop();
    await rm(dataFolder, { recursive: true, force: true });
    const floor = await startFloor({ hears: hearing(pairs), ...answers });
    const { figures: floorFigures } = await measure(floor, pairs, () => TALK);
    await floor.stop();
    rows.push(row(`Byline on ${engine}`, figures, floorFigures), row('floor', floorFigures, floorFigures));
  }
  return `One to one: ${PAIRS} senders in ${PAIRS} rooms, each message durable and at its receiver\n\n${table(
    ['', 'messages/s', 'CPU µs each', 'of the floor'],
    rows,
  )}`;
};

const row = (name: string, { perSecond, microseconds }: Figures, floor: Figures): string[] => [
  name,
  whole(perSecond),
  tenths(microseconds),
  percent(perSecond, floor.perSecond),
];

const settle = async (site: { dataFolder: string; databaseUrl: string | undefined }): Promise<Pair[]> => {
  const world = await World.open(site);
  const senders = await world.settle('sender', PAIRS);
  const receivers = await world.settle('receiver', PAIRS);
  const pairs: Pair[] = [];
  for (const [index, sender] of senders.entries()) {
    const receiver = receivers[index];
    if (receiver !== undefined) pairs.push({ sender, receiver, roomId: await world.converse(sender, [receiver]) });
  }
  await world.close();
  return pairs;
};

const hearing = (pairs: readonly Pair[]): Record<string, string> =>
  Object.fromEntries(pairs.map(({ receiver, roomId }) => [receiver.token, roomId]));

const TALK = 'shall we meet at the harbour at four?';

/** What a receiver must be told next, and nothing else: each message once, in order. */
interface Expected {
  readonly text: string;
  readonly arrive: () => void;
}

const NOTHING: Expected = { text: 'nothing', arrive: () => undefined };

const measure = async (
  server: MeasuredServer,
  pairs: readonly Pair[],
  says: (run: number, message: number) => string,
) => {
  const expected = new Map<string, Expected>();
  const failed = Promise.withResolvers<never>();
  let news: Answer | undefined;
  const waiters = await openWaiters(
    server.port,
    pairs.map(({ receiver }) => receiver.token),
    {
      onNews: (answer, waiter) => {
        const { body } = answer;
        news ??= { ...answer, body: Buffer.from(body) };
        const { text, arrive } = expected.get(waiter.token) ?? NOTHING;
        if (body.includes(text)) arrive();
        else failed.reject(new Error(`Somebody was told something else: ${body.toString()}`));
      },
      onError: failed.reject,
    },
  );
  const connections = await Promise.all(pairs.map(() => Connection.open(server.port)));
  let sent: Answer | undefined;
  const converse = async (pair: Pair, index: number, run: number, messages: number): Promise<void> => {
    for (let message = 0; message < messages; message += 1) {
      const text = says(run, message);
      const arrived = new Promise<void>((arrive) => expected.set(pair.receiver.token, { text, arrive }));
      const path = `/_matrix/client/v3/rooms/${encodeURIComponent(pair.roomId)}/send/m.room.message/${run}-${message}`;
      const body = JSON.stringify({ msgtype: 'm.text', body: text });
      const answer = await connections[index]?.ask(requestText('PUT', path, pair.sender.token, body));
      if (answer?.status !== 200) throw new Error(`A message was answered ${answer?.status}.`);
      sent = answer;
      await arrived;
    }
  };
  const runAll = (run: number, messages: number): Promise<unknown> =>
    Promise.race([failed.promise, Promise.all(pairs.map((pair, index) => converse(pair, index, run, messages)))]);

  await runAll(0, WARM_UP);
  const runs: Figures[] = [];
  for (let run = 1; run <= RUNS; run += 1) {
    const before = await usageOf(server.child);
    const began = performance.now();
    await runAll(run, MESSAGES);
    const seconds = (performance.now() - began) / 1_000;
    const { cpuMicroseconds } = await usageOf(server.child);
    const count = PAIRS * MESSAGES;
    runs.push({ perSecond: count / seconds, microseconds: (cpuMicroseconds - before.cpuMicroseconds) / count });
  }
  for (const closing of [...waiters, ...connections]) closing.close();
  if (sent === undefined || news === undefined) throw new Error('Nothing was said.');
  const figures = {
    perSecond: median(runs.map(({ perSecond }) => perSecond)),
    microseconds: median(runs.map(({ microseconds }) => microseconds)),
  };
  return { figures, answers: { news: captured(news), sent: captured(sent) } };
};
