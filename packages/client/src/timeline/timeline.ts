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
  ThreadEvent,
  TimelineWindow,
} from 'matrix-js-sdk';
import { openAll } from '../crypto/encrypted-room.ts';
import { derived, type Observable, Source } from '../observable.ts';
import { keepSame } from '../same.ts';
import { arrange, type Happening, type TimelineItem } from './items.ts';
import { saidIn } from '../messages/said.ts';
import type { Polls } from '../polls/polls.ts';
import type { Place } from '../threads/place.ts';
import { type ThreadSummary, threadSummaryOf } from '../threads/summary.ts';
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
  readonly place: Place;
  readonly isDirect: () => boolean;
  /** What is being sent and is no event yet. */
  readonly outgoing: Observable<readonly Message[]>;
  readonly polls: Polls;
  /** The ids of what is about to be deleted. */
  readonly hidden: Observable<ReadonlySet<string>>;
}

const FIRST = 60;
const PAGE = 40;
/** As many lines as fill a tall screen. */
const FULL_SCREEN = 25;
const MOST_EVENTS = 3000;
/** What changes the line about a thread under the message with which it begins. */
const THREAD_CHANGES = [ThreadEvent.New, ThreadEvent.Update, ThreadEvent.NewReply, ThreadEvent.Delete] as const;

/** What is said in one place, as it is read: a stretch of it that grows at its older end, and at its newer one while it reaches the present. */
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
    this.#window = new TimelineWindow(parts.client, parts.place.timelineSet, { windowLimit: MOST_EVENTS });
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
    const { client, place } = this.#parts;
    const isNew = place.unread() > 0;
    this.#readBefore = isNew ? (place.receipts.getEventReadUpTo(client.getSafeUserId(), true) ?? undefined) : undefined;
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
    const { client, place } = this.#parts;
    const events = this.#window.getEvents().filter(place.counts);
    const event = toAcknowledge(place.receipts, events, client.getSafeUserId());
    if (event !== undefined) await place.acknowledge(event);
  }

  #keyOf(eventId: string): string | undefined {
    const event = this.#window.getEvents().find((each) => each.getId() === eventId);
    return event === undefined ? undefined : keyOf(event);
  }

  #listen(): void {
    const { client, room, place, outgoing, polls, hidden } = this.#parts;
    const isHere = (changed: Room | undefined): boolean => changed?.roomId === room.roomId;
    const onRoom = (_event: unknown, changed?: Room): void => {
      if (isHere(changed)) this.#refresh();
    };
    const onTimeline = (_event: MatrixEvent, changed?: Room): void => {
      if (!isHere(changed)) return;
      if (this.#isAtNewest.get()) this.#window.extend(Direction.Forward, MOST_EVENTS);
      this.#refresh();
    };
    const onReset = (_room: Room | undefined, set: EventTimelineSet): void => {
      if (set === place.timelineSet) this.#onReset();
    };
    const onThread = (): void => this.#refresh();
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
    for (const change of THREAD_CHANGES) room.on(change, onThread);
    room.on(RoomEvent.UnreadNotifications, onThread);
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
        for (const change of THREAD_CHANGES) room.off(change, onThread);
        room.off(RoomEvent.UnreadNotifications, onThread);
      },
      outgoing.subscribe(() => this.#refresh()),
      polls.changes.subscribe(() => this.#refresh()),
      hidden.subscribe(() => this.#refresh()),
    );
  }

  /** The server left a gap: whoever stands at the end goes on there, whoever reads above stays. */
  #onReset(): void {
    if (!this.#isAtNewest.get()) return;
    if (this.#isAtBottom) queueMicrotask(() => void this.#loadNewest());
    else this.#isAtNewest.set(false);
  }

  async #loadNewest(): Promise<void> {
    await this.#window.load(undefined, FIRST);
    this.#readAll();
    if (this.#items.get().length < FULL_SCREEN) await this.loadOlder();
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
    const { client, room, place, isDirect, polls, hidden } = this.#parts;
    const events = this.#window.getEvents();
    openAll(client, events);
    const context = {
      client,
      room,
      isDirect: isDirect(),
      isRead: readByOthers(place.receipts, events, client.getSafeUserId()),
      quoted: (eventId: string) => this.#quotedEvent(eventId),
      polls,
      thread: (eventId: string) => this.#threadAt(eventId),
    };
    if (!this.#isAtNewest.get() && !this.#window.canPaginate(Direction.Forward)) this.#isAtNewest.set(true);
    const gone = hidden.get();
    const shown = [...events, ...(this.#isAtNewest.get() ? room.getPendingEvents().filter(place.holds) : [])].filter(
      (event) => event.isRedacted() || !gone.has(event.getId() ?? ''),
    );
    const happenings = [...shown.flatMap((event) => happeningOf(event, context) ?? []), ...this.#outgoing()];
    const items = arrange(happenings, this.#firstUnread(events), place.threadId);
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

  /** In the main timeline a message says whether a thread begins with it. */
  #threadAt(eventId: string): ThreadSummary | undefined {
    const { client, room, place } = this.#parts;
    return place.threadId === null ? threadSummaryOf(client, room, eventId) : undefined;
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
