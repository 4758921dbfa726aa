import type { JsonObject, UserId } from '@byline/protocol';
import type { EventEntry } from '@byline/server/platform/log/entry.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Conversation, user } from './conversation.ts';
import { buildCounting, type Counting } from './counting.ts';
import { ENGINES, type EngineName, type FeatureServer, startFeatureServer } from './feature-server.ts';

/** Whatever is said, read, redacted, muted or ignored in whatever order: the counts are those of a naive recount of everything. */

type Kind = 'message' | 'notice' | 'encrypted' | 'reaction' | 'edit' | 'membership' | 'other';

/** What was said, as the naive count remembers it. */
interface Said {
  readonly index: number;
  readonly entry: EventEntry;
  readonly kind: Kind;
  readonly sender: UserId;
  readonly thread: string;
  readonly mentions: readonly UserId[];
  readonly all: boolean;
  readonly hasKeyword: boolean;
  readonly replaces: Said | undefined;
  redacted: boolean;
}

interface Persona {
  readonly id: UserId;
  isIn: boolean;
  joinedAt: number;
  isMuted: boolean;
  hasKeyword: boolean;
  readonly ignored: Set<UserId>;
  readonly read: { readonly index: number; readonly thread: string | null }[];
}

interface Step {
  readonly verb: (typeof VERBS)[number];
  readonly who: number;
  readonly whom: number;
  readonly what: number;
  readonly way: number;
}

const VERBS = [
  'say',
  'say',
  'say',
  'thread',
  'thread',
  'react',
  'edit',
  'edit',
  'redact',
  'undo',
  'undo',
  'read',
  'move',
  'mute',
  'keyword',
  'ignore',
  'levels',
  'levels',
  'look',
  'look',
] as const;

const STEPS = fc.array(
  fc.record<Step>({
    verb: fc.constantFrom(...VERBS),
    // One says most of it, so that something is left to be read.
    who: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2),
    whom: fc.nat(2),
    what: fc.nat(1_000),
    way: fc.nat(7),
  }),
  { minLength: 40, maxLength: 120, size: 'max' },
);

const personaOf = (id: UserId): Persona => ({
  id,
  isIn: true,
  joinedAt: -1,
  isMuted: false,
  hasKeyword: false,
  ignored: new Set(),
  read: [],
});

const NOTHING: readonly never[] = [];
const MESSAGES: readonly Kind[] = ['message', 'notice', 'encrypted'];
const LOUD = { actions: ['notify' as const, { set_tweak: 'highlight' }] };

/** One room in which things happen, told to the server and to the naive count alike. */
class World {
  readonly #counting: Counting;
  readonly #room: Conversation;
  readonly #people: readonly Persona[];
  readonly #said: Said[] = [];
  #everybodyMayMentionAll = false;
  /** Counts that were not what they should be. */
  readonly wrong: unknown[] = [];

  private constructor(counting: Counting, room: Conversation, people: readonly Persona[]) {
    this.#counting = counting;
    this.#room = room;
    this.#people = people;
  }

  static async make(counting: Counting, run: number): Promise<World> {
    const ids = ['ada', 'bob', 'eve'].map((name) => user(`${name}${run}`));
    const [ada, ...others] = ids;
    if (ada === undefined) throw new Error('Nobody is there.');
    const room = await Conversation.of(counting.conversations, ada, ...others);
    return new World(counting, room, ids.map(personaOf));
  }

