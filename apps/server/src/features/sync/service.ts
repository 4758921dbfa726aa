import { passes, passesRoom } from '@byline/core/event/filter.ts';
import { DomainError, type RoomId } from '@byline/protocol';
import { Filter } from '@byline/protocol/matrix/filter.ts';
import { tokenOf } from '@byline/protocol/matrix/token.ts';
import type { AccountDataEntry, Position, ReceiptEntry } from '../../platform/log/entry.ts';
import type { Log } from '../../platform/log/log.ts';
import type { Tail } from '../../platform/log/tail.ts';
import type { RoomGraph } from '../graph/service.ts';
import type { Audience } from './audience.ts';
import { type Changes, changesOf, isEmpty, mayBeTold, standingsSince } from './changes.ts';
import type { SyncContext } from './context.ts';
import type { Typing } from './ephemeral.ts';
import { Fragments } from './fragments.ts';
import { JoinedRooms, type RoomNews } from './joined.ts';
import { OtherRoomWriter } from './others.ts';
import type { Sources, SyncDevice } from './sources.ts';
import { eventsTextIfAny, objectText } from './text.ts';
import { Waiting } from './waiting.ts';
import type { UserView } from './view.ts';

export type { Sources } from './sources.ts';

export interface SyncRequest {
  readonly device: SyncDevice;
  readonly since: Position | undefined;
  /** The id of a stored filter, or a filter as JSON. */
  readonly filter: string | undefined;
  readonly fullState: boolean;
  readonly timeoutMs: number;
  readonly onGone: (listener: () => void) => void;
}

export interface SyncParts {
  readonly log: Log;
  readonly tail: Tail;
  readonly audience: Audience;
  readonly conversations: RoomGraph;
  readonly accountRooms: RoomGraph;
  readonly sources: Sources;
}

/** Tells devices what is new: from the log's tail in memory where it reaches back, from the engine where it does not. */
export class SyncService {
  readonly #log: Log;
  readonly #tail: Tail;
  readonly #audience: Audience;
  readonly #conversations: RoomGraph;
  readonly #accountRooms: RoomGraph;
  readonly #sources: Sources;
  readonly #joined: JoinedRooms;
  readonly #others: OtherRoomWriter;
  #stopping = false;

  constructor(parts: SyncParts) {
    this.#log = parts.log;
    this.#tail = parts.tail;
    this.#audience = parts.audience;
    this.#conversations = parts.conversations;
    this.#accountRooms = parts.accountRooms;
    this.#sources = parts.sources;
    const fragments = new Fragments();
    this.#joined = new JoinedRooms(parts.conversations, parts.accountRooms, parts.sources, fragments);
    this.#others = new OtherRoomWriter(parts.conversations, parts.sources);
    parts.sources.typing.onChange((roomId) => parts.audience.wakeRoom(roomId));
    parts.log.follow((entries) => {
      if (entries.some((entry) => entry.kind === 'event' && entry.redacts !== undefined)) fragments.clear();
    });
  }

  /** The answer to `GET /sync` as JSON text: at once if there is something to tell, else when there is, or in time. */
  async sync(request: SyncRequest): Promise<string> {
    const { device, since, fullState } = request;
    if (since !== undefined && since > this.#log.position) {
      throw new DomainError('M_UNKNOWN', 'That token is not of this server. Please sign in again.');
    }
    const { filter, filterKey } = await this.#filter(request);
    const view = await this.#audience.view(device.userId);
    const waiting = new Waiting(view, request);
    try {
      for (;;) {
        const woken = waiting.woken();
        const context = { device, since, upTo: this.#log.position, filter, filterKey, fullState };
        const text = await this.#tell(view, context);
        if (text !== undefined) return text;
        if (waiting.isOver || this.#stopping) return nothingNew(context);
        await woken;
      }
    } finally {
      waiting.end();
    }
  }

  /** Answers everybody who waits, and lets nobody wait any more. */
  stop(): void {
    this.#stopping = true;
    this.#audience.wakeAll();
  }

  /** The answer, if there is anything to tell. */
  async #tell(view: UserView, context: SyncContext): Promise<string | undefined> {
    const changes = await this.#changes(view, context);
    const typing = this.#typing(view, context);
    const isFirst = context.since === undefined;
    if (!isFirst && !context.fullState && isEmpty(changes) && typing.size === 0) return undefined;
    const join = await this.#joinedTexts(view, changes, typing, context);
    const others = await this.#others.write(view, changes.standings, context);
    const accountData = globalData(changes.accountData, context);
    const rooms = objectText([
      ['join', sectionText(join)],
      ['invite', sectionText(others.invite)],
      ['knock', sectionText(others.knock)],
      ['leave', sectionText(others.leave)],
    ]);
    if (!isFirst && rooms === '{}' && accountData.length === 0) return undefined;
    view.typingTold.set(context.device.deviceId, this.#sources.typing.serial);
    return objectText([
      ['next_batch', JSON.stringify(tokenOf(context.upTo))],
      ['rooms', rooms],
      ['account_data', eventsTextIfAny(accountData)],
    ]);
  }

  async #joinedTexts(view: UserView, changes: Changes, typing: Typing, context: SyncContext): Promise<Section> {
    const ofRoom = Map.groupBy(changes.accountData, (entry) => entry.roomId);
    const roomIds = new Set([...changes.rooms, ...changes.standings, ...changes.receipts.keys(), ...typing.keys()]);
    for (const roomId of ofRoom.keys()) if (roomId !== null) roomIds.add(roomId);
    const section: [RoomId, string][] = [];
    for (const roomId of roomIds) {
      if (!view.hears(roomId) || !passesRoom(context.filter.room, roomId)) continue;
      const news: RoomNews = {
        receipts: changes.receipts.get(roomId) ?? [],
        accountData: ofRoom.get(roomId) ?? [],
        typing: typing.get(roomId),
      };
      const text = await this.#joined.text(view, roomId, news, context);
      if (text !== undefined) section.push([roomId, text]);
    }
    return section;
  }

  async #changes(view: UserView, { since, fullState }: SyncContext): Promise<Changes> {
    if (since === undefined || fullState) return this.#everything(view, since);
    const entries = this.#tail.after(since);
    if (entries === undefined || entries.length > LONGEST_TAIL_READ) return this.#changesOfEngine(view, since);
    const changes = changesOf(view, entries, since);
    return changes.standings.size === 0 ? changes : this.#withReceiptsOfNewRooms(view, changes);
  }

