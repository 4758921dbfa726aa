import type { TestServer } from '@byline/testkit/byline.ts';
import { caller, type Person, signIn, signUp } from '@byline/testkit/person.ts';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ENGINES, type EngineName } from './feature-server.ts';
import { act, redact, setState } from './room-calls.ts';
import { numbersOf } from './seeded-numbers.ts';
import { type Asking, type FoldedRoom, FoldingClient, historyOf } from './sync-folding.ts';
import { createRoom, roomPath } from './syncing.ts';
import { startWholeServer } from './whole-server.ts';

/**
 * Whatever happens in rooms, and however a client asks meanwhile, it knows in the end what one knows that asks anew: the
 * rooms, their state, every event that it may read, what is unread, and who has read what.
 */

const ACTIONS = 120;
const NAMES = ['ada', 'bob', 'eve'] as const;
const VISIBILITIES = ['shared', 'joined', 'invited'] as const;
const CLIENTS: readonly Asking[] = [
  { name: 'of the state before', stateAfter: false, lazy: false },
  { name: 'of the state after', stateAfter: true, lazy: false },
  { name: 'lazy', stateAfter: true, lazy: true },
  { name: 'lazy, of the state before', stateAfter: false, lazy: true },
];

class Run {
  readonly #next: () => number;
  #server: TestServer;
  #people: Person[];
  #reader: Person;
  readonly #rooms: readonly string[];
  readonly #clients: FoldingClient[];
  readonly #said = new Map<string, string[]>();
  #count = 0;

  private constructor(
    next: () => number,
    server: TestServer,
    people: Person[],
    reader: Person,
    rooms: readonly string[],
    devices: readonly Person[],
  ) {
    this.#next = next;
    this.#server = server;
    this.#people = people;
    this.#reader = reader;
    this.#rooms = rooms;
    this.#clients = devices.map((device, index) => new FoldingClient(CLIENTS[index] ?? CLIENTS[0]!, device));
  }

