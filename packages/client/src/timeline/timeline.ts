import {
  Direction,
  type EventTimelineSet,
  type MatrixClient,
  type MatrixEvent,
  MatrixEventEvent,
  type Room,
  RoomEvent,
  RoomMemberEvent,
  RoomStateEvent,
  TimelineWindow,
} from 'matrix-js-sdk';
import { openAll } from '../crypto/encrypted-room.ts';
import { derived, type Observable, Source } from '../observable.ts';
import { keepSame } from '../same.ts';
import { arrange, type Happening, type TimelineItem } from './items.ts';
import { saidIn } from '../conversations/summary.ts';
import type { Message } from './message.ts';
import { happeningOf, keyOf } from './reading.ts';
import { readByOthers, toAcknowledge } from './read-marks.ts';

export interface TimelineState {
  /** Oldest first. */
  readonly items: readonly TimelineItem[];
  /** Of the older end: `more` while older ones are fetched, `ready` when there is nothing to fetch now. */
  readonly older: 'more' | 'ready' | 'error';
  /** The very first message is there. */
  readonly isComplete: boolean;
  /** The newest message is there, and what arrives is added. Otherwise one reads somewhere in the past. */
  readonly isAtNewest: boolean;
}

interface Parts {
  readonly client: MatrixClient;
  readonly room: Room;
  readonly isDirect: () => boolean;
  /** What is being sent and is no event yet. */
  readonly outgoing: Observable<readonly Message[]>;
  /** The ids of what is about to be deleted. */
  readonly hidden: Observable<ReadonlySet<string>>;
}

const FIRST = 60;
const PAGE = 40;
/** As many lines as fill a tall screen. */
const FULL_SCREEN = 25;
const MOST_EVENTS = 3000;