  async step({ verb, who, whom, what, way }: Step): Promise<void> {
    const [person, other] = [this.#people[who], this.#people[whom]];
    if (person === undefined || other === undefined) return;
    const target = this.#said.at(what % 8 === 0 ? what % Math.max(1, this.#said.length) : -1 - (what % 5));
    if (verb === 'move') return this.#move(person, who);
    if (verb === 'mute') return this.#mute(person);
    if (verb === 'keyword') return this.#keyword(person);
    if (verb === 'ignore') return this.#ignore(person, other);
    if (verb === 'levels') return this.#levels();
    if (verb === 'look') return other.isIn ? this.#check(this.#counting, other) : undefined;
    if (!person.isIn) return;
    if (verb === 'say') return this.#say(person, other, way, undefined);
    if (target === undefined) return;
    if (verb === 'thread') return this.#say(person, other, way, target);
    if (verb === 'react') return this.#react(person, target);
    // Mostly who said it; others have no success with it.
    const author = this.#people.find(({ id, isIn }) => isIn && way < 6 && id === target.sender) ?? person;
    if (verb === 'edit') return this.#edit(author, other, target, way);
    if (verb === 'redact') return this.#redact(author, target);
    if (verb === 'undo') return this.#undo(person);
    return other.isIn ? this.#read(other, target, way) : undefined;
  }

  /** Everybody's counts are what they should be, also where they are counted anew. */
  async check(anew: Counting): Promise<void> {
    for (const person of this.#people) {
      if (!person.isIn) continue;
      await this.#check(this.#counting, person);
      await this.#check(anew, person);
    }
  }

  async #check(counting: Counting, person: Persona): Promise<void> {
    const room = await counting.conversations.room(this.#room.roomId);
    if (room === undefined) throw new Error('The room is gone.');
    const { notificationCount, highlightCount, threads } = await counting.unread.unread(person.id, room);
    const told = [...threads].map(([thread, counts]) => [thread, counts.notificationCount, counts.highlightCount]);
    const expected = this.#expected(person);
    const actual = { all: [notificationCount, highlightCount], threads: told };
    const isRight = textOf(actual) === textOf(expected);
    if (!isRight) this.wrong.push({ of: person.id, actual, expected });
  }

  #expected(person: Persona) {
    const unread = this.#said.filter((said) => this.#isUnread(person, said));
    const count = (some: readonly Said[]) => [
      some.length,
      some.filter((said) => this.#outcome(person, said) === 'loud').length,
    ];
    const threads = Map.groupBy(unread, ({ thread }) => thread);
    threads.delete('main');
    return { all: count(unread), threads: [...threads].map(([thread, some]) => [thread, ...count(some)]) };
  }

  #isUnread(person: Persona, said: Said): boolean {
    if (said.index <= person.joinedAt || said.redacted || said.replaces?.redacted === true) return false;
    if (said.sender === person.id || person.ignored.has(said.sender)) return false;
    if (this.#outcome(person, said) === 'silent') return false;
    const isCovered = (read: { index: number; thread: string | null }): boolean =>
      read.index >= said.index && (read.thread === null || read.thread === said.thread);
    const hasAnswered = this.#said.some(
      (own) => own.sender === person.id && own.index > said.index && own.thread === said.thread && isSpeech(own),
    );
    return !hasAnswered && !person.read.some(isCovered);
  }