  async #everything(view: UserView, since: Position | undefined): Promise<Changes> {
    const heard = [...view.heard()];
    const others = [...view.conversations.keys()].filter((roomId) => this.#isOpen(view, roomId, since));
    await Promise.all([this.#conversations.rooms(heard), this.#accountRooms.rooms(heard)]);
    const receipts = await this.#sources.receipts.all(heard);
    return {
      rooms: new Set(heard),
      standings: new Set(others),
      receipts: this.#told(view, receipts),
      accountData: await this.#sources.accountData.all(view.userId),
    };
  }

  /** Rooms that the user has left are not told of at the first sync; invitations and knocks are. */
  #isOpen(view: UserView, roomId: RoomId, since: Position | undefined): boolean {
    const standing = view.conversations.get(roomId);
    if (standing === undefined || standing.membership === 'join') return false;
    return (
      standing.membership === 'invite' || standing.membership === 'knock' || standing.position > (since ?? Infinity)
    );
  }

  async #changesOfEngine(view: UserView, since: Position): Promise<Changes> {
    const heard = [...view.heard()];
    const rooms = [
      ...(await this.#conversations.rooms(heard)).values(),
      ...(await this.#accountRooms.rooms(heard)).values(),
    ];
    return {
      rooms: new Set(rooms.filter((room) => room.position > since).map((room) => room.id)),
      standings: standingsSince(view, since),
      receipts: this.#told(view, await this.#sources.receipts.since(heard, since)),
      accountData: await this.#sources.accountData.since(view.userId, since),
    };
  }

  /** Who comes into a room is told what everybody has read there. */
  async #withReceiptsOfNewRooms(view: UserView, changes: Changes): Promise<Changes> {
    const joined = [...changes.standings].filter((roomId) => view.hears(roomId));
    const receipts = this.#told(view, await this.#sources.receipts.all(joined));
    return { ...changes, receipts: new Map([...changes.receipts, ...receipts]) };
  }

  #told(view: UserView, receipts: readonly ReceiptEntry[]): ReadonlyMap<RoomId, readonly ReceiptEntry[]> {
    const told = receipts.filter((entry) => mayBeTold(view.userId, entry));
    return Map.groupBy(told, (entry) => entry.roomId);
  }

  #typing(view: UserView, { device, filter }: SyncContext): Typing {
    const told = view.typingTold.get(device.deviceId) ?? 0;
    const { typing } = this.#sources;
    if (typing.serial === told || !passes(filter.room?.ephemeral, { type: 'm.typing', content: {} })) return new Map();
    const rooms = typing.changedSince(told).filter((roomId) => view.hears(roomId));
    return new Map(rooms.map((roomId) => [roomId, typing.typingIn(roomId)]));
  }

  async #filter({ device, filter }: SyncRequest): Promise<{ filter: Filter; filterKey: string }> {
    if (filter === undefined) return { filter: {}, filterKey: '' };
    if (!filter.startsWith('{')) {
      return {
        filter: await this.#sources.filters.filter(device.userId, filter),
        filterKey: `${device.userId} ${filter}`,
      };
    }
    return { filter: Filter.parse(jsonOf(filter)), filterKey: filter };
  }
}

/** Beyond that many entries it is cheaper to ask what has changed in the user's own rooms. */
const LONGEST_TAIL_READ = 5_000;

type Section = readonly (readonly [RoomId, string])[];

const sectionText = (section: Section): string | undefined => (section.length === 0 ? undefined : objectText(section));

const nothingNew = ({ upTo }: SyncContext): string => `{"next_batch":"${tokenOf(upTo)}"}`;

const globalData = (entries: readonly AccountDataEntry[], { filter }: SyncContext): string[] =>
  entries
    .filter((entry) => entry.roomId === null && passes(filter.account_data, entry))
    .map(({ type, content }) => JSON.stringify({ type, content }));

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new DomainError('M_NOT_JSON', 'The filter is not JSON.');
  }
};
