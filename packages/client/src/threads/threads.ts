import {
  Direction,
  type MatrixClient,
  MatrixError,
  MatrixEventEvent,
  RoomEvent,
  type Room,
  ThreadEvent,
} from 'matrix-js-sdk';
import { type Observable, Source } from '../observable.ts';
import { keepSame } from '../same.ts';
import type { Strand } from '../talk/strand.ts';
import { loadThread, threadIdOf } from './load.ts';
import { type Place, threadPlace } from './place.ts';
import { type ThreadEntry, threadEntryOf } from './summary.ts';

/** A thread that somebody opens: `missing` when it isn't there, `error` when it could not be fetched now. */
export type OpenThread =
  | { readonly state: 'opening' | 'missing' | 'error' }
  | { readonly state: 'ready'; readonly strand: Strand };

export interface ThreadList {
  /** Of the older end: `more` while older ones are fetched, `ready` when there is nothing to fetch now. */
  readonly older: 'more' | 'ready' | 'error';
  /** The oldest one is there. */
  readonly isComplete: boolean;
  /** The one that was last answered in first. */
  readonly entries: readonly ThreadEntry[];
}

interface Parts {
  readonly client: MatrixClient;
  readonly room: Room;
  /** Makes what one talks in. */
  readonly strandAt: (place: Place) => Strand;
}

const PAGE = 20;
const CHANGES = [ThreadEvent.New, ThreadEvent.Update, ThreadEvent.NewReply, ThreadEvent.Delete] as const;

/** The threads of one conversation. */
export class Threads {
  readonly #parts: Parts;
  readonly #list: Source<ThreadList>;
  readonly #open = new Map<string, Source<OpenThread>>();
  #from: string | null = null;
  #isRefreshing = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#list = new Source<ThreadList>({ older: 'ready', isComplete: false, entries: [] }, () => this.#listen());
  }

  /** Up to date while somebody watches it. */
  get list(): Observable<ThreadList> {
    return this.#list;
  }

  /** Fetches the next page of the list; the first one, when there is none. */
  async loadOlder(): Promise<void> {
    const { older, isComplete } = this.#list.get();
    if (older === 'more' || isComplete) return;
    this.#change({ older: 'more' });
    const { client, room } = this.#parts;
    try {
      const page = await client.createThreadListMessagesRequest(room.roomId, this.#from, PAGE, Direction.Backward);
      room.processThreadRoots(page.chunk.map(client.getEventMapper()), true);
      this.#from = page.end ?? null;
      this.#change({ older: 'ready', isComplete: page.end === undefined });
    } catch {
      // The list itself says that it could not be fetched, and offers to try again.
      this.#change({ older: 'error' });
    }
  }

  /** Opens a thread, or what may become one. The same each time. */
  open(threadId: string): Observable<OpenThread> {
    const known = this.#open.get(threadId);
    if (known !== undefined) return known;
    const opened = new Source<OpenThread>({ state: 'opening' });
    this.#open.set(threadId, opened);
    void this.#begin(threadId, opened);
    return opened;
  }

  /** Tries again to open what could not be fetched. */
  openAgain(threadId: string): void {
    const opened = this.#open.get(threadId);
    if (opened?.get().state === 'error') void this.#begin(threadId, opened);
  }

  /** The thread in which something was said; `undefined` for the main timeline, and for what isn't to be had. */
  async threadOf(eventId: string): Promise<string | undefined> {
    try {
      return await threadIdOf(this.#parts.client, this.#parts.room, eventId);
    } catch {
      // It was never there, or one may not read it.
      return undefined;
    }
  }

  /** Those that were opened. */
  strands(): Strand[] {
    return [...this.#open.values()].flatMap((opened) => {
      const now = opened.get();
      return now.state === 'ready' ? [now.strand] : [];
    });
  }

  async #begin(threadId: string, opened: Source<OpenThread>): Promise<void> {
    const { client, room, strandAt } = this.#parts;
    opened.set({ state: 'opening' });
    try {
      const thread = await loadThread(client, room, threadId);
      opened.set({ state: 'ready', strand: strandAt(threadPlace(client, room, thread)) });
    } catch (error) {
      // The page itself says so, and offers to try again where that may help.
      opened.set({ state: isRefusal(error) ? 'missing' : 'error' });
    }
  }

  #listen(): () => void {
    const { room } = this.#parts;
    const refresh = (): void => this.#refresh();
    for (const change of CHANGES) room.on(change, refresh);
    room.on(RoomEvent.UnreadNotifications, refresh);
    room.on(RoomEvent.Receipt, refresh);
    const onDecrypted = (event: { getRoomId: () => string | undefined }): void => {
      if (event.getRoomId() === room.roomId) refresh();
    };
    this.#parts.client.on(MatrixEventEvent.Decrypted, onDecrypted);
    refresh();
    return () => {
      for (const change of CHANGES) room.off(change, refresh);
      room.off(RoomEvent.UnreadNotifications, refresh);
      room.off(RoomEvent.Receipt, refresh);
      this.#parts.client.off(MatrixEventEvent.Decrypted, onDecrypted);
    };
  }

  /** Reads again, once for all that happens at the same time. */
  #refresh(): void {
    if (this.#isRefreshing) return;
    this.#isRefreshing = true;
    queueMicrotask(() => {
      this.#isRefreshing = false;
      this.#change({});
    });
  }

  #change(change: Partial<ThreadList>): void {
    const { client, room } = this.#parts;
    const entries = room
      .getThreads()
      .flatMap((thread) => threadEntryOf(client, thread) ?? [])
      .toSorted((one, other) => other.lastAt - one.lastAt);
    this.#list.update((before) => {
      const kept = keepSame(before.entries, entries);
      const isChange = kept !== before.entries || Object.keys(change).length > 0;
      return isChange ? { ...before, ...change, entries: kept } : before;
    });
  }
}

const isRefusal = (error: unknown): boolean => error instanceof MatrixError && (error.httpStatus ?? 500) < 500;
