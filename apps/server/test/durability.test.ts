import { freePort } from '@byline/testkit/free-port.ts';
import { caller, type Person, signUp } from '@byline/testkit/person.ts';
import { freshPostgresDatabase } from '@byline/testkit/postgres-database.ts';
import { type ServerProcess, startServerProcess } from '@byline/testkit/server-process.ts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import { bodiesOf, createRoom, join, roomPath, type Synced } from './syncing.ts';

const KILLS = 20;
const ROOMS = 2;
const SENDERS_OF_A_ROOM = 3;

/** The same numbers at each run, so that what fails can be seen again. */
const seeded = (seed: number) => (): number => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return seed / 2 ** 32;
};

/** Resolves when the server is up again. */
let isUp: Promise<unknown> = Promise.resolve();

/** Calls until the server answers: nobody answers while it is dead. */
const answered = async <Reply>(call: () => Promise<Reply>): Promise<Reply> => {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      // What fetch throws when the connection breaks or there is none.
      if (!(error instanceof TypeError)) throw error;
      await isUp;
    }
  }
};

/** A message as the server keeps it. */
interface Said {
  readonly eventId: string;
  readonly body: string | undefined;
}

/** Says one thing after the other, each until it is acknowledged. */
class Sender {
  readonly acknowledged: Said[] = [];
  readonly #person: Person;
  readonly #roomId: string;
  readonly #onAcknowledged: () => void;

  constructor(person: Person, roomId: string, onAcknowledged: () => void) {
    this.#person = person;
    this.#roomId = roomId;
    this.#onAcknowledged = onAcknowledged;
  }

  async run(goOn: () => boolean): Promise<void> {
    for (let index = 0; goOn(); index += 1) {
      const body = `${this.#person.name} ${index}`;
      const path = roomPath(this.#roomId, `/send/m.room.message/${index}`);
      const { event_id: eventId } = await answered(() =>
        this.#person.expectOk.put<{ event_id: string }>(path, { msgtype: 'm.text', body }),
      );
      this.acknowledged.push({ eventId, body });
      this.#onAcknowledged();
    }
  }
}

/** Syncs on and on, and keeps what it was told, in order. */
class Listener {
  readonly heard = new Map<string, unknown[]>();
  readonly #person: Person;
  #token: string | undefined;

  constructor(person: Person) {
    this.#person = person;
  }

  async run(goOn: () => boolean): Promise<void> {
    while (goOn()) await this.step();
  }

