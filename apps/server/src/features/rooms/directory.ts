import { levelToSend, powerOf } from '@byline/core/event/power-levels.ts';
import type { Membership } from '@byline/core/event/room-state.ts';
import { DomainError, type RoomAlias, type RoomId, type UserId } from '@byline/protocol';
import type { RoomGraph } from '../graph/service.ts';
import type { RoomAliases } from './aliases.ts';
import type { DirectoryStore } from './directory-store.ts';
import type { Gate } from './gate.ts';
import type { RoomPreviews } from './previews.ts';
import { type RoomSummary, summaryOf } from './summary.ts';

export interface DirectoryParts {
  readonly store: DirectoryStore;
  readonly conversations: RoomGraph;
  readonly previews: RoomPreviews;
  readonly aliases: RoomAliases;
  readonly gate: Gate;
}

export interface DirectoryWanted {
  readonly limit: number;
  /** How many rooms come before. */
  readonly since?: number | undefined;
  /** In any of name, topic and alias. */
  readonly term?: string | undefined;
  /** `null`: rooms for talking. */
  readonly types?: readonly (string | null)[] | undefined;
}

export interface DirectoryPage {
  readonly rooms: readonly RoomSummary[];
  /** How many rooms come before the next page, and before the previous one. */
  readonly next: number | undefined;
  readonly previous: number | undefined;
  readonly total: number;
}

/** The rooms that were published so that anyone can find them; those that most people are in come first. */
export class RoomDirectory {
  readonly #store: DirectoryStore;
  readonly #conversations: RoomGraph;
  readonly #previews: RoomPreviews;
  readonly #aliases: RoomAliases;
  readonly #gate: Gate;

  constructor(parts: DirectoryParts) {
    this.#store = parts.store;
    this.#conversations = parts.conversations;
    this.#previews = parts.previews;
    this.#aliases = parts.aliases;
    this.#gate = parts.gate;
  }

  async list({ limit, since = 0, term, types }: DirectoryWanted): Promise<DirectoryPage> {
    const rooms = await this.#conversations.rooms(await this.#store.all());
    const found = [...rooms.values()]
      .map(summaryOf)
      .filter((room) => isFound(room, term) && (types?.includes(room.type ?? null) ?? true))
      .toSorted(byMembers);
    const end = since + limit;
    return {
      rooms: found.slice(since, end),
      next: end < found.length ? end : undefined,
      previous: since > 0 ? Math.max(0, since - limit) : undefined,
      total: found.length,
    };
  }

  /** Throws `M_NOT_FOUND` for a room that the user may not know of. */
  async isPublished(userId: UserId | undefined, roomId: RoomId): Promise<boolean> {
    if (await this.#store.has(roomId)) return true;
    const room = await this.#conversations.room(roomId);
    if (room === undefined || userId === undefined || !room.joined.has(userId)) throw noSuchRoom();
    return false;
  }

  /** Throws `M_NOT_FOUND` for who is not in the room, `M_FORBIDDEN` for who may not say what it is called. */
  async publish(userId: UserId, roomId: RoomId, isPublic: boolean): Promise<void> {
    await this.#gate.requireMayTalk(userId);
    const room = await this.#conversations.room(roomId);
    if (room === undefined || !room.joined.has(userId)) throw noSuchRoom();
    if (powerOf(userId, room) < levelToSend('m.room.canonical_alias', true, room)) {
      throw new DomainError('M_FORBIDDEN', 'A higher power level is needed to publish this room.');
    }
    await (isPublic ? this.#store.insert(roomId) : this.#store.delete(roomId));
  }

  /** What a room is, for who is in it or could get in. Throws `M_NOT_FOUND`. */
  async summary(
    userId: UserId | undefined,
    roomIdOrAlias: RoomId | RoomAlias,
  ): Promise<{ readonly room: RoomSummary; readonly membership: Membership | undefined }> {
    const preview = await this.#previews.find(userId, await this.#aliases.resolve(roomIdOrAlias));
    if (preview === undefined) throw noSuchRoom();
    return { room: preview.summary, membership: preview.membership };
  }
}

const isFound = ({ name, topic, canonicalAlias }: RoomSummary, term: string | undefined): boolean => {
  if (term === undefined) return true;
  const wanted = searchable(term);
  return [name, topic, canonicalAlias].some((text) => text !== undefined && searchable(text).includes(wanted));
};

/** Width, case and composition of characters make no difference. */
const searchable = (text: string): string => text.normalize('NFKC').toLowerCase().trim();

const byMembers = (left: RoomSummary, right: RoomSummary): number =>
  right.joinedMembers - left.joinedMembers || (left.roomId < right.roomId ? -1 : 1);

const noSuchRoom = (): DomainError => new DomainError('M_NOT_FOUND', 'There is no such room.');
