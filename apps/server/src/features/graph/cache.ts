import type { RoomId } from '@byline/protocol';
import type { Writer } from '../../platform/engine/engine.ts';
import type { EventEntry, LogEntry, Position } from '../../platform/log/entry.ts';
import type { Log } from '../../platform/log/log.ts';
import type { Tail } from '../../platform/log/tail.ts';
import { isWhole } from './past-state.ts';
import { Room, TIMELINE_KEPT } from './room.ts';
import type { GraphStore } from './store.ts';

const ROOMS_KEPT = 10_000;

/** The rooms that somebody uses, in memory. They follow the log, so that they are never older than its position. */
export class RoomCache {
  readonly #store: GraphStore;
  readonly #log: Log;
  readonly #tail: Tail;
  readonly #rooms = new Map<RoomId, Room>();
  readonly #timelines = new Map<RoomId, Promise<void>>();

  constructor(store: GraphStore, log: Log, tail: Tail) {
    this.#store = store;
    this.#log = log;
    this.#tail = tail;
    log.follow((entries) => this.#apply(entries));
  }

  /** A room that is in memory. */
  peek(roomId: RoomId): Room | undefined {
    return this.#rooms.get(roomId);
  }

  async get(roomId: RoomId): Promise<Room | undefined> {
    return this.#rooms.get(roomId) ?? (await this.many([roomId])).get(roomId);
  }

  /** Several rooms; those that are not in memory are read together. Unknown ones are left out. */
  async many(roomIds: readonly RoomId[]): Promise<ReadonlyMap<RoomId, Room>> {
    const absent = roomIds.filter((roomId) => !this.#rooms.has(roomId));
    if (absent.length > 0) await this.#load(absent);
    const found = roomIds.map((roomId) => [roomId, this.#rooms.get(roomId)] as const);
    return new Map(found.filter((pair): pair is readonly [RoomId, Room] => pair[1] !== undefined));
  }

  /** The same, each with its newest events: what a first look at many rooms needs. */
  async manyWithTimelines(roomIds: readonly RoomId[]): Promise<ReadonlyMap<RoomId, Room>> {
    const absent = roomIds.filter((roomId) => !this.#rooms.has(roomId));
    if (absent.length > 0) await this.#loadWithTimelines(absent);
    return this.many(roomIds);
  }

  /** Reads a room inside the log's transaction, where nothing can change meanwhile. */
  async getInside(writer: Writer, roomId: RoomId): Promise<Room | undefined> {
    const known = this.#rooms.get(roomId);
    if (known !== undefined) return known;
    const version = await this.#store.version(roomId, writer);
    if (version === undefined) return undefined;
    const [newest] = await this.#store.newest([roomId], writer);
    if (newest === undefined) return undefined;
    return this.#keep(new Room(version, await this.#store.state([roomId], writer), newest));
  }

  /** Reads a room's newest events into memory; who asks at the same time waits for the same reading. */
  async readTimeline(room: Room): Promise<void> {
    const reading =
      this.#timelines.get(room.id) ?? this.#readTimeline(room).finally(() => this.#timelines.delete(room.id));
    this.#timelines.set(room.id, reading);
    await reading;
  }

  async #readTimeline(room: Room): Promise<void> {
    const span = { after: 0, upTo: room.position };
    room.keepTimeline(await this.#store.page(room.id, span, 'newest', TIMELINE_KEPT));
  }

  async #load(roomIds: readonly RoomId[]): Promise<void> {
    const since = this.#log.position;
    const versions = await this.#store.versions(roomIds);
    const states = Map.groupBy(await this.#store.state(roomIds), (entry) => entry.roomId);
    const newest = new Map((await this.#store.newest(roomIds)).map((entry) => [entry.roomId, entry]));
    const loaded: Room[] = [];
    for (const [roomId, version] of versions) {
      const head = newest.get(roomId);
      const state = states.get(roomId);
      if (this.#rooms.has(roomId) || head === undefined || state === undefined) continue;
      loaded.push(this.#keep(new Room(version, state, head)));
    }
    this.#catchUp(loaded, since);
  }

  async #loadWithTimelines(roomIds: readonly RoomId[]): Promise<void> {
    const since = this.#log.position;
    const versions = await this.#store.versions(roomIds);
    const read = [...versions.keys()].map(async (roomId) => [roomId, await this.#newestOf(roomId)] as const);
    const timelines = new Map(await Promise.all(read));
    const partly = [...timelines].filter(([, timeline]) => !isWhole(timeline)).map(([roomId]) => roomId);
    const states = Map.groupBy(await this.#store.state(partly), (entry) => entry.roomId);
    const loaded: Room[] = [];
    for (const [roomId, timeline] of timelines) {
      const version = versions.get(roomId);
      const newest = timeline.at(-1);
      // Where the timeline is all that ever was, the state is in it.
      const state = states.get(roomId) ?? timeline.filter(({ pdu }) => pdu.state_key !== undefined);
      if (this.#rooms.has(roomId) || version === undefined || newest === undefined) continue;
      const room = this.#keep(new Room(version, state, newest));
      room.keepTimeline(timeline);
      loaded.push(room);
    }
    this.#catchUp(loaded, since);
  }

  #newestOf(roomId: RoomId): Promise<EventEntry[]> {
    return this.#store.page(roomId, { after: 0, upTo: Number.MAX_SAFE_INTEGER }, 'newest', TIMELINE_KEPT);
  }

  /** What was committed while the rooms were read may be missing in what was read; to apply it twice does no harm. */
  #catchUp(rooms: readonly Room[], since: Position): void {
    const byId = new Map(rooms.map((room) => [room.id, room]));
    for (const entry of this.#tail.after(since) ?? []) if (entry.kind === 'event') byId.get(entry.roomId)?.apply(entry);
  }

  #keep(room: Room): Room {
    this.#rooms.set(room.id, room);
    if (this.#rooms.size > ROOMS_KEPT) this.#forgetOldest();
    return room;
  }

  #forgetOldest(): void {
    const [oldest] = this.#rooms.keys();
    if (oldest !== undefined) this.#rooms.delete(oldest);
  }

  #apply(entries: readonly LogEntry[]): void {
    for (const entry of entries) if (entry.kind === 'event') this.#rooms.get(entry.roomId)?.apply(entry);
  }
}