  static async begin(engine: EngineName, seed: number): Promise<Run> {
    const server = await startWholeServer(engine);
    const people = await Promise.all(NAMES.map((name) => signUp(server, name)));
    const reader = await signUp(server, 'reader');
    const devices = await Promise.all(CLIENTS.map(() => signIn(server, 'reader')));
    const [founder] = people;
    if (founder === undefined) throw new Error('Nobody signed up.');
    const rooms: string[] = [];
    for (const history_visibility of VISIBILITIES) {
      const state = { type: 'm.room.history_visibility', state_key: '', content: { history_visibility } };
      rooms.push(await createRoom(founder, { preset: 'public_chat', initial_state: [state] }));
    }
    const run = new Run(numbersOf(seed), server, people, reader, rooms, devices);
    onTestFinished(() => run.#server.dispose());
    return run;
  }

  async all(): Promise<Comparison[]> {
    for (let action = 0; action < ACTIONS; action += 1) {
      await this.#act();
      for (const client of this.#clients) if (this.#next() < 0.2) await this.#askOnce(client);
      if (this.#next() < 0.02) await this.#restart();
    }
    const compared: Comparison[] = [];
    for (const client of this.#clients) compared.push(...(await this.#compare(client)));
    return compared;
  }

  #one<Item>(items: readonly Item[]): Item {
    const item = items[Math.floor(this.#next() * items.length)];
    if (item === undefined) throw new Error('There is nothing to choose from.');
    return item;
  }

  async #askOnce(client: FoldingClient): Promise<void> {
    const limit = 1 + Math.floor(this.#next() * 8);
    const told = await client.ask(limit);
    // An answer may be lost on its way; then the client asks again from where it was.
    if (this.#next() < 0.8) await client.take(told);
  }

  async #restart(): Promise<void> {
    await this.#server.stop();
    this.#server = await this.#server.restart();
    const again = (person: Person): Person => ({ ...person, ...caller(this.#server, person.token) });
    this.#people = this.#people.map(again);
    this.#reader = again(this.#reader);
    for (const client of this.#clients) client.person = again(client.person);
  }

  /** One action; that it may be refused is part of the game. */
  async #act(): Promise<void> {
    const roomId = this.#one(this.#rooms);
    const person = this.#one([...this.#people, this.#reader]);
    const other = this.#one([...this.#people, this.#reader, this.#reader]);
    const [founder = person] = this.#people;
    this.#count += 1;
    const actions: readonly (() => Promise<unknown>)[] = [
      ...Array.from({ length: 8 }, () => () => this.#say(person, roomId)),
      () => setState(founder, roomId, 'm.room.topic', { topic: `topic ${this.#count}` }),
      () => setState(founder, roomId, 'im.test', { count: this.#count }, this.#one(['', 'one', 'two'])),
      () => person.post(roomPath(roomId, '/join')),
      () => this.#reader.post(roomPath(roomId, '/join')),
      () => this.#reader.post(roomPath(roomId, '/join')),
      () => this.#reader.post(roomPath(roomId, '/leave')),
      () => other.post(roomPath(roomId, '/leave')),
      () => act(founder, roomId, 'invite', other),
      () => act(founder, roomId, this.#one(['kick', 'ban', 'unban']), other),
      () => act(founder, roomId, 'unban', other),
      () => this.#redact(founder, roomId),
      () => this.#read(person, roomId),
      () => this.#read(this.#reader, roomId),
      () => this.#rename(person),
    ];
    await this.#one(actions)();
  }

  async #say(person: Person, roomId: string): Promise<void> {
    const path = roomPath(roomId, `/send/m.room.message/count${this.#count}`);
    const { body } = await person.put<{ event_id?: string }>(path, { msgtype: 'm.text', body: `word ${this.#count}` });
    if (body.event_id !== undefined) this.#saidIn(roomId).push(body.event_id);
  }

  #saidIn(roomId: string): string[] {
    const said = this.#said.get(roomId) ?? [];
    this.#said.set(roomId, said);
    return said;
  }

  async #redact(person: Person, roomId: string): Promise<void> {
    const said = this.#saidIn(roomId);
    if (said.length > 0) await redact(person, roomId, this.#one(said));
  }

  async #read(person: Person, roomId: string): Promise<void> {
    const said = this.#saidIn(roomId);
    if (said.length === 0) return;
    const type = this.#one(['m.read', 'm.read.private']);
    await person.post(roomPath(roomId, `/receipt/${type}/${encodeURIComponent(this.#one(said))}`));
  }

  async #rename(person: Person): Promise<void> {
    const path = `/_matrix/client/v3/profile/${encodeURIComponent(person.userId)}/displayname`;
    await person.put(path, { displayname: `${person.name} ${this.#count}` });
  }

  /** What this one has put together, beside what one is told that asks anew. */
  async #compare(client: FoldingClient): Promise<Comparison[]> {
    await client.take(await client.ask(3));
    const anew = new FoldingClient({ ...client.asking, lazy: false }, client.person);
    await anew.take(await anew.ask(50, { include_leave: true }));
    const { lazy, name } = client.asking;
    const found: Comparison[] = [
      { what: `${name}: rooms`, folded: roomsOf(client, 'join'), anew: roomsOf(anew, 'join') },
      {
        what: `${name}: invitations`,
        folded: [...client.invited].toSorted(inOrder),
        anew: [...anew.invited].toSorted(inOrder),
      },
    ];
    for (const roomId of roomsOf(client, 'leave')) {
      const [folded, whole] = [client.rooms.get(roomId)?.known(lazy).state, anew.rooms.get(roomId)?.known(lazy).state];
      // Who begins to ask after having left is told only what becomes of their standing.
      if (folded?.['m.room.create '] !== undefined)
        found.push({ what: `${name}: left ${roomId}`, folded, anew: whole });
    }
    for (const roomId of roomsOf(anew, 'join')) {
      const [folded, whole] = [client.rooms.get(roomId), anew.rooms.get(roomId)];
      if (folded === undefined || whole === undefined) continue;
      found.push({ what: `${name}: ${roomId}`, folded: folded.known(lazy), anew: whole.known(lazy) });
      if (lazy) found.push(membersKnown(`${name}: members of ${roomId}`, folded, whole));
      const history = await historyOf(client.person, roomId);
      const start = history.indexOf(folded.timeline[0] ?? '');
      const said = folded.timeline.length === 0 ? [] : history.slice(start);
      found.push({ what: `${name}: what was said in ${roomId}`, folded: folded.timeline, anew: said });
    }
    return found;
  }
}

interface Comparison {
  readonly what: string;
  readonly folded: unknown;
  readonly anew: unknown;
}

const inOrder = (left: string, right: string): number => left.localeCompare(right);

const roomsOf = ({ rooms }: FoldingClient, wanted: string): string[] =>
  [...rooms]
    .filter(([, { section }]) => section === wanted)
    .map(([roomId]) => roomId)
    .toSorted(inOrder);

/** A lazy client knows not everybody, but whoever spoke, and of nobody what is no more true. */
const membersKnown = (what: string, folded: FoldedRoom, whole: FoldedRoom): Comparison => {
  const known = [...folded.state].filter(([key]) => key.startsWith('m.room.member '));
  const speakers = [...folded.speakers].map((speaker) => `m.room.member ${speaker}`);
  const needed = speakers.filter((key) => whole.state.has(key) && !folded.state.has(key));
  const anew = known.map(([key]) => [key, whole.state.get(key)]);
  return { what, folded: { known, needed }, anew: { known: anew, needed: [] } };
};

const SEEDS = [1, 14, 819_526, Math.floor(Math.random() * 1_000_000)];

describe.each(ENGINES)('a client that folds what it is told on %s', (engine) => {
  test.each(SEEDS)('knows in the end what one knows that asks anew (seed %i)', { timeout: 240_000 }, async (seed) => {
    const compared = await (await Run.begin(engine, seed)).all();
    for (const { what, folded, anew } of compared) expect({ what, is: folded }).toEqual({ what, is: anew });
  });
});
