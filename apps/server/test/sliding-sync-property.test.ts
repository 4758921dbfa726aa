import type { TestServer } from '@byline/testkit/byline.ts';
import { type Person, signUp } from '@byline/testkit/person.ts';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ENGINES, type EngineName } from './feature-server.ts';
import { act, setState } from './room-calls.ts';
import { numbersOf } from './seeded-numbers.ts';
import { type FoldedRoom, FoldingSlider } from './sliding-sync-folding.ts';
import { createRoom, roomPath } from './syncing.ts';
import { startWholeServer } from './whole-server.ts';

/**
 * Whatever happens in rooms, however wide a client's window is meanwhile, whatever it asks for, and whichever answers it
 * loses: it knows in the end what one knows that begins anew.
 */

const ACTIONS = 100;
const ROOMS = 4;
const CLIENTS = 3;
/** How many events of a timeline are asked for in the end. */
const SHOWN = 3;
const EVERYTHING = [['*', '*']];
const STATES: readonly (readonly (readonly [string, string])[])[] = [
  [['*', '*']],
  [],
  [['m.room.member', '$LAZY']],
  [
    ['m.room.name', ''],
    ['m.room.member', '$ME'],
  ],
  [
    ['*', '*'],
    ['m.room.member', '$LAZY'],
  ],
  [['im.test', '*']],
];

const listsOf = (size: number, timeline: number, state: unknown) => ({
  all: { ranges: [[0, size - 1]], timeline_limit: timeline, required_state: state },
});

class Run {
  readonly #next: () => number;
  readonly #people: readonly Person[];
  readonly #reader: Person;
  readonly #rooms: readonly string[];
  readonly #clients: readonly FoldingSlider[];
  #count = 0;

  private constructor(next: () => number, people: readonly Person[], reader: Person, rooms: readonly string[]) {
    this.#next = next;
    this.#people = people;
    this.#reader = reader;
    this.#rooms = rooms;
    this.#clients = Array.from({ length: CLIENTS }, (_, index) => new FoldingSlider(reader, `client ${index}`));
  }

  static async begin(engine: EngineName, seed: number): Promise<Run> {
    const server: TestServer = await startWholeServer(engine);
    onTestFinished(() => server.dispose());
    const people = await Promise.all(['ada', 'bob'].map((name) => signUp(server, name)));
    const reader = await signUp(server, 'reader');
    const [founder] = people;
    if (founder === undefined) throw new Error('Nobody signed up.');
    const rooms: string[] = [];
    for (let room = 0; room < ROOMS; room += 1) rooms.push(await createRoom(founder, { preset: 'public_chat' }));
    return new Run(numbersOf(seed), people, reader, rooms);
  }

