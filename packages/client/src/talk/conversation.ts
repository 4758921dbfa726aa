import { inviteUser, kickUser } from '@byline/protocol/matrix/membership.ts';
import { redactEvent } from '@byline/protocol/matrix/send.ts';
import { setRoomState } from '@byline/protocol/matrix/state.ts';
import {
  EventType,
  type MatrixClient,
  type MatrixEvent,
  RelationType,
  type Room,
  RoomMemberEvent,
  RoomStateEvent,
} from 'matrix-js-sdk';
import type { Api } from '../api/api.ts';
import { Composer } from '../composer/composer.ts';
import { Outbox } from '../composer/outbox.ts';
import { resend, unsentIn } from '../composer/unsent.ts';
import type { Drafts } from '../conversations/drafts.ts';
import { Undoable } from '../conversations/undoable.ts';
import { ENCRYPTION } from '../crypto/encrypted-room.ts';
import type { Media } from '../media/media.ts';
import { personIn } from '../messages/people.ts';
import { type Observable, Source } from '../observable.ts';
import { isSame, keepSame } from '../same.ts';
import type { MessageSearch } from '../search/message-search.ts';
import { searchOne } from '../search/searches.ts';
import type { Message, Person } from '../timeline/message.ts';
import { ownReaction } from '../timeline/reading.ts';
import { Timeline } from '../timeline/timeline.ts';
import { type GroupRights, type Member, membersOf, rightsIn } from './members.ts';

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
  readonly timeline: Timeline;
  readonly composer: Composer;
  readonly outbox: Outbox;
  readonly #parts: Parts;
  readonly #deleting: Undoable;
  readonly #typing: Source<readonly Person[]>;
  readonly #members: Source<readonly Member[]>;
  readonly #rights: Source<GroupRights>;

  constructor(parts: Parts) {
    const { client, room, onFailed } = parts;
    this.#parts = parts;
    this.roomId = room.roomId;
    this.#deleting = new Undoable(onFailed);
    this.outbox = new Outbox(parts);
    this.composer = new Composer(parts);
    this.timeline = new Timeline({ ...parts, outgoing: this.outbox.messages, hidden: this.#deleting.hidden });
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
    this.timeline.close();
    this.composer.left();
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

  /** The newest message whose words one may still change. */
  lastEditable(): Message | undefined {
    const item = this.timeline.state.get().items.findLast((each) => each.kind === 'message' && each.message.mayEdit);
    return item?.kind === 'message' ? item.message : undefined;
  }

  /** Adds one's reaction, or takes it back when it is there. Throws when it could not be sent. */
  async react({ id }: Message, emoji: string): Promise<void> {
    const { client, room } = this.#parts;
    const own = ownReaction(client, room, id, emoji);
    const ownId = own?.getId();
    if (own !== undefined && own.status !== null) return;
    if (ownId !== undefined) {
      await client.redactEvent(room.roomId, ownId);
      return;
    }
    const relation = { rel_type: RelationType.Annotation, event_id: id, key: emoji } as const;
    await client.sendEvent(room.roomId, EventType.Reaction, { 'm.relates_to': relation });
  }

  /** Deletes a message for everyone, unless it is taken back in time: see `Undoable`. What was never sent is just dropped. */
  delete({ id, key }: Message): void {
    if (this.outbox.has(key)) {
      this.outbox.cancel(key);
      return;
    }
    const unsent = unsentIn(this.#parts.room).find((event) => event.getId() === id);
    if (unsent !== undefined) {
      this.#parts.client.cancelPendingEvent(unsent);
      return;
    }
    const params = { roomId: this.roomId, eventId: id, txnId: this.#parts.client.makeTxnId() };
    this.#deleting.begin(id, async () => void (await this.#parts.api.callAtLast(redactEvent, { params })));
  }

  undoDelete({ id }: Message): void {
    this.#deleting.undo(id);
  }

  /** Sends again what failed; in a conversation all of it, in its order, so that nothing overtakes. */
  retry({ key }: Message): void {
    const { client, room } = this.#parts;
    if (this.outbox.has(key)) {
      this.outbox.retry(key);
      return;
    }
    void resend(client, room);
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
