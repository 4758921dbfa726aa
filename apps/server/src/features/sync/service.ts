import { passes } from '@byline/core/event/filter.ts';
import { DomainError, type RoomId } from '@byline/protocol';
import { Filter } from '@byline/protocol/matrix/filter.ts';
import type { SetPresence } from '@byline/protocol/matrix/sync.ts';
import type { Serialised } from '../../platform/http/answer.ts';
import type { Position } from '../../platform/log/entry.ts';
import type { Log } from '../../platform/log/log.ts';
import type { Tail } from '../../platform/log/tail.ts';
import type { RoomGraph } from '../graph/service.ts';
import { AnswerWriter, type News, nothingNew } from './writing/answer-writer.ts';
import type { Audience } from './waiting/audience.ts';
import { ChangeReader } from './news/change-reader.ts';
import { type Changes, isEmpty } from './news/changes.ts';
import type { StateAfter, SyncContext } from './context.ts';
import { EncryptionWriter, isBehind } from './news/encryption.ts';
import type { Typing } from './news/ephemeral.ts';
import { Fragments } from './writing/fragments.ts';
import { GroupNews, roomOfGroup } from './writing/group-news.ts';
import { JoinedRooms } from './writing/joined.ts';
import { OtherRoomWriter } from './writing/others.ts';
import { type Asker, type Look, Poll } from './waiting/poll.ts';
import { PresenceNews } from './news/presence.ts';
import { type Answer, keyOfShared, SharedAnswers } from './writing/shared-answers.ts';
import type { Sources, SyncDevice } from './sources.ts';
import type { UserView } from './waiting/view.ts';

export type { Audience } from './waiting/audience.ts';
export { mayBeTold } from './news/changes.ts';
export { receiptTexts, typingText } from './news/ephemeral.ts';
export { type Asker, type Look, Poll } from './waiting/poll.ts';
export type { AccountDataSource, HistorySource, RelationSource, Sources, SyncDevice, UnreadCounts } from './sources.ts';
export { leftAt, membershipsIn } from './writing/standing.ts';
export { summaryFor } from './writing/summary.ts';
export { objectText } from './text.ts';
export { readTimeline } from './writing/timeline.ts';
export type { Standing, UserView } from './waiting/view.ts';

export interface SyncParts {
  readonly log: Log;
  readonly tail: Tail;
  readonly audience: Audience;
  readonly conversations: RoomGraph;
  readonly accountRooms: RoomGraph;
  readonly sources: Sources;
}

export interface SyncRequest {
  readonly device: SyncDevice;
  readonly since: Position | undefined;
  /** Up to where the device has the messages to it. */
  readonly toDevice: Position;
  /** The id of a stored filter, or a filter as JSON. */
  readonly filter: string | undefined;
  readonly fullState: boolean;
  /** Under which name the state after the timeline is wanted; `undefined`: that before it. */
  readonly stateAfter: StateAfter | undefined;
  /** As what the request lets its user be seen. */
  readonly setPresence: SetPresence;
  readonly timeoutMs: number;
}

/** A request, the filter that it names, and what tells apart how its answers are written. */
interface Wanted {
  readonly request: SyncRequest;
  readonly filter: Filter;
  readonly filterKey: string;
}

type Told = Serialised | undefined;

/** Tells devices what is new. Whoever waits is told out of memory, and what many are told is written once. */
export class SyncService implements Look<Wanted> {
  readonly #log: Log;
  readonly #audience: Audience;
  readonly #sources: Sources;
  readonly #changes: ChangeReader;
  readonly #write: AnswerWriter;
  readonly #presence: PresenceNews;
  readonly #encryption: EncryptionWriter;
  readonly #shared = new SharedAnswers();
  readonly #groups: GroupNews;
  #stopping = false;

  constructor(parts: SyncParts) {
    const { log, audience, conversations, accountRooms, sources } = parts;
    this.#log = log;
    this.#audience = audience;
    this.#sources = sources;
    this.#changes = new ChangeReader(parts);
    this.#groups = new GroupNews(conversations, sources.unread);
    const fragments = new Fragments();
    const joined = new JoinedRooms(conversations, accountRooms, sources, fragments);
    this.#encryption = new EncryptionWriter(sources.encryption);
    this.#write = new AnswerWriter(joined, new OtherRoomWriter(conversations, sources), this.#encryption);
    this.#presence = new PresenceNews(sources.presence, audience, conversations);
    sources.typing.onChange((roomId) => audience.wakeRoom(roomId));
    log.follow((entries) => {
      if (!entries.some((entry) => entry.kind === 'event' && entry.redacts !== undefined)) return;
      fragments.clear();
      this.#groups.clear();
      this.#shared.clear();
    });
  }

  /** Answers `GET /sync`: at once if there is something to tell, else when there is, or in time. */
  sync(asker: Asker, request: SyncRequest): void | Promise<void> {
    const { since, device, toDevice } = request;
    if (since !== undefined && since > this.#log.position) {
      throw new DomainError('M_UNKNOWN', 'That token is not of this server. Please sign in again.');
    }
    const acknowledged = since === undefined ? undefined : this.#encryption.acknowledge(device, toDevice);
    const view = this.#audience.known(device.userId);
    // Most who wait are known and wait again at once: what they keep alive meanwhile is what waiting costs.
    if (acknowledged === undefined && request.filter === undefined && view !== undefined)
      return this.#wait(asker, request, NO_FILTER, view);
    return this.#prepare(asker, request, acknowledged);
  }

