import type { Membership } from '@byline/core/event/room-state.ts';
import type { RoomId } from '@byline/protocol';
import type { Session } from '../../platform/http/session.ts';
import type { Position } from '../../platform/log/entry.ts';
import { membershipIn } from '../graph/service.ts';
import type { RoomAccess } from './access.ts';
import type { DirectoryStore } from './directory-store.ts';
import type { RoomHistory } from './history.ts';
import type { RoomStates } from './state.ts';

/** A room at a glance; events are JSON texts, the newest last. */
export interface Glance {
  readonly membership: Membership | undefined;
  readonly state: readonly string[];
  readonly messages: readonly string[];
  /** Before the first of the messages, and after the last. */
  readonly start: Position | undefined;
  readonly end: Position;
  readonly isPublished: boolean;
}

const MESSAGES = 20;

/** Looking into a room without being in it, where it lets one (specification, client-server API: "Room Previews"). */
export class Peeking {
  readonly #access: RoomAccess;
  readonly #states: RoomStates;
  readonly #history: RoomHistory;
  readonly #directory: DirectoryStore;

  constructor(parts: {
    readonly access: RoomAccess;
    readonly states: RoomStates;
    readonly history: RoomHistory;
    readonly directoryStore: DirectoryStore;
  }) {
    this.#access = parts.access;
    this.#states = parts.states;
    this.#history = parts.history;
    this.#directory = parts.directoryStore;
  }

  /** Throws `M_FORBIDDEN`. */
  async glance(session: Session, roomId: RoomId): Promise<Glance> {
    const { room, selfMember } = await this.#access.reading(session.userId, roomId);
    const member = room.entry('m.room.member', session.userId);
    const page = await this.#history.messages(session, roomId, { direction: 'b', limit: MESSAGES });
    return {
      membership: selfMember === undefined ? member && membershipIn(member) : 'join',
      state: await this.#states.all(session, roomId),
      messages: page.chunk.toReversed(),
      start: page.end,
      end: page.start,
      isPublished: await this.#directory.has(roomId),
    };
  }
}
