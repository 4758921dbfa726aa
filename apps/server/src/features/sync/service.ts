import { passes } from '@byline/core/event/filter.ts';
import { DomainError } from '@byline/protocol';
import { Filter } from '@byline/protocol/matrix/filter.ts';
import { Serialised } from '../../platform/http/answer.ts';
import type { Position } from '../../platform/log/entry.ts';
import type { Log } from '../../platform/log/log.ts';
import type { Tail } from '../../platform/log/tail.ts';
import type { RoomGraph } from '../graph/service.ts';
import { AnswerWriter, nothingNew } from './answer-writer.ts';
import type { Audience } from './audience.ts';
import { ChangeReader } from './change-reader.ts';
import { type Changes, isEmpty } from './changes.ts';
import type { SyncContext } from './context.ts';
import type { Typing } from './ephemeral.ts';
import { Fragments } from './fragments.ts';
import { JoinedRooms } from './joined.ts';
import { OtherRoomWriter } from './others.ts';
import { type Look, Poll } from './poll.ts';
import { type Answer, keyOfShared, SharedAnswers } from './shared-answers.ts';
import type { Sources, SyncDevice } from './sources.ts';
import type { UserView } from './view.ts';

export type { Sources } from './sources.ts';

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
  /** The id of a stored filter, or a filter as JSON. */
  readonly filter: string | undefined;
  readonly fullState: boolean;
  readonly timeoutMs: number;
  readonly onGone: (listener: () => void) => void;
}

/** A request, and the filter that it names. */
interface Wanted {
  readonly request: SyncRequest;
  readonly filter: Filter;
}

/** Tells devices what is new. Whoever waits is told out of memory, and what many are told is written once. */
export class SyncService implements Look<Wanted> {
  readonly #log: Log;
  readonly #audience: Audience;
  readonly #sources: Sources;
  readonly #changes: ChangeReader;
  readonly #write: AnswerWriter;
  readonly #shared = new SharedAnswers();
  #stopping = false;

  constructor(parts: SyncParts) {
    const { log, audience, conversations, accountRooms, sources } = parts;
    this.#log = log;
    this.#audience = audience;
    this.#sources = sources;
    this.#changes = new ChangeReader(parts);
    const fragments = new Fragments();
    const joined = new JoinedRooms(conversations, accountRooms, sources, fragments);
    this.#write = new AnswerWriter(joined, new OtherRoomWriter(conversations, sources));
    sources.typing.onChange((roomId) => audience.wakeRoom(roomId));
    log.follow((entries) => {
      if (!entries.some((entry) => entry.kind === 'event' && entry.redacts !== undefined)) return;
      fragments.clear();
      this.#shared.clear();
    });
  }

  /** The answer to `GET /sync`: at once if there is something to tell, else when there is, or in time. */
  async sync(request: SyncRequest): Promise<Serialised> {
    if (request.since !== undefined && request.since > this.#log.position) {
      throw new DomainError('M_UNKNOWN', 'That token is not of this server. Please sign in again.');
    }
    const filter = request.filter === undefined ? NO_FILTER : await this.#filter(request);
    const view = this.#audience.known(request.device.userId) ?? (await this.#audience.view(request.device.userId));
    const poll = new Poll(this, { request, filter }, view);
    return new Serialised(await poll.answer(this.#stopping ? 0 : request.timeoutMs, request.onGone));
  }

  /** What a poll is told now. */
  look({ view, wanted: { request, filter } }: Poll<Wanted>, upTo: Position): Answer | Promise<Answer> {
    const { device, since, fullState, filter: filterKey = '' } = request;
    const context = { device, since, upTo, filter, filterKey, fullState };
    const changes = this.#changes.recent(view, context);
    return changes === undefined ? this.#read(view, context) : this.#tell(view, changes, context);
  }

  nothing(_poll: Poll<Wanted>, upTo: Position): string {
    return nothingNew(upTo);
  }

  get position(): Position {
    return this.#log.position;
  }

  /** Answers everybody who waits, and lets nobody wait any more. */
  stop(): void {
    this.#stopping = true;
    this.#audience.endPolls();
  }

  async #read(view: UserView, context: SyncContext): Promise<Answer> {
    return this.#tell(view, await this.#changes.all(view, context), context);
  }

  #tell(view: UserView, changes: Changes, context: SyncContext): Answer | Promise<Answer> {
    const typing = this.#typing(view, context);
    if (isNothing(changes, typing, context)) return undefined;
    const key = typing === NOBODY ? keyOfShared(view, changes, context) : undefined;
    if (key !== undefined) return this.#shared.of(key, () => this.#write.shared(changes.rooms, context));
    return this.#tellOwn(view, changes, typing, context);
  }

  async #tellOwn(view: UserView, changes: Changes, typing: Typing, context: SyncContext): Promise<Answer> {
    const text = await this.#write.own(view, changes, typing, context);
    if (text !== undefined) view.typingTold.set(context.device.deviceId, this.#sources.typing.serial);
    return text;
  }

  #typing(view: UserView, { device, filter }: SyncContext): Typing {
    const told = view.typingTold.get(device.deviceId) ?? 0;
    const { typing } = this.#sources;
    if (typing.serial === told || !passes(filter.room?.ephemeral, TYPING)) return NOBODY;
    const rooms = typing.changedSince(told).filter((roomId) => view.hears(roomId));
    if (rooms.length > 0) return new Map(rooms.map((roomId) => [roomId, typing.typingIn(roomId)]));
    view.typingTold.set(device.deviceId, typing.serial);
    return NOBODY;
  }

  async #filter({ device, filter }: SyncRequest): Promise<Filter> {
    if (filter === undefined) return NO_FILTER;
    if (filter.startsWith('{')) return Filter.parse(jsonOf(filter));
    return this.#sources.filters.filter(device.userId, filter);
  }
}

const isNothing = (changes: Changes, typing: Typing, { since, fullState }: SyncContext): boolean =>
  since !== undefined && !fullState && isEmpty(changes) && typing === NOBODY;

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
