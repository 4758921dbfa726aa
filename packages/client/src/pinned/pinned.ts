import { setRoomState } from '@byline/protocol/matrix/state.ts';
import {
  type MatrixClient,
  MatrixError,
  type MatrixEvent,
  MatrixEventEvent,
  type Room,
  RoomEvent,
  RoomStateEvent,
} from 'matrix-js-sdk';
import type { Api } from '../api/api.ts';
import { openAll } from '../crypto/encrypted-room.ts';
import type { Content } from '../messages/content.ts';
import { personIn } from '../messages/people.ts';
import { saidIn } from '../messages/said.ts';
import { type Observable, Source } from '../observable.ts';
import { keepSame } from '../same.ts';
import type { Person } from '../timeline/message.ts';
import { PINNED, pinsIn, withoutPin, withPin } from './pins.ts';

/** A message that is pinned. */
export interface PinnedMessage {
  /** Its event. */
  readonly key: string;
  /** `missing`: it isn't there, or one may not read it; `error`: it could not be fetched now. */
  readonly state: 'loading' | 'ready' | 'missing' | 'error';
  readonly sender?: Person | undefined;
  /** Milliseconds since 1970. */
  readonly at?: number | undefined;
  readonly content?: Content | undefined;
}

interface Parts {
  readonly client: MatrixClient;
  readonly api: Api;
  readonly room: Room;
}

type Fetched = MatrixEvent | 'loading' | 'missing' | 'error';

/** What is pinned in one conversation. */
export class Pinned {
  readonly #parts: Parts;
  readonly #list: Source<readonly PinnedMessage[]>;
  /** What the timeline does not have at hand. */
  readonly #fetched = new Map<string, Fetched>();
  #turn: Promise<unknown> = Promise.resolve();
  #isBegun = false;
  #isRefreshing = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#list = new Source<readonly PinnedMessage[]>([], () => this.#listen());
  }

  /** The one that was pinned last first. Up to date while somebody watches it. */
  get list(): Observable<readonly PinnedMessage[]> {
    return this.#list;
  }

  isPinned(eventId: string): boolean {
    return this.#pins().includes(eventId);
  }

  /** Where it stood, when it is pinned no more: `pin` puts it back there. Throws `ApiError` and `MatrixError`. */
  async unpin(eventId: string): Promise<number> {
    const before = await this.#change((pins) => withoutPin(pins, eventId));
    return before.indexOf(eventId);
  }

  /** Throws `ApiError` and `MatrixError`. */
  async pin(eventId: string, at?: number): Promise<void> {
    await this.#change((pins) => withPin(pins, eventId, at));
  }

  /** Tries again to fetch what could not be. */
  fetchAgain(): void {
    for (const [id, fetched] of this.#fetched) if (fetched === 'error') this.#fetched.delete(id);
    this.#read();
  }

  /** One change after the other, each of what the server has by then: nothing that others pin meanwhile is lost. */
  #change(change: (pins: readonly string[]) => readonly string[]): Promise<readonly string[]> {
    const { api, room } = this.#parts;
    const turn = this.#turn
      .catch(() => undefined)
      .then(async () => {
        const before = await this.#pinsNow();
        const pinned = change(before);
        const params = { roomId: room.roomId, eventType: PINNED, stateKey: '' };
        if (pinned !== before) await api.call(setRoomState, { params, body: { pinned: [...pinned] } });
        this.#isBegun = true;
        return before;
      });
    this.#turn = turn;
    return turn;
  }

  async #pinsNow(): Promise<readonly string[]> {
    const { client, room } = this.#parts;
    // Where nothing was ever pinned, there is nothing to ask for.
    if (!this.#isBegun && room.currentState.getStateEvents(PINNED, '') === null) return [];
    try {
      return pinsIn(await client.getStateEvent(room.roomId, PINNED, ''));
    } catch (error) {
      if (error instanceof MatrixError && error.httpStatus === 404) return [];
      throw error;
    }
  }

  #pins(): readonly string[] {
    const event = this.#parts.room.currentState.getStateEvents(PINNED, '');
    return event === null ? [] : pinsIn(event.getContent());
  }

  #listen(): () => void {
    const { client, room } = this.#parts;
    const onState = (event: MatrixEvent): void => {
      if (event.getRoomId() === room.roomId && event.getType() === PINNED) this.#refresh();
    };
    const onEvent = (event: MatrixEvent): void => {
      if (event.getRoomId() === room.roomId) this.#refresh();
    };
    const onTimeline = (event: MatrixEvent): void => this.#onTimeline(event);
    client.on(RoomStateEvent.Events, onState);
    client.on(MatrixEventEvent.Decrypted, onEvent);
    client.on(MatrixEventEvent.Replaced, onEvent);
    room.on(RoomEvent.Redaction, onEvent);
    room.on(RoomEvent.Timeline, onTimeline);
    this.#read();
    return () => {
      client.off(RoomStateEvent.Events, onState);
      client.off(MatrixEventEvent.Decrypted, onEvent);
      client.off(MatrixEventEvent.Replaced, onEvent);
      room.off(RoomEvent.Redaction, onEvent);
      room.off(RoomEvent.Timeline, onTimeline);
    };
  }

  /** What was fetched does not hear by itself that it was changed or deleted. */
  #onTimeline(event: MatrixEvent): void {
    const about = event.isRedaction() || event.isRelation('m.replace') ? event.getAssociatedId() : undefined;
    if (about === undefined || !this.#fetched.delete(about)) return;
    this.#refresh();
  }

  /** Reads again, once for all that happens at the same time. */
  #refresh(): void {
    if (this.#isRefreshing) return;
    this.#isRefreshing = true;
    queueMicrotask(() => {
      this.#isRefreshing = false;
      this.#read();
    });
  }

  #read(): void {
    const now = this.#pins()
      .toReversed()
      .map((id) => this.#messageAt(id));
    this.#list.update((before) => keepSame(before, now));
  }

  #messageAt(key: string): PinnedMessage {
    const { client, room } = this.#parts;
    const event = room.findEventById(key) ?? this.#fetchedEvent(key);
    if (typeof event === 'string') return { key, state: event };
    openAll(client, [event]);
    const content = saidIn(event);
    return {
      key,
      state: 'ready',
      sender: personIn(client, room, event.getSender() ?? ''),
      at: event.getTs(),
      ...(content !== undefined && { content }),
    };
  }

  #fetchedEvent(id: string): Fetched {
    const known = this.#fetched.get(id);
    if (known !== undefined) return known;
    this.#fetched.set(id, 'loading');
    void this.#fetch(id);
    return 'loading';
  }

  async #fetch(id: string): Promise<void> {
    const { client, room } = this.#parts;
    try {
      this.#fetched.set(id, client.getEventMapper()(await client.fetchRoomEvent(room.roomId, id)));
    } catch (error) {
      // The line itself says so, and offers to try again where that may help.
      const isRefused = error instanceof MatrixError && (error.httpStatus ?? 500) < 500;
      this.#fetched.set(id, isRefused ? 'missing' : 'error');
    }
    this.#refresh();
  }
}