  async #prepare(asker: Asker, request: SyncRequest, acknowledged: Promise<void> | undefined): Promise<void> {
    await acknowledged;
    const filter = await this.#filter(request);
    this.#wait(asker, request, filter, await this.#audience.view(request.device.userId));
  }

  #wait(asker: Asker, request: SyncRequest, filter: Filter, view: UserView): void {
    const { device, setPresence, fullState, timeoutMs } = request;
    this.#sources.presence?.seen(device, setPresence);
    const poll = new Poll(this, asker, { request, filter, filterKey: filterKeyOf(request) }, view);
    const waits = !this.#stopping && !fullState;
    poll.begin(waits ? timeoutMs : 0);
  }

  /** What a poll is told now. */
  look({ view, wanted: { request, filter, filterKey } }: Poll<Wanted>, upTo: Position): Told | Promise<Told> {
    const { device, since, toDevice, fullState, stateAfter } = request;
    const context = { device, since, upTo, toDevice, filter, filterKey, fullState, stateAfter };
    const changes = this.#changes.recent(view, context);
    const answer = changes === undefined ? this.#read(view, context) : this.#tell(view, changes, context);
    if (answer instanceof Promise) return answer.then((read) => this.#withCounts(read, device));
    return this.#withCounts(answer, device);
  }

  nothing({ wanted: { request } }: Poll<Wanted>, upTo: Position): Serialised | Promise<Serialised> {
    return this.#encryption.withCounts(nothingNew(upTo), request.device);
  }

  get position(): Position {
    return this.#log.position;
  }

  /** Answers everybody who waits, and lets nobody wait any more. */
  stop(): void {
    this.#stopping = true;
    this.#audience.endPolls();
  }

  #withCounts(answer: Answer, device: SyncDevice): Told | Promise<Told> {
    return answer === undefined ? undefined : this.#encryption.withCounts(answer, device);
  }

  async #read(view: UserView, context: SyncContext): Promise<Answer> {
    return this.#tell(view, await this.#changes.all(view, context), context);
  }

  #tell(view: UserView, changes: Changes, context: SyncContext): Answer | Promise<Answer> {
    const typing = this.#typing(view, context);
    const presence = this.#presence.of(view, context);
    const hasMessages = isBehind(context);
    if (isNothing(changes, context) && !hasMessages && typing === NOBODY && presence.length === 0) return undefined;
    const isOwn = hasMessages || typing !== NOBODY || presence.length > 0 || view.hides !== undefined;
    const key = isOwn ? undefined : keyOfShared(view, changes, context);
    if (key !== undefined) return this.#shared.of(key, () => this.#write.shared(changes.rooms, context));
    const news = { changes, typing, presence };
    const group = isOwn ? undefined : roomOfGroup(view, changes, context);
    return group === undefined ? this.#tellOwn(view, news, context) : this.#tellGroup(view, group, news, context);
  }

  async #tellGroup(view: UserView, roomId: RoomId, news: News, context: SyncContext): Promise<Answer> {
    return (await this.#groups.answer(view, roomId, context)) ?? this.#tellOwn(view, news, context);
  }

  async #tellOwn(view: UserView, news: News, context: SyncContext): Promise<Answer> {
    const text = await this.#write.own(view, news, context);
    if (text === undefined) return undefined;
    view.device(context.device.deviceId).typingTold = this.#sources.typing.serial;
    this.#presence.tell(view, context);
    return text;
  }

  #typing(view: UserView, { device, since, filter }: SyncContext): Typing {
    const told = since === undefined ? 0 : view.device(device.deviceId).typingTold;
    const { typing } = this.#sources;
    if (typing.serial === told || !passes(filter.room?.ephemeral, TYPING)) return NOBODY;
    const rooms = typing.changedSince(told).filter((roomId) => view.hears(roomId));
    const { ignored } = view;
    const typingIn = (roomId: RoomId) => typing.typingIn(roomId).filter((userId) => !ignored.has(userId));
    if (rooms.length > 0) return new Map(rooms.map((roomId) => [roomId, typingIn(roomId)]));
    view.device(device.deviceId).typingTold = typing.serial;
    return NOBODY;
  }

  async #filter({ device, filter }: SyncRequest): Promise<Filter> {
    if (filter === undefined) return NO_FILTER;
    if (filter.startsWith('{')) return Filter.parse(jsonOf(filter));
    return this.#sources.filters.filter(device.userId, filter);
  }
}

const isNothing = (changes: Changes, { since, fullState }: SyncContext): boolean =>
  since !== undefined && !fullState && isEmpty(changes);

const filterKeyOf = ({ filter = '', stateAfter }: SyncRequest): string =>
  stateAfter === undefined ? filter : `${stateAfter} ${filter}`;

const NO_FILTER: Filter = {};
const NOBODY: Typing = new Map();
const TYPING = { type: 'm.typing', content: {} };

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new DomainError('M_NOT_JSON', 'The filter is not JSON.');
  }
};
