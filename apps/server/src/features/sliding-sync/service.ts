import { Serialised } from '../../platform/http/answer.ts';
import type { Position } from '../../platform/log/entry.ts';
import type { Log } from '../../platform/log/log.ts';
import type { Tail } from '../../platform/log/tail.ts';
import type { RoomGraph } from '../graph/service.ts';
import { type Asker, type Audience, type Look, Poll, type Sources } from '../sync/service.ts';
import { OwnDataOfUsers } from './account-data.ts';
import type { Known } from './connections/connection.ts';
import { Connections } from './connections/connections.ts';
import { Extensions } from './extensions/extensions.ts';
import { type Found, Looking, type Wanted } from './look.ts';
import { newsSince } from './news.ts';
import type { SlidingRequest } from './request.ts';
import { KnownFacts } from './lists/room-facts.ts';
import { RoomTeller } from './rooms/room-teller.ts';
import { Rules } from './lists/rules.ts';
import { RoomLists, type ShownRooms } from './lists/shown-rooms.ts';
import { subscriptionsOf } from './connections/subscriptions.ts';

export interface SlidingSyncParts {
  readonly log: Log;
  readonly tail: Tail;
  readonly audience: Audience;
  readonly conversations: RoomGraph;
  readonly accountRooms: RoomGraph;
  readonly sources: Sources;
}

/**
 * Simplified sliding sync (MSC4186): a device is told what is new in the rooms that it shows, and only of those is anything
 * read. What a client knows is kept in memory; after a restart it begins anew.
 */
export class SlidingSync implements Look<Wanted> {
  readonly #log: Log;
  readonly #tail: Tail;
  readonly #audience: Audience;
  readonly #sources: Sources;
  readonly #connections = new Connections();
  readonly #ownData: OwnDataOfUsers;
  readonly #lists: RoomLists;
  readonly #rooms: RoomTeller;
  readonly #extensions: Extensions;
  #stopping = false;

  constructor(parts: SlidingSyncParts) {
    const { log, tail, audience, conversations, accountRooms, sources } = parts;
    this.#log = log;
    this.#tail = tail;
    this.#audience = audience;
    this.#sources = sources;
    this.#ownData = new OwnDataOfUsers({ source: sources.accountData, log, tail });
    const facts = new KnownFacts({ graphs: [conversations, accountRooms], log, tail });
    const { history } = sources;
    this.#lists = new RoomLists({ audience, conversations, history, ownData: this.#ownData, facts });
    this.#rooms = new RoomTeller({ conversations, accountRooms, sources });
    this.#extensions = new Extensions(sources, this.#ownData);
  }

  /**
   * Answers a request: at once if the client begins or there is something to tell, else when there is, or in time.
   *
   * @throws DomainError `M_UNKNOWN_POS`: the client has to begin anew
   */
  async sync(asker: Asker, request: SlidingRequest): Promise<void> {
    const { device, connId, pos } = request;
    const connection = this.#connections.open(device, connId, pos);
    const view = this.#audience.known(device.userId) ?? (await this.#audience.view(device.userId));
    this.#sources.presence?.seen(device, request.setPresence);
    const { known } = connection;
    const subscriptions = subscriptionsOf(request, known);
    const wanted: Wanted = {
      request,
      connection,
      rules: new Rules(connection),
      subscriptions,
      known,
      found: undefined,
    };
    const poll = new Poll(this, asker, wanted, view);
    connection.takeTurn(() => poll.end());
    const isWaiting = pos !== undefined && !this.#stopping;
    poll.begin(isWaiting ? request.timeoutMs : 0);
  }

  get position(): Position {
    return this.#log.position;
  }

  /** What a client is told now. */
  async look({ wanted, view }: Poll<Wanted>, upTo: Position): Promise<Serialised | undefined> {
    const { connection, rules, subscriptions, known, request } = wanted;
    const typing = this.#sources.typing.serial;
    const shown = await this.#lists.shown({ view, connection, rules, lists: request.lists, subscriptions });
    const data = await this.#ownData.of(view);
    const news = await newsSince(view, known.upTo, this.#tail, this.#sources, () => this.#ownData.of(view));
    const looking = new Looking({ wanted, view, upTo, news, shown: shown.rooms });
    await this.#rooms.tell(looking, data);
    const extensions = await this.#extensions.tell(looking);
    const isNews = looking.results.size > 0 || extensions.hasNews || hasOtherCounts(shown, known);
    const { hasAccountData, keyCounts, results } = extensions;
    wanted.found = {
      known: { upTo, typing, counts: shown.counts, hasAccountData, keyCounts, subscriptions },
      changed: looking.changed,
      rooms: looking.results,
      extensions: results,
    };
    return known.upTo === undefined || isNews ? answer(wanted, wanted.found) : undefined;
  }

  /** The answer when there is nothing to tell. It is a new place all the same: what was missed is remembered there. */
  nothing({ wanted }: Poll<Wanted>): Serialised {
    if (wanted.found === undefined) throw new Error('An answer was asked for before anybody had looked.');
    return answer(wanted, wanted.found);
  }

  /** Lets nobody wait any more. Those who do are answered by whoever ends the polls of the audience. */
  stop(): void {
    this.#stopping = true;
  }
}

/** Writes what a look has found, and keeps what the client knows if it gets it. */
const answer = ({ connection, request }: Wanted, { known, changed, rooms, extensions }: Found): Serialised => {
  const pos = connection.give(known, changed);
  return new Serialised(request.dialect.write({ pos, counts: known.counts, rooms, extensions }));
};

/** A list that is new, or of another length than the client was told. */
const hasOtherCounts = ({ counts }: ShownRooms, known: Known): boolean =>
  [...counts].some(([name, count]) => known.counts.get(name) !== count);