/** One conversation, as it is read: a stretch of it that grows at its older end, and at its newer one while it reaches the present. */
export class Timeline {
  readonly state: Observable<TimelineState>;
  readonly #parts: Parts;
  readonly #window: TimelineWindow;
  readonly #items: Source<readonly TimelineItem[]>;
  readonly #older = new Source<TimelineState['older']>('ready');
  readonly #isAtNewest = new Source(true);
  readonly #quoted = new Map<string, MatrixEvent | undefined>();
  /** Up to where one had read when it was opened; `undefined`: all of it. */
  #readBefore: string | undefined;
  #isRefreshing = false;
  #isAtBottom = true;
  readonly #ends: (() => void)[] = [];

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#window = new TimelineWindow(parts.client, parts.room.getUnfilteredTimelineSet(), {
      windowLimit: MOST_EVENTS,
    });
    void this.#window.load(undefined, FIRST);
    this.#items = new Source<readonly TimelineItem[]>([]);
    this.state = derived([this.#items, this.#older, this.#isAtNewest], () => ({
      items: this.#items.get(),
      older: this.#older.get(),
      isComplete: this.#older.get() === 'ready' && !this.#window.canPaginate(Direction.Backward),
      isAtNewest: this.#isAtNewest.get(),
    }));
    this.opened();
    this.#listen();
    this.#readAll();
  }

  /** Somebody begins to read: the divider stands where they left off. */
  opened(): void {
    const { client, room } = this.#parts;
    const isNew = room.getUnreadNotificationCount() > 0;
    this.#readBefore = isNew ? (room.getEventReadUpTo(client.getSafeUserId(), true) ?? undefined) : undefined;
    this.#refresh();
    if (this.#items.get().length < FULL_SCREEN) void this.loadOlder();
  }

  /** Stops following the room. */
  close(): void {
    for (const end of this.#ends) end();
  }

  /** Fetches what was said before. */
  async loadOlder(): Promise<void> {
    if (this.#older.get() === 'more') return;
    this.#older.set('more');
    const before = this.#items.get().length;
    try {
      // A page may hold nothing but reactions and changes; then the next one is wanted, too.
      while (this.#items.get().length < before + FULL_SCREEN && this.#window.canPaginate(Direction.Backward)) {
        await this.#window.paginate(Direction.Backward, PAGE);
        this.#readAll();
      }
      this.#older.set('ready');
    } catch {
      // The list itself says that it could not be fetched, and offers to try again.
      this.#older.set('error');
    }
  }

  /** Fetches what was said after, while one reads in the past. */
  async loadNewer(): Promise<void> {
    if (this.#isAtNewest.get()) return;
    await this.#window.paginate(Direction.Forward, PAGE);
    this.#readAll();
  }

  /** Goes to a message, fetching what is around it when need be. Gives its key; `undefined` when it isn't to be had. */
  async goTo(eventId: string): Promise<string | undefined> {
    const there = this.#keyOf(eventId);
    if (there !== undefined) return there;
    try {
      await this.#window.load(eventId, FIRST);
    } catch {
      // It was never there, or one may not read it. The stretch that is shown stays.
      return undefined;
    }
    this.#readAll();
    return this.#keyOf(eventId);
  }

  /** Goes back to the present. */
  goToNewest(): void {
    if (this.#isAtNewest.get()) return;
    void this.#window.load(undefined, FIRST);
    this.#isAtNewest.set(true);
    this.#readAll();
  }

  /** Whether the end is in sight; what arrives while it isn't must not move what one reads. */
  atBottom(isAtBottom: boolean): void {
    this.#isAtBottom = isAtBottom;
  }

  /** Tells the others that one has read all of it. Call it while the newest message is in sight. */
  async acknowledge(): Promise<void> {
    if (!this.#isAtNewest.get()) return;
    const { client, room } = this.#parts;
    const event = toAcknowledge(room, this.#window.getEvents(), client.getSafeUserId());
    const id = event?.getId();
    if (event !== undefined && id !== undefined) await client.setRoomReadMarkers(room.roomId, id, event);
  }

  #keyOf(eventId: string): string | undefined {
    const event = this.#window.getEvents().find((each) => each.getId() === eventId);
    return event === undefined ? undefined : keyOf(event);
  }

  #listen(): void {
    const { client, room, outgoing, hidden } = this.#parts;
    const isHere = (changed: Room | undefined): boolean => changed?.roomId === room.roomId;
    const onRoom = (_event: unknown, changed?: Room): void => {
      if (isHere(changed)) this.#refresh();
    };
    const onTimeline = (_event: MatrixEvent, changed?: Room): void => {
      if (!isHere(changed)) return;
      if (this.#isAtNewest.get()) this.#window.extend(Direction.Forward, MOST_EVENTS);
      this.#refresh();
    };
    const onReset = (changed: Room | undefined, _set: EventTimelineSet): void => {
      if (isHere(changed)) this.#onReset();
    };
    const onEvent = (event: MatrixEvent): void => {
      if (event.getRoomId() === room.roomId) this.#refresh();
    };
    const onMember = (_event: MatrixEvent | undefined, { roomId }: { roomId: string }): void => {
      if (roomId === room.roomId) this.#refresh();
    };
    client.on(RoomEvent.Timeline, onTimeline);
    client.on(RoomEvent.TimelineReset, onReset);
    client.on(RoomEvent.LocalEchoUpdated, onRoom);
    client.on(RoomEvent.Redaction, onRoom);
    client.on(RoomEvent.RedactionCancelled, onRoom);
    client.on(RoomEvent.Receipt, onRoom);
    client.on(RoomStateEvent.Events, onEvent);
    client.on(MatrixEventEvent.Decrypted, onEvent);
    client.on(MatrixEventEvent.Replaced, onEvent);
    client.on(RoomMemberEvent.Name, onMember);
    this.#ends.push(
      () => {
        client.off(RoomEvent.Timeline, onTimeline);
        client.off(RoomEvent.TimelineReset, onReset);
        client.off(RoomEvent.LocalEchoUpdated, onRoom);
        client.off(RoomEvent.Redaction, onRoom);
        client.off(RoomEvent.RedactionCancelled, onRoom);
        client.off(RoomEvent.Receipt, onRoom);
        client.off(RoomStateEvent.Events, onEvent);
        client.off(MatrixEventEvent.Decrypted, onEvent);
        client.off(MatrixEventEvent.Replaced, onEvent);
        client.off(RoomMemberEvent.Name, onMember);
      },
      outgoing.subscribe(() => this.#refresh()),
      hidden.subscribe(() => this.#refresh()),
    );
  }

  /** The server left a gap: whoever stands at the end goes on there, whoever reads above stays. */
  #onReset(): void {
    if (!this.#isAtNewest.get()) return;
    if (this.#isAtBottom) queueMicrotask(() => void this.#window.load(undefined, FIRST).then(() => this.#refresh()));
    else this.#isAtNewest.set(false);
  }

  /** Reads again, once for all that happens at the same time. */
  #refresh(): void {
    if (this.#isRefreshing) return;
    this.#isRefreshing = true;
    queueMicrotask(() => {
      this.#isRefreshing = false;
      this.#readAll();
    });
  }

  #readAll(): void {
    const { client, room, isDirect, hidden } = this.#parts;
    const events = this.#window.getEvents();
    openAll(client, events);
    const context = {
      client,
      room,
      isDirect: isDirect(),
      isRead: readByOthers(room, events, client.getSafeUserId()),
      quoted: (eventId: string) => this.#quotedEvent(eventId),
    };
    if (!this.#isAtNewest.get() && !this.#window.canPaginate(Direction.Forward)) this.#isAtNewest.set(true);
    const gone = hidden.get();
    const shown = [...events, ...(this.#isAtNewest.get() ? room.getPendingEvents() : [])].filter(
      (event) => event.isRedacted() || !gone.has(event.getId() ?? ''),
    );
    const happenings = [...shown.flatMap((event) => happeningOf(event, context) ?? []), ...this.#outgoing()];
    const items = arrange(happenings, this.#firstUnread(events));
    this.#items.update((before) => keepSame(before, items));
  }

  #outgoing(): Happening[] {
    if (!this.#isAtNewest.get()) return [];
    return this.#parts.outgoing.get().map((message) => ({ kind: 'message', message }));
  }

  #firstUnread(events: readonly MatrixEvent[]): string | undefined {
    const { client } = this.#parts;
    const at = this.#readBefore === undefined ? -1 : events.findIndex((event) => event.getId() === this.#readBefore);
    if (at === -1) return undefined;
    const first = events
      .slice(at + 1)
      .find((event) => event.getSender() !== client.getSafeUserId() && saidIn(event) !== undefined);
    return first === undefined ? undefined : keyOf(first);
  }

  /** An event that is answered; one that isn't known is fetched, once. */
  #quotedEvent(eventId: string): MatrixEvent | undefined {
    const { room } = this.#parts;
    const known = room.findEventById(eventId) ?? this.#quoted.get(eventId);
    if (known !== undefined || this.#quoted.has(eventId)) return known;
    this.#quoted.set(eventId, undefined);
    void this.#fetchQuoted(eventId);
    return undefined;
  }

  async #fetchQuoted(eventId: string): Promise<void> {
    const { client, room } = this.#parts;
    try {
      const raw = await client.fetchRoomEvent(room.roomId, eventId);
      this.#quoted.set(eventId, client.getEventMapper()(raw));
      this.#refresh();
    } catch {
      // It may be gone, or out of one's sight: the quote stays without its words.
    }
  }
}
