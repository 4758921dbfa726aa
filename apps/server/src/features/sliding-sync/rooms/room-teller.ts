import { BUMP_TYPES } from '@byline/core/sliding-sync/bump.ts';
import type { RoomId } from '@byline/protocol';
import type { Position } from '../../../platform/log/entry.ts';
import type { Room, RoomGraph } from '../../graph/service.ts';
import type { Sources, Standing } from '../../sync/service.ts';
import type { OwnData } from '../account-data.ts';
import type { RoomSent } from '../connections/connection.ts';
import { KnownRooms } from './known-room.ts';
import type { Looking } from '../look.ts';
import type { RuleSet } from '../lists/rules.ts';
import { tellRefused, tellStripped } from './stripped-room.ts';
import type { Telling, ToldRoom } from './telling.ts';

const BUMPING = [...BUMP_TYPES];

/** Tells of the rooms that are shown, as far as there is something new. Only of those is anything read. */
export class RoomTeller {
  readonly #conversations: RoomGraph;
  readonly #accountRooms: RoomGraph;
  readonly #known: KnownRooms;

  constructor(parts: {
    readonly conversations: RoomGraph;
    readonly accountRooms: RoomGraph;
    readonly sources: Sources;
  }) {
    this.#conversations = parts.conversations;
    this.#accountRooms = parts.accountRooms;
    this.#known = new KnownRooms(parts.sources);
  }

  /** Puts into a look what is new in rooms, and what the client will know of them. */
  async tell(looking: Looking, data: OwnData): Promise<void> {
    const { connection } = looking.wanted;
    const rooms: RoomId[] = [];
    for (const [roomId, rules] of looking.shown) {
      const sent = connection.rooms.get(roomId);
      if (sent !== undefined && !isSettled(sent)) looking.unsettled.push(roomId);
      if (sent === undefined || mayHaveNews(looking, roomId, sent, rules, data)) rooms.push(roomId);
    }
    if (rooms.length === 0) return;
    const ofAccounts = rooms.filter((roomId) => looking.view.accounts.has(roomId));
    const ofPeople = rooms.filter((roomId) => !looking.view.accounts.has(roomId));
    const told = await Promise.all([
      this.#tellAll(looking, data, this.#conversations, ofPeople),
      this.#tellAll(looking, data, this.#accountRooms, ofAccounts),
    ]);
    for (const { roomId, result, sent } of told.flat()) {
      looking.keep(roomId, sent);
      if (!isSettled(sent)) looking.unsettled.push(roomId);
      if (result !== undefined) looking.results.set(roomId, result);
    }
  }

  async #tellAll(
    looking: Looking,
    data: OwnData,
    graph: RoomGraph,
    roomIds: readonly RoomId[],
  ): Promise<readonly ToldRoom[]> {
    if (roomIds.length === 0) return [];
    const { view, wanted, since, upTo } = looking;
    const rooms = await graph.rooms(roomIds);
    const bumps = await bumpStamps(graph, [...rooms.values()]);
    const tellings: Telling[] = [];
    for (const [roomId, room] of rooms) {
      const standing = view.conversations.get(roomId) ?? view.accounts.get(roomId);
      const rules = looking.shown.get(roomId);
      if (standing === undefined || rules === undefined) continue;
      tellings.push({
        view,
        device: wanted.request.device,
        room,
        graph,
        standing,
        rules,
        sent: looking.sent(roomId),
        since,
        upTo,
        isDm: data.isDirect(roomId),
        bumpStamp: isIn(standing) ? (bumps.get(roomId) ?? 0) : standing.position,
        tellsUnread: wanted.request.dialect.tellsUnread,
      });
    }
    const told = await Promise.all(tellings.map((telling) => this.#tellOne(telling)));
    return told.filter((one) => one !== undefined);
  }

  async #tellOne(telling: Telling): Promise<ToldRoom | undefined> {
    const { standing, sent } = telling;
    if (standing.membership === 'invite' || standing.membership === 'knock') return tellStripped(telling);
    const wasOutside = sent?.membership === 'invite' || sent?.membership === 'knock';
    if (!isIn(standing) && (wasOutside || sent?.isRefused === true)) return tellRefused(telling);
    return this.#known.tell(telling);
  }
}

const isIn = ({ membership }: Standing): boolean => membership === 'join';

/** Whether there may be something new of a room that is shown, by what is in memory. */
const mayHaveNews = (looking: Looking, roomId: RoomId, sent: RoomSent, rules: RuleSet, data: OwnData): boolean => {
  const newest = looking.view.recency?.position(roomId) ?? looking.upTo;
  return (
    newest > sent.upTo ||
    rules.config.timelineLimit > sent.shown ||
    rules.config.requiredState !== sent.wanted ||
    sent.isDm !== data.isDirect(roomId) ||
    hasRead(looking, roomId)
  );
};

/** Whether a client has been told all that comes besides a room, so that only what changes is of interest. */
const isSettled = ({ accountData, receipts, typingMissed }: RoomSent): boolean =>
  accountData === 'always' && receipts === 'always' && !typingMissed;

/** Whether the user has read something there, so that there is less unread. */
const hasRead = ({ news, view, wanted }: Looking, roomId: RoomId): boolean =>
  wanted.request.dialect.tellsUnread &&
  news.receipts.get(roomId)?.some(({ userId }) => userId === view.userId) === true;

/** Where the newest event of each room stands that is activity properly speaking; only where it is not in memory it is read. */
const bumpStamps = async (graph: RoomGraph, rooms: readonly Room[]): Promise<ReadonlyMap<RoomId, Position>> => {
  const stamps = new Map<RoomId, Position>();
  const unknown: RoomId[] = [];
  for (const room of rooms) {
    const stamp = bumpStampIn(room);
    if (stamp !== undefined) stamps.set(room.id, stamp);
    else unknown.push(room.id);
  }
  if (unknown.length === 0) return stamps;
  return new Map([...stamps, ...(await graph.newestPositions(unknown, BUMPING))]);
};

const bumpStampIn = (room: Room): Position | undefined => {
  if (BUMP_TYPES.has(room.newest.pdu.type)) return room.newest.position;
  return room.timeline?.findLast(({ pdu }) => BUMP_TYPES.has(pdu.type))?.position;
};
