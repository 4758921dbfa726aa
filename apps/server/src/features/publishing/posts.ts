import { DomainError, type EventId, type JsonObject, type RoomId, type UserId } from '@byline/protocol';
import { isJsonObject } from '@byline/core/json.ts';
import type { Session } from '../../platform/http/session.ts';
import type { Batch } from '../../platform/log/batch.ts';
import type { EventEntry, Position, Transaction } from '../../platform/log/entry.ts';
import type { Log } from '../../platform/log/log.ts';
import type { RoomGraph } from '../graph/service.ts';
import { type Account, requireOperator } from './account.ts';
import type { Accounts } from './accounts.ts';
import { parsePost, type PostContent, replacedBy, replacementOf } from './post-content.ts';
import type { PostStore } from './post-store.ts';
import type { PublicMedia } from './public-media.ts';

/** Who may speak at all, by the provider's policy. */
export interface TalkPermission {
  /** Throws `BYLINE_IDENTITY_REQUIRED`. */
  requireMayTalk(userId: UserId): Promise<void>;
}

/** A post as it reads now. */
export interface Post {
  readonly eventId: EventId;
  readonly position: Position;
  /** Milliseconds since the epoch. */
  readonly publishedAt: number;
  readonly editedAt: number | undefined;
  readonly content: JsonObject;
}

export interface PostsParts {
  readonly store: PostStore;
  readonly accounts: Accounts;
  readonly graph: RoomGraph;
  readonly log: Log;
  readonly media: PublicMedia;
  readonly talk: TalkPermission;
}

/** How many events are looked at together while posts are searched for among them. */
const EVENTS_AT_ONCE = 50;

/** What public accounts publish. A post is one event, whoever receives it. */
export class Posts {
  readonly #store: PostStore;
  readonly #accounts: Accounts;
  readonly #graph: RoomGraph;
  readonly #log: Log;
  readonly #media: PublicMedia;
  readonly #talk: TalkPermission;

  constructor(parts: PostsParts) {
    this.#store = parts.store;
    this.#accounts = parts.accounts;
    this.#graph = parts.graph;
    this.#log = parts.log;
    this.#media = parts.media;
    this.#talk = parts.talk;
  }

  /**
   * Publishes as the account.
   *
   * @throws DomainError `M_FORBIDDEN` (also for a file of somebody else), `BYLINE_NOT_QUALIFIED`,
   *   `BYLINE_IDENTITY_REQUIRED`; `M_BAD_JSON` for what is no post, `M_NOT_FOUND` for a file or a replaced post that is not there
   */
  async publish(session: Session, roomId: RoomId, content: JsonObject, transactionId: string): Promise<EventId> {
    this.requirePublisher(session.userId, roomId);
    await this.#talk.requireMayTalk(session.userId);
    const post = parsePost(content);
    await this.#media.requirePublishable(session.userId, post.media);
    if (post.replaces !== undefined) await this.#requirePost(roomId, post.replaces);
    const transaction = { ...session, endpoint: `post/${roomId}`, transactionId };
    return this.#log.append((batch) => this.#publishInside(batch, roomId, post, transaction));
  }

  /** Throws unless somebody may publish as the account now: `M_FORBIDDEN`, `BYLINE_NOT_QUALIFIED`. */
  requirePublisher(userId: UserId, roomId: RoomId): void {
    this.#accounts.permission.requirePublisher(this.#account(roomId), userId);
  }

  /** Puts `content` in the place of a post. Throws as `publish` does. */
  async edit(
    session: Session,
    roomId: RoomId,
    eventId: EventId,
    content: JsonObject,
    transactionId: string,
  ): Promise<EventId> {
    return this.publish(session, roomId, replacementOf(eventId, content), transactionId);
  }

