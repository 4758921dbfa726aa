import type { JsonObject } from '@byline/protocol';
import {
  ClientEvent,
  type MatrixClient,
  type MatrixEvent,
  ReceiptType,
  type Room,
  RoomEvent,
  RoomStateEvent,
} from 'matrix-js-sdk';
import { type Observable, Source } from '../observable.ts';
import { bodyOf } from '../posts/post-body.ts';
import type { Post, PostChange } from '../posts/post.ts';
import type { RoomNews } from './followed.ts';

const ACCOUNT_STATE = 'im.byline.account';
const MESSAGE = 'm.room.message';

export interface AccountRoomsListener {
  /** One began or ceased to follow an account, here or elsewhere, or an account itself changed. */
  readonly onStanding: () => void;
  readonly onPosts: (roomId: string, change: PostChange) => void;
}

/**
 * The rooms of followed accounts, as the stream of news fills them. Written apart from its users, because it needs the
 * Matrix library, which is fetched late.
 */
export class AccountRooms {
  readonly #client: MatrixClient;
  readonly #changes = new Source(0);
  readonly #listener: AccountRoomsListener;

  constructor(client: MatrixClient, listener: AccountRoomsListener) {
    this.#client = client;
    this.#listener = listener;
    client.on(RoomEvent.Timeline, this.#onEvent);
    client.on(RoomEvent.Redaction, this.#onRedaction);
    client.on(RoomEvent.Receipt, this.#onReceipt);
    client.on(RoomEvent.MyMembership, this.#onMembership);
    client.on(RoomStateEvent.Events, this.#onState);
    client.on(ClientEvent.Sync, this.#changed);
  }

  /** Changes with every post, with what is read, and with who is followed. */
  get changes(): Observable<unknown> {
    return this.#changes;
  }

  /** What is new in an account's room; `undefined` while the room isn't known. */
  news(roomId: string): RoomNews | undefined {
    const room = this.#client.getRoom(roomId);
    if (room === null || room.getMyMembership() !== 'join') return undefined;
    const newest = this.#newest(room);
    if (newest === undefined) return { newest: undefined, isUnread: false };
    const { event, post } = newest;
    const me = this.#client.getSafeUserId();
    const followedAt = room.getMember(me)?.events.member?.getTs() ?? 0;
    const isUnread = post.publishedAt > followedAt && !room.hasUserReadEvent(me, event.getId() ?? '');
    return { newest: post, isUnread };
  }

  /** Keeps, for oneself alone, that all of it was read. Throws `MatrixError`. */
  async markRead(roomId: string): Promise<void> {
    const room = this.#client.getRoom(roomId);
    const newest = room === null ? undefined : this.#newest(room);
    if (newest === undefined || this.news(roomId)?.isUnread !== true) return;
    await this.#client.sendReadReceipt(newest.event, ReceiptType.ReadPrivate);
  }

  readonly #onEvent = (event: MatrixEvent, room: Room | undefined, toStart: boolean | undefined): void => {
    if (room === undefined || toStart === true || event.getType() !== MESSAGE || !isAccountRoom(room)) return;
    const change = changeOf(event);
    if (change !== undefined) this.#tell(room.roomId, change);
  };

  readonly #onRedaction = (event: MatrixEvent, room: Room): void => {
    const id = event.getAssociatedId() ?? event.getContent<{ redacts?: string }>().redacts;
    if (id !== undefined && isAccountRoom(room)) this.#tell(room.roomId, { kind: 'deleted', id });
  };

  readonly #onReceipt = (_event: MatrixEvent, room: Room): void => {
    if (isAccountRoom(room)) this.#changed();
  };

  readonly #onMembership = (room: Room): void => {
    if (!isAccountRoom(room)) return;
    this.#listener.onStanding();
    this.#changed();
  };

  readonly #onState = (event: MatrixEvent): void => {
    if (event.getType() === ACCOUNT_STATE) this.#listener.onStanding();
  };

  readonly #changed = (): void => this.#changes.update((count) => count + 1);

  #tell(roomId: string, change: PostChange): void {
    this.#listener.onPosts(roomId, change);
    this.#changed();
  }

  #newest(room: Room): { readonly event: MatrixEvent; readonly post: Post } | undefined {
    for (const event of room.getLiveTimeline().getEvents().toReversed()) {
      const post = postIn(event);
      if (post !== undefined) return { event, post };
    }
    return undefined;
  }
}

const isAccountRoom = (room: Room): boolean => room.currentState.getStateEvents(ACCOUNT_STATE, '') !== null;

const handleOf = (event: MatrixEvent): string => /^@([^:]+):/.exec(event.getSender() ?? '')?.[1] ?? '';

/** The post that an event is; `undefined` for a change of another, for what was deleted, and for what is no post. */
function postIn(event: MatrixEvent): Post | undefined {
  const id = event.getId();
  if (id === undefined || event.getType() !== MESSAGE || event.isRedacted() || event.isRelation('m.replace'))
    return undefined;
  const editedAt = event.replacingEvent()?.getTs();
  return {
    id,
    publishedAt: event.getTs(),
    ...(editedAt !== undefined && { editedAt }),
    body: bodyOf(event.getContent()),
    url: `/@${handleOf(event)}/${encodeURIComponent(id)}`,
  };
}

function changeOf(event: MatrixEvent): PostChange | undefined {
  const replaced = event.isRelation('m.replace') ? event.getRelation()?.event_id : undefined;
  if (replaced === undefined) {
    const post = postIn(event);
    return post && { kind: 'published', post };
  }
  const content: JsonObject | undefined = event.getOriginalContent()['m.new_content'];
  return content && { kind: 'edited', id: replaced, at: event.getTs(), content };
}
