import {
  ClientEvent,
  EventType,
  type MatrixClient,
  MatrixEventEvent,
  type Room,
  RoomEvent,
  RoomMemberEvent,
  RoomStateEvent,
} from 'matrix-js-sdk';
import { leaveRoom } from '@byline/protocol/matrix/membership.ts';
import type { Api } from '../api/api.ts';
import { derived, type Observable, Source } from '../observable.ts';
import { keepSame } from '../same.ts';
import { directRoomsOf, withDirectRoom, withoutDirectRoom } from './direct-rooms.ts';
import type { Drafts } from './drafts.ts';
import { setMuted } from './mute.ts';
import { type ConversationSummary, isConversation, summaryOf } from './summary.ts';
import { Undoable } from './undoable.ts';

export interface ConversationList {
  /** `loading` until the first news have come. */
  readonly state: 'loading' | 'ready';
  /** Invitations first, then by when something was last said. */
  readonly conversations: readonly ConversationSummary[];
  /** Messages that wait to be read, in all of them. */
  readonly unread: number;
  /** Invitations that wait for an answer. */
  readonly invitations: number;
}

/** Account data that says something of every room. */
const CONCERN_ALL: ReadonlySet<string> = new Set([EventType.Direct, EventType.PushRules]);

/** What a person's conversations are, and what can be done with each from the list. */
export class Conversations {
  readonly list: Observable<ConversationList>;
  readonly #client: MatrixClient;
  readonly #api: Api;
  readonly #drafts: Drafts;
  readonly #leaving: Undoable;
  readonly #known = new Map<string, ConversationSummary>();
  readonly #stale = new Set<string>();
  readonly #summaries = new Source<readonly ConversationSummary[]>([]);
  readonly #state: Source<ConversationList['state']>;
  #isRefreshing = false;

