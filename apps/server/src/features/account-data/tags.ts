import type { JsonObject, RoomId, UserId } from '@byline/protocol';
import { isJsonObject } from '@byline/core/json.ts';
import { requireSmallEntry } from './limits.ts';
import type { AccountData, AccountDataKey } from './service.ts';

/** The tags that users give rooms: account data of the type `m.tag` (specification, client-server API: "Room Tagging"). */
export class Tags {
  readonly #accountData: AccountData;

  constructor(accountData: AccountData) {
    this.#accountData = accountData;
  }

  async of(userId: UserId, roomId: RoomId): Promise<JsonObject> {
    return tagsIn((await this.#accountData.find(keyOf(userId, roomId))) ?? {});
  }

  async set(userId: UserId, roomId: RoomId, tag: string, content: JsonObject): Promise<void> {
    await this.#accountData.requireRoom(keyOf(userId, roomId), content);
    await this.#change(userId, roomId, (tags) => ({ ...tags, [tag]: content }));
  }

  /** A tag that is not there is no fault. */
  async remove(userId: UserId, roomId: RoomId, tag: string): Promise<void> {
    await this.#change(userId, roomId, ({ [tag]: _removed, ...others }) => others);
  }

  #change(userId: UserId, roomId: RoomId, change: (tags: JsonObject) => JsonObject): Promise<void> {
    return this.#accountData.change(keyOf(userId, roomId), (before) => {
      const after = { ...before, tags: change(tagsIn(before)) };
      requireSmallEntry(after);
      return after;
    });
  }
}

const keyOf = (userId: UserId, roomId: RoomId): AccountDataKey => ({ userId, roomId, type: 'm.tag' });

/** Clients may have written anything into it. */
const tagsIn = ({ tags }: JsonObject): JsonObject => (isJsonObject(tags) ? tags : {});