  /**
   * Takes away what a post says, with all its changes; or one change. Operators may always do so.
   *
   * @throws DomainError `M_FORBIDDEN`, `M_NOT_FOUND`
   */
  async redact(
    session: Session,
    roomId: RoomId,
    eventId: EventId,
    { reason, transactionId }: { readonly reason?: string | undefined; readonly transactionId?: string },
  ): Promise<EventId> {
    requireOperator(this.#account(roomId), session.userId);
    const target = await this.#graph.event(eventId);
    if (target?.roomId !== roomId || target.pdu.type !== 'm.room.message') throw noSuchPost();
    if (target.redactedBy !== undefined) return target.redactedBy.eventId;
    const transaction =
      transactionId === undefined ? undefined : { ...session, endpoint: `redact/${roomId}/${eventId}`, transactionId };
    for (;;) {
      const redaction = await this.#log.append((batch) => this.#redactInside(batch, target, reason, transaction));
      if (redaction !== undefined) return redaction;
    }
  }

  /** Up to `limit` posts, the newest first, from a place on; and the place after them. */
  async list(roomId: RoomId, from: Position | undefined, limit: number): Promise<{ posts: Post[]; next?: Position }> {
    const found: EventEntry[] = [];
    let upTo = from ?? this.#log.position;
    for (;;) {
      const page = await this.#graph.page(roomId, { after: 0, upTo }, 'newest', EVENTS_AT_ONCE);
      const posts = page.toReversed().filter(isPost);
      found.push(...posts);
      const [oldest] = page;
      if (found.length > limit) break;
      if (page.length < EVENTS_AT_ONCE || oldest === undefined) break;
      upTo = oldest.position - 1;
    }
    const posts = await this.#asTheyRead(found.slice(0, limit));
    const beyond = found[limit];
    return beyond === undefined ? { posts } : { posts, next: beyond.position };
  }

  /** Throws `M_NOT_FOUND`, also for what was deleted. */
  async get(roomId: RoomId, eventId: EventId): Promise<Post> {
    const entry = await this.#graph.event(eventId);
    if (entry?.roomId !== roomId || !isPost(entry)) throw noSuchPost();
    const [post] = await this.#asTheyRead([entry]);
    if (post === undefined) throw noSuchPost();
    return post;
  }

  async #publishInside(batch: Batch, roomId: RoomId, post: PostContent, transaction: Transaction): Promise<EventId> {
    // Once more at its turn: the account may have lost its standing since it was asked.
    this.requirePublisher(transaction.userId, roomId);
    const staged = this.#staged(batch);
    if (post.replaces !== undefined) {
      if (staged.deleted.has(post.replaces)) throw noSuchPost();
      await this.#requirePost(roomId, post.replaces);
    }
    if (post.media.length > 0) await this.#media.markPublic(batch, post.media);
    const draft = { type: 'm.room.message', sender: this.#account(roomId).userId, content: post.content };
    const [entry] = await this.#graph.appendInside(batch, roomId, () => [draft], transaction);
    if (entry === undefined) throw new Error('A post was appended, and there is no event.');
    const { eventId, position } = entry;
    for (const mxc of post.media) batch.gather(this.#store.insertMedia, { event_id: eventId, mxc });
    if (post.replaces !== undefined) {
      const edit = { edit_event_id: eventId, post_event_id: post.replaces, position };
      batch.gather(this.#store.insertEdits, edit);
      staged.changed.add(post.replaces);
    }
    return eventId;
  }

  /** Resolves with `undefined` if the post was changed in this very batch: the next one finds the change, and takes it away too. */
  async #redactInside(
    batch: Batch,
    { roomId, eventId }: EventEntry,
    reason: string | undefined,
    transaction: Transaction | undefined,
  ): Promise<EventId | undefined> {
    const staged = this.#staged(batch);
    const done = staged.deleted.get(eventId) ?? (await this.#graph.event(eventId))?.redactedBy?.eventId;
    if (done !== undefined) return done;
    if (staged.changed.has(eventId)) return undefined;
    const account = this.#account(roomId);
    const edits = await batch.read((writer) => this.#store.editsOf(writer, eventId));
    const gone = [eventId, ...edits.map(({ edit_event_id }) => edit_event_id as EventId)];
    const unseen = await batch.atOnce((writer) => this.#store.removeMedia(writer, gone));
    if (unseen.length > 0) await this.#media.markPrivate(batch, unseen);
    const content: JsonObject = reason === undefined ? {} : { reason };
    const [entry] = await this.#graph.appendInside(
      batch,
      roomId,
      () => gone.map((redacts) => ({ type: 'm.room.redaction', sender: account.userId, content, redacts })),
      transaction,
    );
    if (entry === undefined) throw new Error('A post was deleted, and there is no event.');
    staged.deleted.set(eventId, entry.eventId);
    return entry.eventId;
  }

  #staged(batch: Batch): Staged {
    return batch.staged(this, () => ({ changed: new Set(), deleted: new Map() }));
  }

  async #asTheyRead(entries: readonly EventEntry[]): Promise<Post[]> {
    const edits = await this.#store.edits(entries.map(({ eventId }) => eventId));
    const editsOf = Map.groupBy(edits, ({ post_event_id }) => post_event_id);
    return Promise.all(
      entries.map(async (entry) => {
        const edited = await this.#newest((editsOf.get(entry.eventId) ?? []).map((edit) => edit.edit_event_id));
        return {
          eventId: entry.eventId,
          position: entry.position,
          publishedAt: entry.pdu.origin_server_ts,
          editedAt: edited?.at,
          content: edited?.content ?? entry.pdu.content,
        };
      }),
    );
  }

  /** The newest change that was not taken back. */
  async #newest(edits: readonly string[]): Promise<{ at: number; content: JsonObject } | undefined> {
    for (const eventId of edits) {
      const pdu = (await this.#graph.event(eventId))?.pdu;
      const content = pdu?.content['m.new_content'];
      if (pdu !== undefined && isJsonObject(content)) return { at: pdu.origin_server_ts, content };
    }
    return undefined;
  }

  async #requirePost(roomId: RoomId, eventId: EventId): Promise<void> {
    const entry = await this.#graph.event(eventId);
    if (entry?.roomId !== roomId || !isPost(entry)) throw noSuchPost();
  }

  #account(roomId: RoomId): Account {
    const account = this.#accounts.byRoom(roomId);
    if (account === undefined) throw new DomainError('M_NOT_FOUND', 'There is no such public account.');
    return account;
  }
}

/** What one batch has done to posts, which no query finds yet. */
interface Staged {
  readonly changed: Set<EventId>;
  /** By the event that took each away. */
  readonly deleted: Map<EventId, EventId>;
}

/** A message that still says something and is not a change of another. */
const isPost = ({ pdu, redactedBy }: EventEntry): boolean =>
  pdu.type === 'm.room.message' && redactedBy === undefined && replacedBy(pdu) === undefined;

const noSuchPost = (): DomainError =>
  new DomainError('M_NOT_FOUND', 'There is no such post; it may have been deleted.');
