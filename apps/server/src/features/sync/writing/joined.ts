import { passes, passesRoom } from '@byline/core/event/filter.ts';
import type { Membership } from '@byline/core/event/room-state.ts';
import type { RoomId } from '@byline/protocol';
import type { AccountDataEntry, EventEntry, Position, ReceiptEntry } from '../../../platform/log/entry.ts';
import { membershipIn, type Room, type RoomGraph } from '../../graph/service.ts';
import { countsThreads, type SyncContext, timelineFilter } from '../context.ts';
import { ephemeralTexts } from '../news/ephemeral.ts';
import { eventText, stateText } from './event-text.ts';
import type { Fragments } from './fragments.ts';
import { lazyMembersOf, membersIn, newcomersIn } from './lazy-members.ts';
import { stateToTell } from './room-state.ts';
import type { Sources } from '../sources.ts';
import { heardUpTo, membershipAt, membershipsIn, wasInThroughout } from './standing.ts';
import { summaryFor, summaryText } from './summary.ts';
import { eventsText, eventsTextIfAny, membersText } from '../text.ts';
import { readTimeline, type Timeline, timelineText, withoutHoles } from './timeline.ts';
import { unreadTexts } from './unread-text.ts';
import type { UserView } from '../waiting/view.ts';

/** What is new in a room besides its events. */
export interface RoomNews {
  readonly receipts: readonly ReceiptEntry[];
  readonly accountData: readonly AccountDataEntry[];
  /** Who types, where the device has to be told. */
  readonly typing: readonly string[] | undefined;
}

/** How much of a room a device knows. */
interface Knowledge {
  /** Up to where; `undefined`: it does not, or not any more. */
  readonly known: Position | undefined;
  /** Up to where it did before its user went away. */
  readonly onceKnown: Position | undefined;
}