  /** What the clients know in the end, and what one knows that begins anew; each room once. */
  async all(): Promise<Comparison[]> {
    for (let action = 0; action < ACTIONS; action += 1) {
      await this.#act();
      for (const client of this.#clients) if (this.#next() < 0.3) await this.#askOnce(client);
    }
    const comparisons: Comparison[] = [];
    for (const client of this.#clients) comparisons.push(await this.#compare(client));
    return comparisons;
  }

  #one<Item>(items: readonly Item[]): Item {
    const item = items[Math.floor(this.#next() * items.length)];
    if (item === undefined) throw new Error('There is nothing to choose from.');
    return item;
  }

  async #askOnce(client: FoldingSlider): Promise<void> {
    const size = 1 + Math.floor(this.#next() * ROOMS);
    const lists = listsOf(size, Math.floor(this.#next() * 5), this.#one(STATES));
    const named = { timeline_limit: Math.floor(this.#next() * 6), required_state: this.#one(STATES) };
    const body = this.#next() < 0.3 ? { lists, room_subscriptions: { [this.#one(this.#rooms)]: named } } : { lists };
    const told = await client.ask(body);
    // An answer may be lost on its way; then the client asks again from where it was.
    if (this.#next() < 0.8) client.take(told);
  }

  /** One action; that it may be refused is part of the game. */
  async #act(): Promise<void> {
    const roomId = this.#one(this.#rooms);
    const person = this.#one([...this.#people, this.#reader]);
    const [founder = person] = this.#people;
    this.#count += 1;
    const own = `/_matrix/client/v3/user/${this.#reader.userId}`;
    const actions: readonly (() => Promise<unknown>)[] = [
      ...Array.from({ length: 8 }, () => () => this.#say(person, roomId)),
      () => setState(founder, roomId, 'm.room.name', { name: this.#one(['', 'Tea', `name ${this.#count}`]) }),
      () => setState(founder, roomId, 'im.test', { count: this.#count }, this.#one(['', 'one', 'two'])),
      () => person.post(roomPath(roomId, '/join')),
      () => this.#reader.post(roomPath(roomId, '/join')),
      () => this.#reader.post(roomPath(roomId, '/join')),
      () => person.post(roomPath(roomId, '/leave')),
      () => act(founder, roomId, 'invite', this.#reader),
      () => act(founder, roomId, this.#one(['kick', 'ban']), this.#reader),
      () => act(founder, roomId, 'unban', this.#reader),
      () => this.#rename(person),
      () => this.#reader.put(`${own}/rooms/${roomId}/account_data/org.note`, { count: this.#count }),
      () => this.#reader.put(`${own}/account_data/m.direct`, { [founder.userId]: [this.#one(this.#rooms)] }),
      () => this.#readNewest(roomId),
    ];
    await this.#one(actions)();
  }

  async #say(person: Person, roomId: string): Promise<void> {
    const path = roomPath(roomId, `/send/m.room.message/count${this.#count}`);
    await person.put(path, { msgtype: 'm.text', body: `word ${this.#count}` });
  }

  async #rename(person: Person): Promise<void> {
    const path = `/_matrix/client/v3/profile/${encodeURIComponent(person.userId)}/displayname`;
    await person.put(path, { displayname: `${person.name} ${this.#count}` });
  }

  async #readNewest(roomId: string): Promise<void> {
    const { body } = await this.#reader.get<{ chunk?: { event_id: string }[] }>(
      roomPath(roomId, '/messages?dir=b&limit=1'),
    );
    const newest = body.chunk?.[0]?.event_id;
    if (newest === undefined) return;
    await this.#reader.post(roomPath(roomId, `/receipt/m.read/${encodeURIComponent(newest)}`));
  }

  /** One that begins anew is told what this one has put together. */
  async #compare(client: FoldingSlider): Promise<Comparison> {
    client.take(await client.ask({ lists: listsOf(99, SHOWN, EVERYTHING) }));
    const anew = new FoldingSlider(this.#reader, 'anew');
    anew.take(await anew.ask({ lists: listsOf(99, 100, EVERYTHING) }));
    const known: unknown[] = [];
    const wanted: unknown[] = [];
    for (const [roomId, whole] of anew.rooms) {
      const folded = client.rooms.get(roomId);
      const length = Math.max(folded?.timeline.length ?? 0, Math.min(SHOWN, whole.timeline.length));
      known.push(folded === undefined ? undefined : summaryOf(folded, roomId, client, length));
      wanted.push(summaryOf(whole, roomId, anew, length));
    }
    return { known, wanted };
  }
}

interface Comparison {
  readonly known: readonly unknown[];
  readonly wanted: readonly unknown[];
}

/** What a client knows of a room, of its timeline so many of the newest events. */
const summaryOf = (room: FoldedRoom, roomId: string, client: FoldingSlider, length: number) => ({
  roomId,
  isInvitation: room.isInvitation,
  looks: room.looks,
  ownData: client.ownData.get(`${roomId} org.note`),
  state: room.isInvitation ? [] : sorted(room.state),
  timeline: room.isInvitation ? [] : room.timeline.slice(-length),
});

const sorted = (map: ReadonlyMap<string, string>): string[] =>
  [...map].map(([key, value]) => `${key}: ${value}`).toSorted();

/** Each action is a request or two; on a busy machine that takes its time. */
const LONGEST_MS = 120_000;
const SEEDS = [3, 77, Math.floor(Math.random() * 1_000_000)];

describe.each(ENGINES)('on %s', (engine) => {
  test.each(SEEDS)(
    'a client that slides knows in the end what there is to know, by seed %d',
    async (seed) => {
      const run = await Run.begin(engine, seed);
      for (const { known, wanted } of await run.all()) {
        expect(wanted).not.toEqual([]);
        expect(known).toEqual(wanted);
      }
    },
    LONGEST_MS,
  );
});
