import { levelToSend, powerOf } from '@byline/core/event/power-levels.ts';
import {
  DomainError,
  type JsonObject,
  localpartOf,
  RoomAlias,
  type RoomId,
  type ServerName,
  serverOf,
  type UserId,
} from '@byline/protocol';
import type { Batch } from '../../platform/log/batch.ts';
import type { Log } from '../../platform/log/log.ts';
import type { EventDraft, Room, RoomGraph, RoomView } from '../graph/service.ts';
import type { RoomAccess } from './access.ts';
import type { AccountRooms } from './account-rooms.ts';
import type { AliasStore } from './alias-store.ts';
import { aliasesAdded, withoutAlias } from './canonical-alias.ts';
import type { Gate } from './gate.ts';
import { notInRoom } from './refusals.ts';

export interface AliasParts {
  readonly store: AliasStore;
  readonly log: Log;
  readonly conversations: RoomGraph;
  readonly access: RoomAccess;
  readonly accounts: AccountRooms;
  readonly gate: Gate;
  readonly serverName: ServerName;
}

/** The names by which rooms are found. Handles of public accounts are such names too, and nobody else can take one. */
export class RoomAliases {
  readonly #parts: AliasParts;

  constructor(parts: AliasParts) {
    this.#parts = parts;
  }

  /** The room of an alias, or the room itself. Throws `M_NOT_FOUND`. */
  async resolve(roomIdOrAlias: RoomId | RoomAlias): Promise<RoomId> {
    const alias = RoomAlias.safeParse(roomIdOrAlias);
    if (!alias.success) return roomIdOrAlias as RoomId;
    const roomId = await this.find(alias.data);
    if (roomId === undefined) throw noSuchAlias(alias.data);
    return roomId;
  }

  async find(alias: RoomAlias): Promise<RoomId | undefined> {
    if (serverOf(alias) !== this.#parts.serverName) return undefined;
    return (await this.#parts.accounts.byHandle(localpartOf(alias))) ?? (await this.#parts.store.find(alias))?.room_id;
  }

  /** The alias that this server can give by that name. Throws `M_INVALID_PARAM`. */
  parseLocal(localpart: string): RoomAlias {
    const parsed = RoomAlias.safeParse(`#${localpart}:${this.#parts.serverName}`);
    if (!parsed.success || localpartOf(parsed.data) !== localpart) {
      throw new DomainError('M_INVALID_PARAM', 'That cannot be the name of a room.');
    }
    return parsed.data;
  }

  /** Takes an alias inside a larger decision; tells whether it was free. */
  async takeInside(batch: Batch, alias: RoomAlias, roomId: RoomId, creator: UserId): Promise<boolean> {
    if ((await this.#parts.accounts.byHandle(localpartOf(alias))) !== undefined) return false;
    return batch.atOnce((writer) => this.#parts.store.insert(writer, { alias, room_id: roomId, creator }));
  }

  /** Throws `M_FORBIDDEN` for who is not in the room, `BYLINE_ALIAS_IN_USE`, `M_INVALID_PARAM` for another server's name. */
  async set(userId: UserId, alias: RoomAlias, roomId: RoomId): Promise<void> {
    await this.#parts.gate.requireMayTalk(userId);
    if (serverOf(alias) !== this.#parts.serverName) {
      throw new DomainError(
        'M_INVALID_PARAM',
        `This server gives names that end in “:${this.#parts.serverName}” only.`,
      );
    }
    const room = await this.#parts.conversations.room(roomId);
    if (room === undefined || !room.joined.has(userId)) throw notInRoom();
    const taken = await this.#parts.log.append((batch) => this.takeInside(batch, alias, roomId, userId));
    if (!taken) throw new DomainError('BYLINE_ALIAS_IN_USE', 'That name is taken. Please choose another.');
  }

  /**
   * Takes an alias away, and out of the room's own list where the user may change that.
   *
   * @throws DomainError `M_NOT_FOUND`; `M_FORBIDDEN` unless the user made it or may change the room's list.
   */
  async delete(userId: UserId, alias: RoomAlias): Promise<void> {
    const row = serverOf(alias) === this.#parts.serverName ? await this.#parts.store.find(alias) : undefined;
    if (row === undefined) throw noSuchAlias(alias);
    const { conversations, store, log } = this.#parts;
    const room = await conversations.room(row.room_id);
    const mayList = room !== undefined && mayListAliases(userId, room);
    if (row.creator !== userId && !mayList) {
      throw new DomainError('M_FORBIDDEN', 'Only who made this name, or who manages the room, can take it away.');
    }
    await log.append(async (batch) => {
      await batch.atOnce((writer) => store.delete(writer, alias));
      if (mayList) await conversations.appendInside(batch, row.room_id, (now) => withdrawal(userId, alias, now));
    });
  }

  /** Throws `M_FORBIDDEN`. */
  async ofRoom(userId: UserId, roomId: RoomId): Promise<readonly RoomAlias[]> {
    await this.#parts.access.reading(userId, roomId);
    return this.#parts.store.ofRoom(roomId);
  }

  /**
   * Checks what an `m.room.canonical_alias` adds.
   *
   * @throws DomainError `M_BAD_JSON`, `M_INVALID_PARAM`, and `M_BAD_ALIAS` for an alias that leads elsewhere.
   */
  async requireOwn(room: Room, content: JsonObject): Promise<void> {
    for (const alias of aliasesAdded(room.get('m.room.canonical_alias', '')?.content, content)) {
      if ((await this.find(alias)) !== room.id) {
        throw new DomainError('M_BAD_ALIAS', `The alias ${alias} does not lead to this room.`);
      }
    }
  }
}

/** Who may change what the room calls itself. */
const mayListAliases = (userId: UserId, room: Room): boolean =>
  room.joined.has(userId) && powerOf(userId, room) >= levelToSend('m.room.canonical_alias', true, room);

const withdrawal = (sender: UserId, alias: RoomAlias, room: RoomView): readonly EventDraft[] => {
  const listed = room.get('m.room.canonical_alias', '')?.content ?? {};
  const content = withoutAlias(listed, alias);
  return content === undefined ? [] : [{ type: 'm.room.canonical_alias', stateKey: '', sender, content }];
};

const noSuchAlias = (alias: RoomAlias): DomainError =>
  new DomainError('M_NOT_FOUND', `No room here is called ${alias}.`);
