import { rm } from 'node:fs/promises';
import { Crowd, type PostAnswers, type Posts } from '../load/crowd.ts';
import { captured } from '../process/captured.ts';
import { usageOf } from '../process/measured.ts';
import { median, percent, table, tenths, whole } from '../report/table.ts';
import { freshFolder, type MeasuredServer, startByline, startFloor } from '../setup/measured-server.ts';
import { type Inhabitant, type Site, World } from '../setup/world.ts';

const MEMBERS = 500;
const WAITING = 300;
const WARM_UP = 30;
const MESSAGES = 100;
const RUNS = 3;

/** As most clients ask: of the members only those who speak, and the state after the timeline. */
const FILTER = { room: { state: { lazy_load_members: true }, timeline: { unread_thread_notifications: true } } };
const QUERY = '&org.matrix.msc4222.use_state_after=true';

/** As long as what a short message is when it is encrypted. */
const CIPHERTEXT = 'AwgAEnACgAkLmt6qF84IK4KfVZnp'.repeat(16);

interface Group {
  readonly roomId: string;
  readonly sender: Inhabitant;
  readonly waiting: readonly Inhabitant[];
  readonly filterId: string;
}

interface Figures {
  readonly perSecond: number;
  readonly microseconds: number;
}

/** One message after the other in an encrypted room of five hundred members of whom three hundred wait. */
export const group = async (databaseUrls: Readonly<Record<string, string | undefined>>): Promise<string> => {
  const rows: string[][] = [];
  for (const [engine, databaseUrl] of Object.entries(databaseUrls)) {
    const site = { dataFolder: await freshFolder(), databaseUrl };
    const settled = await settle(site);
    const byline = await measure(await startByline(site), settled, (message) => `${message}${CIPHERTEXT}`);
    await rm(site.dataFolder, { recursive: true, force: true });
    const { news, sent } = byline.answers;
    const hears = Object.fromEntries(settled.waiting.map(({ token }) => [token, settled.roomId]));
    const plan = { hears, news: captured(news), sent: captured(sent) };
    const floor = await measure(await startFloor(plan), settled, () => CIPHERTEXT);
    rows.push(row(`Byline on ${engine}`, byline.figures, floor.figures), row('floor', floor.figures, floor.figures));
  }
  const head = ['', 'deliveries/s', 'CPU µs each', 'of the floor'];
  return `A message in an encrypted room of ${MEMBERS} members, ${WAITING} of whom wait\n\n${table(head, rows)}`;
};

const row = (name: string, { perSecond, microseconds }: Figures, floor: Figures): string[] => [
  name,
  whole(perSecond),
  tenths(microseconds),
  percent(perSecond, floor.perSecond),
];

const settle = async (site: Site): Promise<Group> => {
  const world = await World.open(site);
  const [sender, ...others] = await world.settle('member', MEMBERS);
  if (sender === undefined) throw new Error('Nobody settled.');
  const roomId = await world.converse(sender, others, { encrypted: true });
  const waiting = others.slice(0, WAITING);
  const filterId = await world.defineFilter(waiting, FILTER);
  await world.close();
  return { roomId, sender, waiting, filterId };
};

const measure = async (
  server: MeasuredServer,
  { roomId, sender, waiting, filterId }: Group,
  says: (message: number) => string,
): Promise<{ readonly figures: Figures; readonly answers: PostAnswers }> => {
  const posts: Posts = {
    token: sender.token,
    roomId,
    says,
    type: 'm.room.encrypted',
    content: (ciphertext) => ({
      algorithm: 'm.megolm.v1.aes-sha2',
      ciphertext,
      device_id: 'BENCH',
      sender_key: 'IlRMeOPX2e0MurIyfWEucYBRVOEEUMrOHqn/8mLqMjA',
      session_id: 'X3lUlvLELLYxeTx4yOVu6UDpasGEVO0Jbu+QFnm0cKQ',
    }),
  };
  const crowd = await Crowd.of(server.port, posts);
  await crowd.grow(
    waiting.map(({ token }) => token),
    `&filter=${filterId}${QUERY}`,
  );
  for (let message = 0; message < WARM_UP; message += 1) await crowd.post();
  const runs: Figures[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const before = await usageOf(server.child);
    const began = performance.now();
    for (let message = 0; message < MESSAGES; message += 1) await crowd.post();
    const seconds = (performance.now() - began) / 1_000;
    const { cpuMicroseconds } = await usageOf(server.child);
    const deliveries = MESSAGES * WAITING;
    runs.push({
      perSecond: deliveries / seconds,
      microseconds: (cpuMicroseconds - before.cpuMicroseconds) / deliveries,
    });
  }
  const { answers } = await crowd.post();
  crowd.close();
  await server.stop();
  const figures = {
    perSecond: median(runs.map(({ perSecond }) => perSecond)),
    microseconds: median(runs.map(({ microseconds }) => microseconds)),
  };
  return { figures, answers };
};
