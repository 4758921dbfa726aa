import { isLazy, isWanted, type StateIndex } from '@byline/core/sliding-sync/required-state.ts';
import type { EventEntry, Position } from '../../../platform/log/entry.ts';
import { clientJson } from '../../graph/service.ts';
import { leftAt, membershipsIn, type Sources, type UnreadCounts } from '../../sync/service.ts';
import type { RoomResult, RoomTimeline } from '../answer.ts';
import { appearanceOf } from './appearance.ts';
import { indexOf, stateToTell, type ToldState } from './room-state.ts';
import { type ReadTimeline, readRoomTimeline, tellTimeline } from './room-timeline.ts';
import { changeOf, type Telling, type ToldRoom, UNTOLD } from './telling.ts';

const MEMBER = 'm.room.member';
const NOTHING_UNREAD: UnreadCounts = { notificationCount: 0, highlightCount: 0 };

/** Tells of rooms that the user is in, or was in, and of public accounts. */
export class KnownRooms {
  readonly #sources: Sources;

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  async tell(telling: Telling): Promise<ToldRoom> {
    const { sent, standing } = telling;
    const isIn = standing.membership === 'join';
    const wasKnown = sent?.membership === 'join' || (!isIn && isGone(sent?.membership));
    const after = wasKnown ? sent?.upTo : undefined;
    const upTo = isIn ? telling.upTo : await this.#leftAt(telling);
    const timeline = await readRoomTimeline(telling, after, upTo, this.#sources.history);
    const state = await this.#state(telling, timeline, after, upTo);
    const isShown = after === undefined || timeline.hasNews;
    return toldOf(telling, timeline, state, after, {
      timeline: isShown ? await tellTimeline(timeline, telling, this.#sources.relations) : undefined,
      unread: await this.#unread(telling),
      ownMember: await this.#ownMember(telling, after),
    });
  }

  /** Up to when somebody who was in a room may know it. */
  async #leftAt({ view, graph, room, standing }: Telling): Promise<Position> {
    if (graph.audience === 'subscribers') return standing.position;
    return leftAt(await membershipsIn(graph, room, view.userId)) ?? standing.position;
  }

  async #state(
    telling: Telling,
    timeline: ReadTimeline,
    after: Position | undefined,
    upTo: Position,
  ): Promise<ToldState> {
    const { rules, sent, room } = telling;
    const index = await this.#index(telling, upTo);
    const state = stateToTell(index, rules.config.requiredState, timeline, after, sent);
    const own = room.entry(MEMBER, telling.view.userId);
    if (index === room || own === undefined || after === undefined || own.position <= after) return state;
    // Whoever is out hears of it, also where others were the last to say so.
    const { requiredState } = rules.config;
    const isMeant = isLazy(requiredState) || isWanted(requiredState, MEMBER, telling.view.userId);
    return isMeant ? { ...state, entries: new Set([...withoutOwn(state.entries, own), own]) } : state;
  }

  async #index({ room, graph, standing }: Telling, upTo: Position): Promise<StateIndex<EventEntry>> {
    if (standing.membership === 'join' || graph.audience === 'subscribers') return room;
    return indexOf(await graph.stateOf(room, upTo));
  }

  /** Subscribers stand in no room's state; each is shown only that they themselves are there, or no more. */
  async #ownMember({ view, graph, room, rules, standing }: Telling, after: Position | undefined): Promise<string[]> {
    if (graph.audience === 'members' || (after !== undefined && standing.position <= after)) return [];
    const { requiredState } = rules.config;
    if (!isLazy(requiredState) && !isWanted(requiredState, MEMBER, view.userId)) return [];
    const member = await this.#sources.subscriptions.selfMember(view.userId, room.id);
    return member === undefined ? [] : [JSON.stringify(member)];
  }

  /** Numbers are for people who wrote; what a public account posts is never counted. */
  async #unread({ view, graph, room, standing, tellsUnread }: Telling): Promise<UnreadCounts | undefined> {
    if (!tellsUnread) return undefined;
    if (standing.membership !== 'join' || graph.audience === 'subscribers') return NOTHING_UNREAD;
    return this.#sources.unread.unread(view.userId, room);
  }
}

const isGone = (membership: string | undefined): boolean => membership === 'leave' || membership === 'ban';

const withoutOwn = (entries: Iterable<EventEntry>, own: EventEntry): EventEntry[] =>
  [...entries].filter(({ pdu }) => pdu.type !== MEMBER || pdu.state_key !== own.pdu.state_key);

/** What of a room has to be asked for. */
interface ToldParts {
  readonly timeline: RoomTimeline | undefined;
  readonly unread: UnreadCounts | undefined;
  readonly ownMember: readonly string[];
}

/** What is told of a room, if there is anything, and what the client will know then. */
const toldOf = (
  telling: Telling,
  timeline: ReadTimeline,
  state: ToldState,
  after: Position | undefined,
  { timeline: toldTimeline, unread, ownMember }: ToldParts,
): ToldRoom => {
  const { room, rules, sent, standing, isDm, bumpStamp } = telling;
  const isInitial = after === undefined;
  const mayHaveMoved = timeline.limited || timeline.entries.some(({ pdu }) => pdu.type === MEMBER);
  const appearance = appearanceOf(telling, isInitial, mayHaveMoved);
  const requiredState = [...[...state.entries].map((entry) => clientJson(entry)), ...ownMember];
  const unreadText = unread === undefined ? sent?.unread : `${unread.notificationCount} ${unread.highlightCount}`;
  const toldDm = isInitial ? isDm || undefined : (changeOf(isDm, sent?.isDm, false) ?? undefined);
  const result: RoomResult = {
    membership: standing.membership,
    lists: rules.lists,
    initial: isInitial,
    bumpStamp: changeOf(bumpStamp, sent?.bumpStamp, isInitial) ?? undefined,
    isDm: toldDm,
    ...appearance.told,
    requiredState,
    timeline: toldTimeline,
    unread,
  };
  const isNews = isInitial || timeline.hasNews || requiredState.length > 0 || appearance.isChanged;
  return {
    roomId: room.id,
    result: isNews || toldDm !== undefined || unreadText !== sent?.unread ? result : undefined,
    sent: {
      ...UNTOLD,
      // Who was away meanwhile is told anew of everything that comes besides, too.
      ...(isInitial ? {} : sent),
      ...appearance.known,
      isRefused: false,
      membership: standing.membership,
      upTo: telling.upTo,
      wanted: rules.config.requiredState,
      shown: timeline.shown,
      members: state.members,
      isDm,
      bumpStamp,
      unread: unreadText,
    },
  };
};
