import { passes } from '@byline/core/event/filter.ts';
import type { RoomId, UserId } from '@byline/protocol';
import { tokenOf } from '@byline/protocol/matrix/token.ts';
import type { AccountDataEntry, EventEntry, Position, ReceiptEntry } from '../../platform/log/entry.ts';
import { clientJson, clientJsonFor, membershipIn, type Room, type RoomGraph } from '../graph/service.ts';
import { type SyncContext, timelineFilter } from './context.ts';
import { receiptText, typingText } from './ephemeral.ts';
import type { Fragments } from './fragments.ts';
import { stateBefore } from './room-state.ts';
import type { Sources } from './sources.ts';
import { summaryText } from './summary.ts';
import { eventsTextIfAny, objectText } from './text.ts';
import { readTimeline, type Timeline } from './timeline.ts';
import type { UserView } from './view.ts';

/** What is new in a room besides its events. */
export interface RoomNews {
  readonly receipts: readonly ReceiptEntry[];
  readonly accountData: readonly AccountDataEntry[];
  /** Who types, where the device has to be told. */
  readonly typing: readonly UserId[] | undefined;
}

type Member = readonly [name: string, json: string | undefined];

/** Writes the section of a room that the user is in, or of a public account that the user follows. */
export class JoinedRooms {
  readonly #conversations: RoomGraph;
  readonly #accountRooms: RoomGraph;
  readonly #sources: Sources;
  readonly #fragments: Fragments;

  constructor(conversations: RoomGraph, accountRooms: RoomGraph, sources: Sources, fragments: Fragments) {
    this.#conversations = conversations;
    this.#accountRooms = accountRooms;
    this.#sources = sources;
    this.#fragments = fragments;
  }

  /** The section as JSON; `undefined` if there is nothing to tell. */
  async text(view: UserView, roomId: RoomId, news: RoomNews, context: SyncContext): Promise<string | undefined> {
    const graph = view.accounts.has(roomId) ? this.#accountRooms : this.#conversations;
    const room = await graph.room(roomId);
    if (room === undefined) return undefined;
    const known = await this.#known(view, graph, room, context);
    return this.#text(graph, room, known, news, context);
  }

  /** The section of a public account, the same for all who know it up to the same position and have said nothing since. */
  async sharedText(roomId: RoomId, context: SyncContext): Promise<string | undefined> {
    const room = await this.#accountRooms.room(roomId);
    return room === undefined ? undefined : this.#text(this.#accountRooms, room, context.since, NO_NEWS, context);
  }

