import { fillDemo, keyFileIn } from '@byline/server/demo/fill.ts';
import { EVERYBODY, passwordOf, type PersonId } from '@byline/server/demo/content/people.ts';
import { parseConfig } from '@byline/server/platform/config/config.ts';
import { startTestServer, type TestServer } from '@byline/testkit/byline.ts';
import { type Person, signIn } from '@byline/testkit/person.ts';
import { freshPostgresDatabase } from '@byline/testkit/postgres-database.ts';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { EngineName } from './feature-server.ts';
import { client } from './room-calls.ts';
import { sync, type Synced, type SyncedEvent, type SyncedRoom } from './syncing.ts';

/** The demo, filled and started, with everybody signed in anew. */
export interface Linden {
  readonly server: TestServer;
  readonly filledFrom: number;
  readonly filledUntil: number;
  readonly people: ReadonlyMap<PersonId, Person>;
  readonly keyFile: string;
}

export const openLinden = async (engine: EngineName): Promise<Linden> => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'byline-demo-'));
  const databaseUrl = engine === 'postgres' ? await freshPostgresDatabase() : undefined;
  const settings = {
    BYLINE_DATA: dataFolder,
    BYLINE_SERVER_NAME: 'byline.test',
    BYLINE_LOG_LEVEL: 'error',
    ...(databaseUrl === undefined ? {} : { BYLINE_DATABASE_URL: databaseUrl }),
  };
  const filledFrom = Date.now();
  // As npm run demo does: with the rate limits of every server, and sign-up as the provider wishes.
  const config = parseConfig({ ...settings, BYLINE_REGISTRATION: 'closed' });
  await fillDemo({ config, logger: pino({ level: 'error' }) });
  const filledUntil = Date.now();
  const server = await startTestServer({ settings });
  const people = new Map<PersonId, Person>();
  for (const id of EVERYBODY) people.set(id, await signIn(server, id, passwordOf(id)));
  return { server, filledFrom, filledUntil, people, keyFile: await readFile(keyFileIn(dataFolder), 'utf8') };
};

export const personOf = ({ people }: Linden, id: PersonId): Person => {
  const person = people.get(id);
  if (person === undefined) throw new Error(`Nobody is called ${id}.`);
  return person;
};

/** A file that somebody sees in a room or in a post, as they read it. */
export const download = async ({ server }: Linden, person: Person, mxc: unknown): Promise<Uint8Array> => {
  const path = client('/media/download/').replace('v3', 'v1') + String(mxc).replace('mxc://', '');
  const response = await fetch(server.url + path, { headers: { authorization: `Bearer ${person.token}` } });
  if (!response.ok) throw new Error(`A file was refused: ${await response.text()}`);
  return new Uint8Array(await response.arrayBuffer());
};

/** How long an Ogg Opus file plays, in milliseconds (RFC 7845: granule positions count 48,000 a second, with the pre-skip). */
export const opusLength = (bytes: Uint8Array): number => {
  const file = Buffer.from(bytes);
  if (file.toString('latin1', 0, 4) !== 'OggS') throw new Error('This is no Ogg file.');
  const preSkip = file.readUInt16LE(file.indexOf('OpusHead') + 10);
  const granules = Number(file.readBigUInt64LE(file.lastIndexOf('OggS') + 6));
  return (granules - preSkip) / 48;
};

const stateOf = (room: SyncedRoom): readonly SyncedEvent[] => [
  ...(room.state?.events ?? []),
  ...room.timeline.events.filter((event) => event.state_key !== undefined),
];

interface FoundRoom extends SyncedRoom {
  readonly roomId: string;
}

/** The rooms that somebody is in: groups by their names, direct talk by the partner's user id, accounts by their handles. */
export const roomsOf = async (person: Person): Promise<ReadonlyMap<string, FoundRoom>> => {
  const synced: Synced = await sync(person);
  const direct = synced.account_data?.events.find(({ type }) => type === 'm.direct')?.content ?? {};
  const partners = new Map(
    Object.entries(direct).flatMap(([userId, rooms]) => [rooms].flat().map((id) => [id, userId])),
  );
  return new Map(
    Object.entries(synced.rooms?.join ?? {}).map(([roomId, room]) => {
      const state = stateOf(room);
      const account = state.find(({ type }) => type === 'im.byline.account');
      const name = state.find(({ type }) => type === 'm.room.name')?.content['name'];
      const key = account === undefined ? (partners.get(roomId) ?? name) : `account of ${account.sender}`;
      return [String(key), { ...room, roomId }];
    }),
  );
};
