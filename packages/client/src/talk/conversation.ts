import { inviteUser, kickUser } from '@byline/protocol/matrix/membership.ts';
import { setRoomState } from '@byline/protocol/matrix/state.ts';
import { type MatrixClient, type MatrixEvent, type Room, RoomMemberEvent, RoomStateEvent } from 'matrix-js-sdk';
import type { Api } from '../api/api.ts';
import type { Drafts } from '../conversations/drafts.ts';
import { Undoable } from '../conversations/undoable.ts';
import { ENCRYPTION } from '../crypto/encrypted-room.ts';
import type { Media } from '../media/media.ts';
import { personIn } from '../messages/people.ts';
import { type Observable, Source } from '../observable.ts';
import { Pinned } from '../pinned/pinned.ts';
import { Polls } from '../polls/polls.ts';
import { isSame, keepSame } from '../same.ts';
import type { MessageSearch } from '../search/message-search.ts';
import { searchOne } from '../search/searches.ts';
import { mainPlace } from '../threads/place.ts';
import { Threads } from '../threads/threads.ts';
import type { Person } from '../timeline/message.ts';
import { type GroupRights, type Member, membersOf, rightsIn } from './members.ts';
import { Strand } from './strand.ts';

interface Parts {
  readonly client: MatrixClient;
  readonly api: Api;
  readonly room: Room;
  readonly media: Media;
  readonly drafts: Drafts;
  readonly isDirect: () => boolean;
  readonly onFailed: (error: unknown) => void;
  /** The server lets nobody talk who is not verified, and one isn't. */
  readonly onRefused: () => void;
}

/** One conversation that is open: what is said in it, what one is writing, and what one may do. */
export class Conversation {
  readonly roomId: string;
  /** What is said outside of threads. */
  readonly main: Strand;
  readonly threads: Threads;
  readonly polls: Polls;
  readonly pinned: Pinned;
  readonly #parts: Parts;
  readonly #typing: Source<readonly Person[]>;
  readonly #members: Source<readonly Member[]>;
  readonly #rights: Source<GroupRights>;

  constructor(parts: Parts) {
    const { client, room, onFailed } = parts;
    this.#parts = parts;
    this.roomId = room.roomId;
    const deleting = new Undoable(onFailed);
    this.pinned = new Pinned(parts);
    this.polls = new Polls(client, room);
    const shared = { ...parts, deleting, polls: this.polls };
    this.main = new Strand({ ...shared, place: mainPlace(client, room) });
    this.threads = new Threads({ client, room, strandAt: (place) => new Strand({ ...shared, place }) });
    this.#typing = new Source<readonly Person[]>(this.#typingNow());
    this.#members = new Source<readonly Member[]>(membersOf(client, room));
    this.#rights = new Source(rightsIn(client, room));
    client.on(RoomMemberEvent.Typing, this.#onTyping);
    client.on(RoomStateEvent.Members, this.#onMembers);
    client.on(RoomStateEvent.Events, this.#onMembers);
  }

  /** Who else is typing now. */
  get typing(): Observable<readonly Person[]> {
    return this.#typing;
  }

  /** Who is in it and who is invited. Of a large group only those who matter are known until `loadMembers`. */
  get members(): Observable<readonly Member[]> {
    return this.#members;
  }

  get rights(): Observable<GroupRights> {
    return this.#rights;
  }

  close(): void {
    const { client } = this.#parts;
    for (const strand of this.#strands()) strand.close();
    this.polls.close();
    client.off(RoomMemberEvent.Typing, this.#onTyping);
    client.off(RoomStateEvent.Members, this.#onMembers);
    client.off(RoomStateEvent.Events, this.#onMembers);
  }

  person(userId: string): Person {
    return personIn(this.#parts.client, this.#parts.room, userId);
  }

  /** A search for words in all that was said here. */
  search(): MessageSearch {
    return searchOne(this.#parts.client, this.#parts.room);
  }

  async loadMembers(): Promise<void> {
    await this.#parts.room.loadMembersIfNeeded();
    this.#readMembers();
  }

  /** Files that have not gone up yet, here or in a thread. */
  hasUnsentFiles(): boolean {
    return this.#strands().some(({ outbox }) => outbox.messages.get().length > 0);
  }

  /** Tries again all files that could not be sent, after the connection is back. */
  retryFiles(): void {
    for (const { outbox } of this.#strands()) outbox.retryAll();
  }

  /** Throws `ApiError`. */
  async invite(userIds: readonly string[]): Promise<void> {
    for (const userId of userIds) {
      await this.#parts.api.call(inviteUser, { params: { roomId: this.roomId }, body: { user_id: userId } });
    }
  }

  /** Takes somebody out of the group. Throws `ApiError`. */
  async remove(userId: string): Promise<void> {
    await this.#parts.api.call(kickUser, { params: { roomId: this.roomId }, body: { user_id: userId } });
  }

  /** Throws `ApiError`. */
  rename(name: string): Promise<void> {
    return this.#setState('m.room.name', { name });
  }

  /** @param picture `mxc://…`; none: no picture. Throws `ApiError`. */
  setPicture(picture: string | undefined): Promise<void> {
    return this.#setState('m.room.avatar', picture === undefined ? {} : { url: picture });
  }

  /** Encrypts what is said from now on. It can't be undone. Throws `ApiError`. */
  encrypt(): Promise<void> {
    return this.#setState(ENCRYPTION.type, ENCRYPTION.content);
  }

  #strands(): Strand[] {
    return [this.main, ...this.threads.strands()];
  }

  async #setState(eventType: string, body: Readonly<Record<string, string>>): Promise<void> {
    await this.#parts.api.call(setRoomState, { params: { roomId: this.roomId, eventType, stateKey: '' }, body });
  }

  readonly #onTyping = (_event: MatrixEvent, { roomId }: { roomId: string }): void => {
    if (roomId !== this.roomId) return;
    this.#typing.update((before) => {
      const now = this.#typingNow();
      return isSame(before, now) ? before : now;
    });
  };

  #typingNow(): readonly Person[] {
    const { client, room } = this.#parts;
    return room
      .getMembers()
      .filter(({ typing, userId }) => typing && userId !== client.getSafeUserId())
      .map(({ userId }) => this.person(userId));
  }

  readonly #onMembers = (event: MatrixEvent): void => {
    if (event.getRoomId() === this.roomId) this.#readMembers();
  };

  #readMembers(): void {
    const { client, room } = this.#parts;
    this.#members.update((before) => keepSame(before, membersOf(client, room)));
    this.#rights.update((before) => {
      const now = rightsIn(client, room);
      return isSame(before, now) ? before : now;
    });
  }
}