  async #text(
    graph: RoomGraph,
    room: Room,
    known: Position | undefined,
    news: RoomNews,
    context: SyncContext,
  ): Promise<string | undefined> {
    const span = { after: known ?? 0, upTo: context.upTo };
    const timeline = await readTimeline(graph, room, span, timelineFilter(context));
    const members = await this.#members(graph, room, timeline, known, news, context);
    return members.every(([, json]) => json === undefined) ? undefined : this.#close(members, graph, room, context);
  }

  /** Up to where the device knows the room; `undefined` if the user was not in it then. */
  async #known(
    view: UserView,
    graph: RoomGraph,
    room: Room,
    { since, device }: SyncContext,
  ): Promise<Position | undefined> {
    const standing = view.conversations.get(room.id) ?? view.accounts.get(room.id);
    if (since === undefined || standing === undefined) return undefined;
    if (standing.position <= since) return since;
    if (graph.audience === 'subscribers') return undefined;
    const before = await graph.stateEntryAt(room.id, 'm.room.member', device.userId, since);
    return membershipIn(before) === 'join' ? since : undefined;
  }

  async #members(
    graph: RoomGraph,
    room: Room,
    timeline: Timeline,
    known: Position | undefined,
    news: RoomNews,
    context: SyncContext,
  ): Promise<Member[]> {
    const events = await this.#events(graph, room, timeline, known, context);
    const ephemeral = [
      receiptText(news.receipts),
      news.typing === undefined ? undefined : typingText(news.typing),
    ].filter((text) => text !== undefined);
    const accountData = news.accountData
      .filter((entry) => passes(context.filter.room?.account_data, entry))
      .map(({ type, content }) => JSON.stringify({ type, content }));
    return [...events, ['ephemeral', eventsTextIfAny(ephemeral)], ['account_data', eventsTextIfAny(accountData)]];
  }

  /** The timeline and its state: one text for all who know the room up to the same event. */
  async #events(
    graph: RoomGraph,
    room: Room,
    timeline: Timeline,
    known: Position | undefined,
    context: SyncContext,
  ): Promise<Member[]> {
    const isNothing = timeline.entries.length === 0 && !timeline.limited && !context.fullState;
    if (known !== undefined && isNothing) return [];
    const isOwn = timeline.entries.some(({ transaction }) => transaction?.deviceId === context.device.deviceId);
    if (known === undefined || timeline.limited || isOwn || context.fullState) {
      return this.#ownEvents(graph, room, timeline, known, context);
    }
    const key = `${room.id} ${timeline.start} ${timeline.entries.at(-1)?.position} ${context.filterKey}`;
    const shared = this.#fragments.get(key);
    if (shared !== undefined) return [['timeline', shared]];
    const members = await this.#ownEvents(graph, room, timeline, known, context);
    if (members.length === 1) this.#fragments.keep(key, members[0]?.[1] ?? '');
    return members;
  }

  async #ownEvents(
    graph: RoomGraph,
    room: Room,
    timeline: Timeline,
    known: Position | undefined,
    context: SyncContext,
  ): Promise<Member[]> {
    const { device } = context;
    const readable = await this.#readable(graph, room, timeline.entries, known, context);
    const state = await stateBefore(graph, room, timeline, context.fullState ? undefined : known, context);
    const own = known === undefined ? await this.#selfMember(graph, room, context) : [];
    const stateTexts = [...state.map((entry) => clientJson(entry)), ...own];
    const events = readable.map((entry) => clientJsonFor(entry, device));
    const isNews = known === undefined || readable.some((entry) => entry.pdu.type === 'm.room.member');
    const summary = graph.audience === 'members' && isNews ? summaryText(room, device.userId) : undefined;
    const members: Member[] = [
      ['timeline', timelineText(events, timeline)],
      ['state', eventsTextIfAny(stateTexts)],
      ['summary', summary],
    ];
    return members.filter(([, json]) => json !== undefined);
  }

  async #readable(
    graph: RoomGraph,
    room: Room,
    entries: readonly EventEntry[],
    known: Position | undefined,
    { device }: SyncContext,
  ): Promise<readonly EventEntry[]> {
    if (known !== undefined || graph.audience === 'subscribers') return entries;
    return this.#sources.history.readableBy(device.userId, room, entries);
  }

  /** Subscribers stand in no room's state; each is shown only that they themselves are there. */
  async #selfMember(graph: RoomGraph, room: Room, { device }: SyncContext): Promise<string[]> {
    if (graph.audience === 'members') return [];
    const member = await this.#sources.subscriptions.selfMember(device.userId, room.id);
    return member === undefined ? [] : [JSON.stringify(member)];
  }

  async #close(members: readonly Member[], graph: RoomGraph, room: Room, context: SyncContext): Promise<string> {
    return objectText([...members, ['unread_notifications', await this.#unread(graph, room, context)]]);
  }

  /** Numbers are for people who wrote; what a public account posts is never counted. */
  async #unread(graph: RoomGraph, room: Room, { device }: SyncContext): Promise<string> {
    if (graph.audience === 'subscribers') return NOTHING_UNREAD;
    const { notificationCount, highlightCount } = await this.#sources.unread.unread(device.userId, room);
    return `{"notification_count":${notificationCount},"highlight_count":${highlightCount}}`;
  }
}

const NO_NEWS: RoomNews = { receipts: [], accountData: [], typing: undefined };

const NOTHING_UNREAD = '{"notification_count":0,"highlight_count":0}';

const timelineText = (events: readonly string[], { limited, start }: Timeline): string =>
  `{"events":[${events.join(',')}],"limited":${limited},"prev_batch":"${tokenOf(start)}"}`;
