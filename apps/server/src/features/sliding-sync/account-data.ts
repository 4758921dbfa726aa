import type { RoomId, UserId } from '@byline/protocol';
import type { AccountDataEntry, LogEntry, Position } from '../../platform/log/entry.ts';
import type { Log } from '../../platform/log/log.ts';
import type { Tail } from '../../platform/log/tail.ts';
import type { AccountDataSource, UserView } from '../sync/service.ts';

const DIRECT = 'm.direct';
const TAG = 'm.tag';
export const NO_TAGS: ReadonlySet<string> = new Set();

/** What a user keeps, as it is now. */
export class OwnData {
  readonly #global = new Map<string, AccountDataEntry>();
  readonly #ofRooms = new Map<RoomId, Map<string, AccountDataEntry>>();
  #direct: ReadonlySet<string> = new Set();

  apply(entry: AccountDataEntry): void {
    const { roomId, type } = entry;
    if (roomId === null) {
      this.#global.set(type, entry);
      if (type === DIRECT) this.#direct = directIn(entry);
      return;
    }
    const ofRoom = this.#ofRooms.get(roomId) ?? new Map<string, AccountDataEntry>();
    this.#ofRooms.set(roomId, ofRoom.set(type, entry));
  }

  /** Global data that was written after a position. */
  globalSince(position: Position): AccountDataEntry[] {
    return [...this.#global.values()].filter((entry) => entry.position > position);
  }

  /** Data of a room that was written after a position. */
  ofRoomSince(roomId: RoomId, position: Position): AccountDataEntry[] {
    return [...(this.#ofRooms.get(roomId)?.values() ?? [])].filter((entry) => entry.position > position);
  }

  /** The rooms of which data was written after a position. */
  roomsSince(position: Position): RoomId[] {
    return [...this.#ofRooms.keys()].filter((roomId) => this.ofRoomSince(roomId, position).length > 0);
  }

  isDirect(roomId: RoomId): boolean {
    return this.#direct.has(roomId);
  }

  tagsOf(roomId: RoomId): ReadonlySet<string> {
    const tags = this.#ofRooms.get(roomId)?.get(TAG)?.content['tags'];
    return typeof tags === 'object' && tags !== null ? new Set(Object.keys(tags)) : NO_TAGS;
  }
}

/** The rooms that `m.direct` names, whoever one talks to there. */
const directIn = ({ content }: AccountDataEntry): ReadonlySet<string> =>
  new Set(
    Object.values(content)
      .filter((roomIds) => Array.isArray(roomIds))
      .flat()
      .filter((roomId) => typeof roomId === 'string'),
  );

/** What users keep, in memory for as long as their views are. */
export class OwnDataOfUsers {
  readonly #source: AccountDataSource;
  readonly #log: Log;
  readonly #tail: Tail;
  readonly #ofViews = new WeakMap<UserView, Kept>();

  constructor(parts: { readonly source: AccountDataSource; readonly log: Log; readonly tail: Tail }) {
    this.#source = parts.source;
    this.#log = parts.log;
    this.#tail = parts.tail;
  }

  /** As it is at the log's position. It is brought up to date when it is asked for, so that it is never behind a wake. */
  async of(view: UserView): Promise<OwnData> {
    const kept = this.#ofViews.get(view);
    const missed = kept === undefined ? undefined : this.#tail.after(kept.upTo);
    if (kept === undefined || missed === undefined) return this.#read(view);
    for (const entry of missed) if (isOf(entry, view.userId)) kept.data.apply(entry);
    kept.upTo = this.#log.position;
    return kept.data;
  }

  async #read(view: UserView): Promise<OwnData> {
    const kept: Kept = { data: new OwnData(), upTo: this.#log.position };
    for (const entry of await this.#source.all(view.userId)) kept.data.apply(entry);
    this.#ofViews.set(view, kept);
    // What was committed while this was read may be missing in it.
    return this.of(view);
  }
}

interface Kept {
  readonly data: OwnData;
  /** The position up to which it is true. */
  upTo: Position;
}

const isOf = (entry: LogEntry, userId: UserId): entry is AccountDataEntry =>
  entry.kind === 'account-data' && entry.userId === userId;