  /** One sync; whether it told anything new. */
  async step(): Promise<boolean> {
    const filter = encodeURIComponent('{"room":{"timeline":{"limit":50}}}');
    const since = this.#token === undefined ? '' : `&since=${this.#token}`;
    const path = `/_matrix/client/v3/sync?timeout=500&filter=${filter}${since}`;
    const synced = await answered(() => this.#person.expectOk.get<Synced>(path));
    for (const [roomId, room] of Object.entries(synced.rooms?.join ?? {})) {
      const missed = room.timeline.limited ? await this.#between(roomId, room.timeline.prev_batch) : [];
      this.heard.set(roomId, [...(this.heard.get(roomId) ?? []), ...missed, ...bodiesOf(room)]);
    }
    const isNew = synced.next_batch !== this.#token;
    this.#token = synced.next_batch;
    return isNew;
  }

  /** What came between the last answer and the beginning of this one. */
  async #between(roomId: string, from: string): Promise<unknown[]> {
    const to = this.#token === undefined ? '' : `&to=${this.#token}`;
    const said = await historyOf(this.#person, roomId, `&from=${from}${to}`);
    return said.map(({ body }) => body);
  }
}

interface Chunk {
  readonly chunk: readonly {
    readonly type: string;
    readonly event_id: string;
    readonly content: { readonly body?: string };
  }[];
  readonly end?: string;
}

/** What was said in a room, oldest first. */
const historyOf = async (person: Person, roomId: string, span = ''): Promise<Said[]> => {
  const said: Said[] = [];
  let query = `?dir=b&limit=500${span}`;
  for (;;) {
    const page = await answered(() => person.expectOk.get<Chunk>(roomPath(roomId, `/messages${query}`)));
    const messages = page.chunk.filter(({ type }) => type === 'm.room.message');
    said.unshift(...messages.map(({ event_id: eventId, content }) => ({ eventId, body: content.body })).toReversed());
    if (page.end === undefined) return said;
    query = `?dir=b&limit=500${span.replace(/&from=[^&]*/, '')}&from=${page.end}`;
  }
};

describe.each(ENGINES)('a server that is killed, on %s', (engine) => {
  let dataFolder: string;
  let server: ServerProcess;
  let restart: () => Promise<ServerProcess>;

  beforeEach(async () => {
    dataFolder = await mkdtemp(joinPath(tmpdir(), 'byline-killed-'));
    const databaseUrl = engine === 'postgres' ? await freshPostgresDatabase() : undefined;
    const port = await freePort();
    restart = () => startServerProcess({ dataFolder, port, databaseUrl });
    server = await restart();
  });

  const killAndRestart = async (): Promise<void> => {
    await server.kill();
    server = await restart();
  };

  afterEach(async () => {
    await server.kill();
    await rm(dataFolder, { recursive: true, force: true });
  });

  test('loses nothing that it acknowledged, and tells nothing twice', { timeout: 300_000 }, async () => {
    const random = seeded(2014);
    const founder = await signUp(server, 'founder');
    const rooms = await Promise.all(
      Array.from({ length: ROOMS }, () => createRoom(founder, { preset: 'public_chat' })),
    );
    const names = rooms.flatMap((roomId, room) =>
      Array.from({ length: SENDERS_OF_A_ROOM }, (_, index) => ({ roomId, name: `sender${room}${index}` })),
    );
    const people = await Promise.all(
      names.map(async ({ roomId, name }) => {
        const person = await signUp(server, name);
        await join(person, roomId);
        return { person, roomId };
      }),
    );

    let acknowledged = 0;
    let onAcknowledged: (() => void) | undefined;
    const afterAcknowledgements = (count: number): Promise<void> =>
      new Promise((resolve) => {
        const target = acknowledged + count;
        onAcknowledged = () => {
          if (acknowledged >= target) resolve();
        };
      });
    const senders = people.map(
      ({ person, roomId }) =>
        new Sender(person, roomId, () => {
          acknowledged += 1;
          onAcknowledged?.();
        }),
    );
    const listeners = [new Listener(founder), new Listener(founder)];

    let isSending = true;
    let isListening = true;
    const sending = Promise.all(senders.map((sender) => sender.run(() => isSending)));
    const listening = Promise.all(listeners.map((listener) => listener.run(() => isListening)));
    for (let kill = 0; kill < KILLS; kill += 1) {
      await afterAcknowledgements(5 + Math.floor(random() * 60));
      isUp = killAndRestart();
      await isUp;
    }
    await afterAcknowledgements(50);
    isSending = false;
    await sending;

    const said = new Map<string, Said[]>();
    for (const roomId of rooms) said.set(roomId, await historyOf(founder, roomId));
    // Each goes on from where it stands until it is told of nothing new, so it has been told everything.
    isListening = false;
    await listening;
    for (const listener of listeners) while (await listener.step());

    for (const [index, sender] of senders.entries()) {
      const { roomId, name } = names[index] ?? { roomId: '', name: '' };
      const own = (said.get(roomId) ?? []).filter(({ body }) => body?.startsWith(`${name} `));
      expect(own).toEqual(sender.acknowledged);
      expect(sender.acknowledged.length).toBeGreaterThan(KILLS);
    }
    for (const listener of listeners) {
      for (const id of rooms) expect(listener.heard.get(id)).toEqual(said.get(id)?.map(({ body }) => body));
    }
    const anyone = caller(server);
    expect((await anyone.get('/_matrix/client/versions')).status).toBe(200);
  });
});
