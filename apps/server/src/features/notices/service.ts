import {
  DEFAULT_ROOM_VERSION,
  DomainError,
  type JsonObject,
  Localpart,
  type ServerName,
  type UserId,
} from '@byline/protocol';
import type { Logger } from 'pino';
import type { Batch } from '../../platform/log/batch.ts';
import type { Log } from '../../platform/log/log.ts';
import type { AccountData } from '../account-data/service.ts';
import type { EventDraft, RoomGraph } from '../graph/service.ts';
import { RESERVED_FOR_NOTICES, type Users } from '../users/service.ts';
import { NOTICE_TAG, noticeRoomEvents, noticesUser } from './notice-room.ts';
import type { NoticeStore } from './store.ts';

export { isNoticeRoom, requireLeavable } from './notice-room.ts';
export { blockedText, decidedText, expiryText, graceText, openedText } from './words.ts';

/** So many occasions are remembered without asking the database. */
const REMEMBERED = 10_000;

interface NoticesParts {
  readonly store: NoticeStore;
  readonly log: Log;
  readonly logger: Logger;
  readonly conversations: RoomGraph;
  readonly users: Users;
  readonly accountData: AccountData;
  readonly serverName: ServerName;
}

/**
 * What the provider says to a user: in a room of theirs, made when there is first something to say, which any Matrix client
 * shows (specification, client-server API: "Server Notices").
 */
export class Notices {
  readonly #parts: NoticesParts;
  readonly #underway = new Set<Promise<void>>();
  readonly #given = new Set<string>();

  constructor(parts: NoticesParts) {
    this.#parts = parts;
  }

  /**
   * Says something to a user, if there is such a person here; of one `occasion` only once.
   */
  async notify(userId: UserId, body: string, occasion?: string): Promise<void> {
    const { users, log } = this.#parts;
    const user = await users.find(userId);
    if (user?.kind !== 'person' || user.deactivated) return;
    const speaker = await this.#speaker();
    const profiles = new Map([
      [userId, await this.#profileOf(userId)],
      [speaker, await this.#profileOf(speaker)],
    ]);
    const content = { msgtype: 'm.text', body };
    const message: EventDraft = { type: 'm.room.message', sender: speaker, content };
    await log.append(async (batch) => {
      if (!(await this.#isNews(batch, userId, occasion))) return;
      const roomId = await batch.atOnce((writer) => this.#parts.store.roomOf(writer, userId));
      if (roomId === undefined) await this.#begin(batch, { speaker, userId, profiles, message });
      else await this.#parts.conversations.appendInside(batch, roomId, () => [message]);
    });
  }

  /** The same for those who can't wait for it, and whose own work does not fail with it. */
  tell(userId: UserId, body: string, occasion?: string): void {
    if (occasion !== undefined && this.#isRemembered(`${userId} ${occasion}`)) return;
    const telling = this.notify(userId, body, occasion)
      .catch((error: unknown) => this.#parts.logger.error({ err: error }, 'a notice could not be given'))
      .finally(() => this.#underway.delete(telling));
    this.#underway.add(telling);
  }

  /** Resolves when everybody has been told. */
  async stop(): Promise<void> {
    await Promise.all(this.#underway);
  }

  /** Whoever is refused again and again is told of it without another look at what was told. */
  #isRemembered(key: string): boolean {
    if (this.#given.has(key)) return true;
    if (this.#given.size >= REMEMBERED) this.#given.clear();
    this.#given.add(key);
    return false;
  }

  async #isNews(batch: Batch, userId: UserId, occasion: string | undefined): Promise<boolean> {
    return occasion === undefined || batch.atOnce((writer) => this.#parts.store.give(writer, userId, occasion));
  }

  /** Makes the room, with its first message and the tag by which clients know it. */
  async #begin(
    batch: Batch,
    {
      speaker,
      userId,
      profiles,
      message,
    }: {
      readonly speaker: UserId;
      readonly userId: UserId;
      readonly profiles: ReadonlyMap<UserId, JsonObject>;
      readonly message: EventDraft;
    },
  ): Promise<void> {
    const { store, conversations, accountData } = this.#parts;
    const [create, ...others] = noticeRoomEvents(speaker, userId, (user) => profiles.get(user) ?? {});
    if (create === undefined) throw new Error('A room begins with its creation.');
    const planned = conversations.plan(create, DEFAULT_ROOM_VERSION, () => [...others, message]);
    const roomId = planned.room.id;
    await batch.atOnce((writer) => store.addRoom(writer, userId, roomId));
    accountData.place(batch, { userId, roomId, type: 'm.tag', content: { tags: { [NOTICE_TAG]: {} } } });
    conversations.createInside(batch, planned);
  }

  /** The one who speaks; nobody can sign in as them. */
  async #speaker(): Promise<UserId> {
    const { users, serverName } = this.#parts;
    const speaker = noticesUser(serverName);
    if ((await users.find(speaker)) !== undefined) return speaker;
    try {
      return await users.create({
        localpart: Localpart.parse(RESERVED_FOR_NOTICES),
        kind: 'service',
        displayname: 'Notices · 通知',
      });
    } catch (error) {
      // Somebody else was told something at the same moment.
      if (error instanceof DomainError && error.code === 'M_USER_IN_USE') return speaker;
      throw error;
    }
  }

  async #profileOf(userId: UserId): Promise<JsonObject> {
    const { displayname, avatar_url: avatarUrl } = await this.#parts.users.profile(userId);
    return {
      ...(displayname === undefined ? {} : { displayname }),
      ...(avatarUrl === undefined ? {} : { avatar_url: avatarUrl }),
    };
  }
}
