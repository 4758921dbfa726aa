import type { EventId, UserId } from '@byline/protocol';
import type { EventEntry, Position } from '../../platform/log/entry.ts';
import { clientJson, clientJsonWith } from '../graph/service.ts';
import { type ChildFilter, type Children, EVERYTHING } from './children.ts';
import type { RelationMemory } from './memory.ts';

/** Who is told, and what of a room they may read. */
export interface BundleReader {
  readonly userId: UserId;
  /** Asked only where something relates to the events. */
  readonly visibility: () => Promise<{ readonly allows: (position: Position) => boolean }>;
}

/** What the server says of events' children, as the JSON of `m.relations`, by event. Events without any are left out. */
export type Bundles = ReadonlyMap<EventId, string>;

/** Of whom somebody wants to hear nothing. */
export interface Ignores {
  ignoredBy(userId: UserId): Promise<ReadonlySet<UserId>>;
}

/** An event whose children count for somebody. */
interface Parent {
  readonly entry: EventEntry;
  readonly children: Children;
  readonly filter: ChildFilter;
}

/** Tells what relates to events (specification, client-server API: "Aggregations of child events"). */
export class RelationBundles {
  readonly #memories: Readonly<Record<EventEntry['audience'], RelationMemory>>;
  readonly #ignored: Ignores;

  constructor(parts: {
    readonly conversations: RelationMemory;
    readonly accountRooms: RelationMemory;
    readonly ignored: Ignores;
  }) {
    this.#memories = { members: parts.conversations, subscribers: parts.accountRooms };
    this.#ignored = parts.ignored;
  }

  /**
   * Bundles for a page of one room's events. A page takes as many queries whatever is on it, and none where it was read
   * before. What is told of a public account's events is the same for all.
   */
  async of(reader: BundleReader, entries: readonly EventEntry[]): Promise<Bundles> {
    const [first] = entries;
    // "State events do not currently receive bundled aggregations".
    const parents = entries.filter(({ pdu }) => pdu.state_key === undefined);
    if (first === undefined || parents.length === 0) return NONE;
    const memory = this.#memories[first.audience];
    const children = await memory.childrenOf(parents.map(({ eventId }) => eventId));
    const related = parents.filter(({ eventId }) => children.get(eventId)?.isEmpty === false);
    if (related.length === 0) return NONE;
    const filter = first.audience === 'subscribers' ? EVERYTHING : await this.#filterOf(reader);
    return new Page(memory, filter, first.audience === 'subscribers' ? undefined : reader.userId).tell(
      related,
      children,
    );
  }

  async #filterOf({ userId, visibility }: BundleReader): Promise<ChildFilter> {
    const [{ allows }, ignored] = await Promise.all([visibility(), this.#ignored.ignoredBy(userId)]);
    return { allows, ignored };
  }
}

/** The events of one page, as one reader is told of them. */
class Page {
  readonly #memory: RelationMemory;
  readonly #filter: ChildFilter;
  /** `undefined`: everybody. */
  readonly #userId: UserId | undefined;

  constructor(memory: RelationMemory, filter: ChildFilter, userId: UserId | undefined) {
    this.#memory = memory;
    this.#filter = filter;
    this.#userId = userId;
  }

  async tell(entries: readonly EventEntry[], children: ReadonlyMap<EventId, Children>): Promise<Bundles> {
    const parents = this.#parentsOf(entries, children);
    const newest = parents.map(newestInThread).filter((eventId) => eventId !== undefined);
    const ofNewest = await this.#memory.childrenOf(newest);
    const newestEntries = await this.#memory.events(newest);
    const nested = this.#parentsOf([...newestEntries.values()], ofNewest);
    const edits = [...parents, ...nested].map(replacementOf).filter((eventId) => eventId !== undefined);
    const shown = new Map([...newestEntries, ...(await this.#memory.events(edits))]);
    // What a thread's newest event is told with has no thread of its own, so there is no deeper.
    const inner = textsOf(nested, (parent) => this.#textOf(parent, shown, NONE));
    return textsOf(parents, (parent) => this.#textOf(parent, shown, inner));
  }

  #parentsOf(entries: readonly EventEntry[], children: ReadonlyMap<EventId, Children>): readonly Parent[] {
    return entries.flatMap((entry) => {
      const ofEntry = children.get(entry.eventId);
      return ofEntry === undefined || ofEntry.isEmpty ? [] : [{ entry, children: ofEntry, filter: this.#filter }];
    });
  }

  #textOf(parent: Parent, shown: ReadonlyMap<EventId, EventEntry>, inner: Bundles): string | undefined {
    const members = [
      memberText('m.replace', replacementText(parent, shown)),
      memberText('m.thread', this.#threadText(parent, shown, inner)),
      memberText('m.reference', referenceText(parent)),
    ].filter((member) => member !== undefined);
    return members.length === 0 ? undefined : `{${members.join(',')}}`;
  }

  #threadText(parent: Parent, shown: ReadonlyMap<EventId, EventEntry>, inner: Bundles): string | undefined {
    const thread = parent.children.of('m.thread', parent.filter);
    const newest = shown.get(thread.at(-1)?.eventId ?? parent.entry.eventId);
    if (thread.length === 0 || newest === undefined) return undefined;
    const participated =
      parent.entry.pdu.sender === this.#userId || thread.some(({ sender }) => sender === this.#userId);
    const latest = clientJsonWith(newest, inner.get(newest.eventId));
    return `{"latest_event":${latest},"count":${thread.length},"current_user_participated":${participated}}`;
  }
}

const NONE: Bundles = new Map();

const newestInThread = ({ children, filter }: Parent): EventId | undefined =>
  children.of('m.thread', filter).at(-1)?.eventId;

/** Of what is redacted itself, no replacement is told. */
const replacementOf = ({ entry, children, filter }: Parent): EventId | undefined =>
  entry.redactedBy === undefined ? children.newestReplacement(filter)?.eventId : undefined;

const replacementText = (parent: Parent, shown: ReadonlyMap<EventId, EventEntry>): string | undefined => {
  const eventId = replacementOf(parent);
  const entry = eventId === undefined ? undefined : shown.get(eventId);
  return entry === undefined ? undefined : clientJson(entry);
};

const referenceText = ({ children, filter }: Parent): string | undefined => {
  const references = children.of('m.reference', filter);
  return references.length === 0
    ? undefined
    : JSON.stringify({ chunk: references.map(({ eventId }) => ({ event_id: eventId })) });
};

const memberText = (name: string, json: string | undefined): string | undefined =>
  json === undefined ? undefined : `"${name}":${json}`;

const textsOf = (parents: readonly Parent[], textOf: (parent: Parent) => string | undefined): Bundles => {
  const texts = new Map<EventId, string>();
  for (const parent of parents) {
    const text = textOf(parent);
    if (text !== undefined) texts.set(parent.entry.eventId, text);
  }
  return texts;
};