  constructor(parts: {
    readonly client: MatrixClient;
    readonly api: Api;
    readonly drafts: Drafts;
    readonly onFailed: (error: unknown) => void;
  }) {
    this.#client = parts.client;
    this.#api = parts.api;
    this.#drafts = parts.drafts;
    this.#leaving = new Undoable(parts.onFailed);
    this.#state = new Source(this.#readyState());
    this.list = derived([this.#summaries, this.#leaving.hidden, this.#state], () => this.#list());
    this.#listen();
  }

  find(roomId: string): ConversationSummary | undefined {
    return this.#summaries.get().find(({ key }) => key === roomId);
  }

  /** Accepts an invitation. Direct talk is told as such to the person's other devices. */
  async accept(roomId: string): Promise<void> {
    const partner = this.find(roomId)?.partner;
    await this.#client.joinRoom(roomId);
    if (partner !== undefined) await this.tellDirect(partner, roomId);
  }

  /** Declines an invitation: the room is gone from the list. */
  async decline(roomId: string): Promise<void> {
    await this.#leave(roomId);
  }

  /** Leaves, unless it is taken back in time: see `Undoable`. */
  leave(roomId: string): void {
    this.#leaving.begin(roomId, () => this.#leave(roomId));
  }

  undoLeave(roomId: string): void {
    this.#leaving.undo(roomId);
  }

  async setMuted(roomId: string, muted: boolean): Promise<void> {
    await setMuted(this.#client, roomId, muted);
    this.#refresh(roomId);
  }

  /** Says that a room is direct talk with somebody. */
  async tellDirect(userId: string, roomId: string): Promise<void> {
    await this.#setDirect(withDirectRoom(this.#direct(), userId, roomId));
  }

  /** The newest direct talk with somebody, if there is one that both are in or invited to. */
  directWith(userId: string): string | undefined {
    return this.#summaries.get().find(({ kind, partner }) => kind === 'direct' && partner === userId)?.key;
  }

  async #leave(roomId: string): Promise<void> {
    await this.#api.callAtLast(leaveRoom, { params: { roomId } });
    this.#drafts.write(roomId, '');
    const left = withoutDirectRoom(this.#direct(), roomId);
    if (JSON.stringify(left) !== JSON.stringify(this.#direct())) await this.#setDirect(left);
  }

  async #setDirect(rooms: Readonly<Record<string, readonly string[]>>): Promise<void> {
    const content = Object.fromEntries(Object.entries(rooms).map(([userId, theirs]) => [userId, [...theirs]]));
    await this.#client.setAccountData(EventType.Direct, content);
  }

  #direct() {
    return directRoomsOf(this.#client.getAccountData(EventType.Direct)?.getContent());
  }

  #listen(): void {
    const client = this.#client;
    const room = (changed: Room | undefined): void => {
      if (changed !== undefined) this.#refresh(changed.roomId);
    };
    const watch = (added: Room): void => {
      // The client doesn't pass this one on.
      added.on(RoomEvent.UnreadNotifications, () => room(added));
      room(added);
    };
    for (const known of client.getRooms()) watch(known);
    client.on(ClientEvent.Room, watch);
    client.on(ClientEvent.DeleteRoom, (roomId) => this.#refresh(roomId));
    client.on(ClientEvent.Sync, () => this.#state.set(this.#readyState()));
    client.on(ClientEvent.AccountData, (event) => {
      if (CONCERN_ALL.has(event.getType())) this.#refreshAll();
    });
    client.on(RoomEvent.Timeline, (_event, changed) => room(changed));
    client.on(RoomEvent.TimelineReset, room);
    client.on(RoomEvent.LocalEchoUpdated, (_event, changed) => room(changed));
    client.on(RoomEvent.Redaction, (_event, changed) => room(changed));
    client.on(RoomEvent.Name, room);
    client.on(RoomEvent.MyMembership, room);
    client.on(RoomEvent.Receipt, (_event, changed) => room(changed));
    client.on(RoomStateEvent.Events, (event) => this.#refresh(event.getRoomId() ?? ''));
    client.on(RoomMemberEvent.Name, (_event, member) => this.#refresh(member.roomId));
    client.on(MatrixEventEvent.Decrypted, (event) => this.#refresh(event.getRoomId() ?? ''));
    client.on(MatrixEventEvent.Replaced, (event) => this.#refresh(event.getRoomId() ?? ''));
    this.#drafts.texts.subscribe(() => this.#refreshAll());
  }

  #readyState(): ConversationList['state'] {
    return this.#client.isInitialSyncComplete() || this.#client.getRooms().length > 0 ? 'ready' : 'loading';
  }

  #refreshAll(): void {
    for (const { roomId } of this.#client.getRooms()) this.#refresh(roomId);
    for (const roomId of this.#known.keys()) this.#refresh(roomId);
  }

  /** Reads a room again, once for all that happens to it at the same time. */
  #refresh(roomId: string): void {
    this.#stale.add(roomId);
    if (this.#isRefreshing) return;
    this.#isRefreshing = true;
    queueMicrotask(() => this.#readStale());
  }

  #readStale(): void {
    this.#isRefreshing = false;
    const direct = this.#direct();
    for (const roomId of this.#stale) {
      const room = this.#client.getRoom(roomId);
      const draft = this.#drafts.texts.get().get(roomId);
      if (room === null || !isConversation(room)) this.#known.delete(roomId);
      else this.#known.set(roomId, summaryOf(room, { client: this.#client, direct, draft }));
    }
    this.#stale.clear();
    this.#summaries.update((before) => keepSame(before, [...this.#known.values()].toSorted(byImportance)));
  }

  #list(): ConversationList {
    const hidden = this.#leaving.hidden.get();
    const conversations = this.#summaries.get().filter(({ key }) => !hidden.has(key));
    const unread = conversations.reduce((sum, conversation) => sum + conversation.unread, 0);
    const invitations = conversations.filter(({ invitedBy }) => invitedBy !== undefined).length;
    return { state: this.#state.get(), conversations, unread, invitations };
  }
}

const byImportance = (one: ConversationSummary, other: ConversationSummary): number =>
  Number(other.invitedBy !== undefined) - Number(one.invitedBy !== undefined) || other.lastAt - one.lastAt;