/** A room of which a device is to be told. */
interface Telling extends Knowledge {
  /** Whose; `undefined`: of all who follow the account and know as much of it. */
  readonly view: UserView | undefined;
  readonly graph: RoomGraph;
  readonly room: Room;
  readonly context: SyncContext;
}

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
    const room = graph.peek(roomId) ?? (await graph.room(roomId));
    if (room === undefined) return undefined;
    const knowledge = this.#knowledge(view, graph, room, context);
    const { known, onceKnown } = knowledge instanceof Promise ? await knowledge : knowledge;
    return this.#text({ view, graph, room, context, known, onceKnown }, news);
  }

  /** The section of a public account, the same for all who know it up to the same position and have said nothing since. */
  async sharedText(roomId: RoomId, context: SyncContext): Promise<string | undefined> {
    const graph = this.#accountRooms;
    const room = await graph.room(roomId);
    if (room === undefined) return undefined;
    return this.#text({ view: undefined, graph, room, known: context.since, onceKnown: undefined, context }, NO_NEWS);
  }

  async #text(telling: Telling, news: RoomNews): Promise<string | undefined> {
    const { view, graph, room, known, onceKnown, context } = telling;
    const span = { after: known ?? onceKnown ?? 0, upTo: context.upTo };
    const wanted = await readTimeline(graph, room, span, timelineFilter(context), view?.hides);
    const timeline = known === undefined ? await this.#readable(wanted, telling) : wanted;
    const events = await this.#events(telling, timeline);
    const ephemeral = ephemeralTexts(room.id, news, context);
    const accountData = accountDataTexts(room.id, news.accountData, context);
    const hasRead = news.receipts.some(({ userId }) => userId === context.device.userId);
    if (events === '' && ephemeral.length === 0 && accountData.length === 0 && !hasRead) return undefined;
    const others = membersText([
      [context.stateAfter ?? '', events === '' && context.stateAfter !== undefined ? eventsText([]) : undefined],
      ['ephemeral', eventsTextIfAny(ephemeral)],
      ['account_data', eventsTextIfAny(accountData)],
    ]);
    const unread = await this.#unread(graph, room, context);
    return `{${[events, others, unread].filter((text) => text !== '').join(',')}}`;
  }

  /** Who came in, or was away meanwhile, does not know the room. */
  #knowledge(
    view: UserView,
    graph: RoomGraph,
    room: Room,
    { since, upTo, device }: SyncContext,
  ): Knowledge | Promise<Knowledge> {
    const standing = view.conversations.get(room.id) ?? view.accounts.get(room.id);
    if (since === undefined || standing === undefined) return NO_KNOWLEDGE;
    if (standing.position <= since) return { known: since, onceKnown: undefined };
    if (graph.audience === 'subscribers') return NO_KNOWLEDGE;
    return membershipsIn(graph, room, device.userId).then((memberships) =>
      wasInThroughout(memberships, since, upTo)
        ? { known: since, onceKnown: undefined }
        : { known: undefined, onceKnown: heardUpTo(memberships, since) },
    );
  }

  /** Who has come in may not read everything; the state that changed meanwhile they are told all the same. */
  async #readable(timeline: Timeline, { room, context }: Telling): Promise<Timeline> {
    const readable = await this.#sources.history.readableBy(context.device.userId, room, timeline.entries);
    return withoutHoles(timeline, readable, context.upTo);
  }

  /** The timeline and its state: one text for all who know the room up to the same event, where nothing in it is their own. */
  async #events(telling: Telling, timeline: Timeline): Promise<string> {
    const { view, known, context } = telling;
    if (known !== undefined && !context.fullState && hasNothing(timeline)) return '';
    const lazy =
      view === undefined || telling.graph.audience === 'subscribers' ? undefined : lazyMembersOf(view, context);
    const newcomers =
      lazy === undefined || known === undefined ? [] : newcomersIn(telling.room, timeline, lazy, context);
    const key = keyOfShared(telling, timeline, newcomers);
    const shared = key === undefined ? undefined : this.#fragments.get(key);
    lazy?.tell([...newcomers, ...membersIn(timeline)], context.upTo);
    if (shared !== undefined) return shared;
    const text = await this.#eventsText(telling, timeline, newcomers);
    return key === undefined ? text : this.#fragments.keep(key, text);
  }

  async #eventsText(telling: Telling, timeline: Timeline, newcomers: readonly EventEntry[]): Promise<string> {
    const { view, graph, room, known, onceKnown, context } = telling;
    const { device, stateAfter, upTo } = context;
    const summary = tellsSummary(telling, timeline) ? summaryFor(room, device.userId) : undefined;
    const heroes = summary?.heroes ?? [];
    const state = await stateToTell({ graph, room, timeline, known, onceKnown, upTo, heroes, newcomers }, context);
    if (view !== undefined) lazyMembersOf(view, context)?.tell(state, upTo);
    const stateTexts = state.map((entry) => stateText(entry, context));
    if (known === undefined) stateTexts.push(...(await this.#selfMember(graph, room, context)));
    const events = await this.#timelineTexts(telling, timeline);
    return membersText([
      ['timeline', timelineText(events, timeline)],
      [stateAfter ?? 'state', stateAfter === undefined ? eventsTextIfAny(stateTexts) : eventsText(stateTexts)],
      ['summary', summary === undefined ? undefined : summaryText(summary)],
    ]);
  }

  async #timelineTexts(telling: Telling, timeline: Timeline): Promise<string[]> {
    const { graph, room, known, context } = telling;
    const { entries } = timeline;
    const bundles = await this.#bundles(telling, timeline);
    const textOf = (entry: EventEntry, membership?: Membership): string =>
      eventText(entry, context, membership, bundles?.get(entry.eventId));
    if (graph.audience === 'subscribers') return entries.map((entry) => textOf(entry));
    if (known !== undefined) return entries.map((entry) => textOf(entry, 'join'));
    const membership = await this.#membershipsDuring(graph, room, entries, context);
    return entries.map((entry) => textOf(entry, membership(entry.position)));
  }

  /** What relates to the events, where they come with a gap or for the first time: else it comes itself. */
  #bundles({ room, known, context }: Telling, { entries, limited }: Timeline) {
    if (known !== undefined && !limited) return undefined;
    return this.#sources.relations.bundles(context.device.userId, room, entries);
  }

  /** What the reader was in the room at each of the events, which takes no query for who was in it all the time. */
  async #membershipsDuring(graph: RoomGraph, room: Room, [first]: readonly EventEntry[], { device }: SyncContext) {
    const present = room.entry('m.room.member', device.userId);
    const isIn = membershipIn(present) === 'join' && present !== undefined && first !== undefined;
    if (isIn && present.position <= first.position) return (): Membership => 'join';
    const memberships = await membershipsIn(graph, room, device.userId);
    return (position: Position): Membership => membershipAt(memberships, position);
  }

  /** Subscribers stand in no room's state; each is shown only that they themselves are there. */
  async #selfMember(graph: RoomGraph, room: Room, { device }: SyncContext): Promise<string[]> {
    if (graph.audience === 'members') return [];
    const member = await this.#sources.subscriptions.selfMember(device.userId, room.id);
    return member === undefined ? [] : [JSON.stringify(member)];
  }

  /** Numbers are for people who wrote; what a public account posts is never counted. */
  async #unread(graph: RoomGraph, room: Room, context: SyncContext): Promise<string> {
    if (graph.audience === 'subscribers') return NOTHING_UNREAD;
    return unreadTexts(await this.#sources.unread.unread(context.device.userId, room), countsThreads(context));
  }
}