  #outcome(person: Persona, { kind, mentions, all, hasKeyword }: Said): 'silent' | 'heard' | 'loud' {
    if (kind === 'notice' || kind === 'membership' || kind === 'other') return 'silent';
    if (mentions.includes(person.id) || all) return 'loud';
    if (kind === 'reaction' || kind === 'edit') return 'silent';
    if (hasKeyword && person.hasKeyword) return 'loud';
    return person.isMuted ? 'silent' : 'heard';
  }

  #remember(entry: EventEntry, kind: Kind, more: Partial<Said> = {}): void {
    const told = { thread: 'main', mentions: NOTHING, all: false, hasKeyword: false, replaces: undefined, ...more };
    this.#said.push({ ...told, index: this.#said.length, entry, kind, sender: entry.pdu.sender, redacted: false });
  }

  async #say(person: Persona, other: Persona, way: number, root: Said | undefined): Promise<void> {
    if (root !== undefined && (!MESSAGES.includes(root.kind) || root.thread !== 'main')) return;
    const kind = MESSAGES[way % 5 < 3 ? 0 : (way % 5) - 2] ?? 'message';
    const mentions = way === 1 || way === 3 ? [other.id] : [];
    const wantsAll = way === 2 || way === 3;
    const hasKeyword = way === 5;
    const relation: JsonObject =
      root === undefined ? {} : { 'm.relates_to': { rel_type: 'm.thread', event_id: root.entry.eventId } };
    const entry = await this.#room.send({
      type: kind === 'encrypted' ? 'm.room.encrypted' : 'm.room.message',
      sender: person.id,
      content: {
        ...relation,
        msgtype: kind === 'notice' ? 'm.notice' : 'm.text',
        body: hasKeyword ? 'a cake' : 'words',
        'm.mentions': { user_ids: mentions, ...(wantsAll ? { room: true } : {}) },
      },
    });
    const all = wantsAll && (this.#everybodyMayMentionAll || person === this.#people[0]);
    this.#remember(entry, kind, { thread: root?.entry.eventId ?? 'main', mentions, all, hasKeyword });
  }

  async #react(person: Persona, target: Said): Promise<void> {
    const relation = { rel_type: 'm.annotation', event_id: target.entry.eventId, key: `${this.#said.length}` };
    const content = { 'm.relates_to': relation };
    const entry = await this.#room.send({ type: 'm.reaction', sender: person.id, content });
    this.#remember(entry, 'reaction', { thread: target.thread });
  }

  async #edit(person: Persona, other: Persona, target: Said, way: number): Promise<void> {
    const mentions = way < 5 ? [other.id] : [];
    const entry = await this.#room.say(person.id, '* words', {
      'm.mentions': { user_ids: mentions },
      'm.new_content': { body: 'words' },
      'm.relates_to': { rel_type: 'm.replace', event_id: target.entry.eventId },
    });
    // Of a redacted edit nobody knows any more that it was one.
    const isEditable = ['message', 'notice'].includes(target.kind) || (target.kind === 'edit' && target.redacted);
    const isValid = target.sender === person.id && isEditable;
    this.#remember(entry, 'edit', { thread: target.thread, mentions, replaces: isValid ? target : undefined });
  }

  async #redact(person: Persona, target: Said): Promise<void> {
    const mayRedact = person === this.#people[0] || target.sender === person.id;
    if (!mayRedact || target.redacted || target.kind === 'membership' || target.kind === 'other') return;
    this.#remember(await this.#room.redact(person.id, target.entry.eventId), 'other');
    target.redacted = true;
  }

  /** Redacts what was changed last. */
  async #undo(person: Persona): Promise<void> {
    const changed = this.#said.findLast(({ replaces }) => replaces?.redacted === false)?.replaces;
    const author = this.#people.find(({ id, isIn }) => isIn && id === changed?.sender) ?? person;
    if (changed !== undefined) await this.#redact(author, changed);
  }

  async #read(person: Persona, target: Said, way: number): Promise<void> {
    const threadId = way % 2 === 0 ? undefined : target.thread;
    const type = way < 4 ? 'm.read' : 'm.read.private';
    await this.#counting.receipts.setMarkers(person.id, this.#room.roomId, {
      fullyRead: undefined,
      receipts: [{ type, eventId: target.entry.eventId, threadId }],
    });
    person.read.push({ index: target.index, thread: threadId ?? null });
  }

  async #move(person: Persona, who: number): Promise<void> {
    if (who === 0) return;
    this.#remember(await this.#room.move(person.id, person.isIn ? 'leave' : 'join'), 'membership');
    person.isIn = !person.isIn;
    if (person.isIn) person.joinedAt = this.#said.length - 1;
  }

  async #mute(person: Persona): Promise<void> {
    const { rules } = this.#counting;
    if (person.isMuted) await rules.delete(person.id, 'room', this.#room.roomId);
    else await rules.put(person.id, 'room', this.#room.roomId, { actions: [] }, {});
    person.isMuted = !person.isMuted;
  }

  async #keyword(person: Persona): Promise<void> {
    const { rules } = this.#counting;
    if (person.hasKeyword) await rules.delete(person.id, 'content', 'cake');
    else await rules.put(person.id, 'content', 'cake', { ...LOUD, pattern: 'cake' }, {});
    person.hasKeyword = !person.hasKeyword;
  }

  async #ignore(person: Persona, other: Persona): Promise<void> {
    if (person === other) return;
    if (!person.ignored.delete(other.id)) person.ignored.add(other.id);
    const content = { ignored_users: Object.fromEntries([...person.ignored].map((id) => [id, {}])) };
    await this.#counting.accountData.set({ userId: person.id, roomId: null, type: 'm.ignored_user_list' }, content);
  }

  async #levels(): Promise<void> {
    const [ada] = this.#people;
    if (ada === undefined) return;
    this.#everybodyMayMentionAll = !this.#everybodyMayMentionAll;
    const content = { notifications: { room: this.#everybodyMayMentionAll ? 0 : 50 } };
    const draft = { type: 'm.room.power_levels', stateKey: '', sender: ada.id, content };
    this.#remember(await this.#room.send(draft), 'other');
  }
}

/** Whatever the order of the threads. */
const textOf = ({ all, threads }: { readonly all: unknown; readonly threads: readonly unknown[] }): string =>
  JSON.stringify([
    all,
    threads.map((thread) => JSON.stringify(thread)).toSorted((one, other) => (one < other ? -1 : 1)),
  ]);

/** To change one's membership or to redact is not to speak. */
const isSpeech = ({ kind }: Said): boolean => kind !== 'membership' && kind !== 'other';

const RUNS: Readonly<Record<EngineName, number>> = { sqlite: 40, postgres: 8 };

describe.each(ENGINES)('counts on %s', (engine) => {
  let server: FeatureServer;
  let run = 0;

  beforeAll(async () => {
    server = await startFeatureServer(engine);
  });
  afterAll(() => server.dispose());

  test('are those of a recount, whatever happens', { timeout: 240_000 }, async () => {
    const counting = await buildCounting(server);
    await fc.assert(
      fc.asyncProperty(STEPS, async (steps) => {
        run += 1;
        const world = await World.make(counting, run);
        for (const step of steps) await world.step(step);
        // Nothing but what is durable, read by who was not there.
        const anew = await server.restart();
        try {
          await world.check(await buildCounting(anew));
        } finally {
          await anew.stop();
        }
        expect(world.wrong).toEqual([]);
      }),
      { numRuns: RUNS[engine] },
    );
  });
});
