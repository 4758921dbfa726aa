import { asksAccountData, asksState, type ListedRoom, passesList } from '@byline/core/sliding-sync/list-filter.ts';
import type { RoomConfig } from '@byline/core/sliding-sync/required-state.ts';
import { windowOf } from '@byline/core/sliding-sync/window.ts';
import type { RoomId } from '@byline/protocol';
import type { RoomGraph } from '../../graph/service.ts';
import type { Audience, HistorySource, UserView } from '../../sync/service.ts';
import { NO_TAGS, type OwnData, type OwnDataOfUsers } from '../account-data.ts';
import type { Connection } from '../connections/connection.ts';
import { Departures } from './departures.ts';
import type { ListRequest } from '../request.ts';
import type { KnownFacts } from './room-facts.ts';
import type { Rules, RuleSet } from './rules.ts';

/** What a client's lists and subscriptions show now. */
export interface ShownRooms {
  /** How many rooms each list is of. */
  readonly counts: ReadonlyMap<string, number>;
  /** The rooms that are shown, by which rules. */
  readonly rooms: ReadonlyMap<RoomId, RuleSet>;
}

/** What a client asks to be shown. */
export interface Asked {
  readonly view: UserView;
  readonly connection: Connection;
  readonly rules: Rules;
  readonly lists: readonly ListRequest[];
  readonly subscriptions: ReadonlyMap<string, RoomConfig>;
}

/** Finds the rooms that are shown, without reading any of them. */
export class RoomLists {
  readonly #audience: Audience;
  readonly #conversations: RoomGraph;
  readonly #ownData: OwnDataOfUsers;
  readonly #facts: KnownFacts;
  readonly #departures: Departures;

  constructor(parts: {
    readonly audience: Audience;
    readonly conversations: RoomGraph;
    readonly history: HistorySource;
    readonly ownData: OwnDataOfUsers;
    readonly facts: KnownFacts;
  }) {
    this.#audience = parts.audience;
    this.#conversations = parts.conversations;
    this.#ownData = parts.ownData;
    this.#facts = parts.facts;
    this.#departures = new Departures(parts.conversations, parts.history);
  }

  async shown(asked: Asked): Promise<ShownRooms> {
    if (asked.lists.length === 0 && asked.subscriptions.size === 0) return NOTHING_SHOWN;
    const all = await this.#serverList(asked);
    const isListed = asked.lists.every(isEmpty) ? () => () => true : await this.#filters(asked, all);
    const counts = new Map<string, number>();
    const rooms = new Map<RoomId, RuleSet>();
    for (const list of asked.lists) {
      const listed = isEmpty(list) ? all : all.filter(isListed(list));
      counts.set(list.name, listed.length);
      const alone = asked.rules.withList(undefined, list);
      for (const roomId of windowOf(listed, list.ranges)) {
        const others = rooms.get(roomId);
        rooms.set(roomId, others === undefined ? alone : asked.rules.withList(others, list));
      }
    }
    if (asked.subscriptions.size > 0) this.#subscribe(asked, new Set(all), rooms);
    return { counts, rooms };
  }

  #subscribe({ rules, subscriptions }: Asked, all: ReadonlySet<RoomId>, rooms: Map<RoomId, RuleSet>): void {
    for (const roomId of all) {
      const config = subscriptions.get(roomId);
      if (config !== undefined) rooms.set(roomId, rules.withSubscription(rooms.get(roomId), config));
    }
  }

  /**
   * All rooms that a client may be shown, newest first: those that the user is in, is invited to or knocks at; those that
   * others took the user out of; and those that the user has left, if the client knows them (MSC4186: "Lists").
   */
  async #serverList({ view, connection }: Asked): Promise<RoomId[]> {
    const recency = await this.#audience.recency(view);
    const removedFrom = await this.#departures.removedFrom(view);
    return recency.newestFirst().filter((roomId) => {
      const standing = view.conversations.get(roomId) ?? view.accounts.get(roomId);
      if (standing === undefined) return false;
      const isGone = standing.membership === 'leave' || standing.membership === 'ban';
      return !isGone || connection.rooms.has(roomId) || removedFrom.has(roomId);
    });
  }

  async #filters(
    { view, lists }: Asked,
    all: readonly RoomId[],
  ): Promise<(list: ListRequest) => (roomId: RoomId) => boolean> {
    if (lists.some(({ filter }) => asksState(filter))) await this.#facts.prepare(all);
    const asksData = lists.some(({ filter }) => asksAccountData(filter));
    const data = asksData ? await this.#ownData.of(view) : undefined;
    const children = await this.#childrenOf(view, new Set(lists.flatMap(({ filter }) => filter.spaces ?? [])));
    const listed = (roomId: RoomId) => new Listed(roomId, view, data, this.#facts, children);
    return (list) => (roomId) => passesList(list.filter, listed(roomId));
  }

  /** The rooms in each of some spaces that the user is in (MSC4186: `spaces`). */
  async #childrenOf(view: UserView, spaces: ReadonlySet<string>): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    if (spaces.size === 0) return NO_CHILDREN;
    const joined = [...view.heard()].filter((roomId) => spaces.has(roomId));
    const children = new Map<string, ReadonlySet<string>>();
    for (const [spaceId, space] of await this.#conversations.rooms(joined)) {
      const named = [...space.entriesOf('m.space.child')].filter(([, { pdu }]) => Array.isArray(pdu.content['via']));
      children.set(spaceId, new Set(named.map(([roomId]) => roomId)));
    }
    return children;
  }
}

const NO_CHILDREN: ReadonlyMap<string, ReadonlySet<string>> = new Map();

const NOTHING_SHOWN: ShownRooms = { counts: new Map(), rooms: new Map() };

const isEmpty = ({ filter }: ListRequest): boolean => Object.values(filter).every((part) => part === undefined);

/** A room as filters look at it. */
class Listed implements ListedRoom {
  readonly #roomId: RoomId;
  readonly #view: UserView;
  readonly #data: OwnData | undefined;
  readonly #facts: KnownFacts;
  readonly #children: ReadonlyMap<string, ReadonlySet<string>>;

  constructor(
    roomId: RoomId,
    view: UserView,
    data: OwnData | undefined,
    facts: KnownFacts,
    children: ReadonlyMap<string, ReadonlySet<string>>,
  ) {
    this.#roomId = roomId;
    this.#view = view;
    this.#data = data;
    this.#facts = facts;
    this.#children = children;
  }

  get isDm(): boolean {
    return this.#data?.isDirect(this.#roomId) === true;
  }

  get isEncrypted(): boolean {
    return this.#facts.of(this.#roomId).isEncrypted;
  }

  get isInvited(): boolean {
    return this.#view.conversations.get(this.#roomId)?.membership === 'invite';
  }

  get roomType(): string | null {
    return this.#facts.of(this.#roomId).type;
  }

  get tags(): ReadonlySet<string> {
    return this.#data?.tagsOf(this.#roomId) ?? NO_TAGS;
  }

  isInSpace(spaces: readonly string[]): boolean {
    return spaces.some((spaceId) => this.#children.get(spaceId)?.has(this.#roomId) === true);
  }
}