const NO_KNOWLEDGE: Knowledge = { known: undefined, onceKnown: undefined };

const NO_NEWS: RoomNews = { receipts: [], accountData: [], typing: undefined };

const NOTHING_UNREAD = unreadTexts({ notificationCount: 0, highlightCount: 0 }, false);

/** Whether a device that knows the room has nothing to be told of what has happened in it. */
const hasNothing = ({ entries, limited, scanned }: Timeline): boolean =>
  entries.length === 0 && !limited && scanned.every(({ pdu }) => pdu.state_key === undefined);

/** Tells apart the texts that many are told; `undefined`: this one is for the reader alone. */
const keyOfShared = (
  { room, known, context }: Telling,
  { entries, scanned, limited, start, isOwn }: Timeline,
  newcomers: readonly EventEntry[],
): string | undefined => {
  const { deviceId, userId } = context.device;
  if (known === undefined || limited || isOwn || context.fullState) return undefined;
  if (entries.some(({ transaction: sent }) => sent?.deviceId === deviceId && sent.userId === userId)) return undefined;
  if (scanned.some(isMember)) return undefined;
  const members = newcomers.map(({ position }) => position).join(' ');
  return `${room.id} ${start} ${scanned[0]?.position} ${members} ${context.filterKey}`;
};

/** Who is in a room is told wherever it may have changed; of public accounts it is told to nobody. */
const tellsSummary = ({ graph, known, context }: Telling, { scanned, isWhole }: Timeline): boolean =>
  graph.audience === 'members' && (known === undefined || context.fullState || !isWhole || scanned.some(isMember));

const isMember = ({ pdu }: EventEntry): boolean => pdu.type === 'm.room.member';

/** A user's own data of a room, as far as the device wants to hear of it. */
export const accountDataTexts = (
  roomId: RoomId,
  entries: readonly AccountDataEntry[],
  { filter }: SyncContext,
): string[] => {
  const ofRooms = filter.room?.account_data;
  if (entries.length === 0 || !passesRoom(ofRooms, roomId)) return [];
  return entries
    .filter((entry) => passes(ofRooms, entry))
    .map(({ type, content }) => JSON.stringify({ type, content }));
};
