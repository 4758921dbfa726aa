import { DomainError, type EventId, type RoomId, type UserId } from '@byline/protocol';
import { randomUUID } from 'node:crypto';
import type { Clock } from '../../platform/clock.ts';
import type { Reading, RoomAccess, RoomPreviews } from '../rooms/service.ts';
import type { Users } from '../users/service.ts';
import type { Reported, ReportStore } from './store.ts';

export interface ReportParts {
  readonly store: ReportStore;
  readonly clock: Clock;
  readonly access: RoomAccess;
  readonly previews: RoomPreviews;
  readonly users: Pick<Users, 'find'>;
}

/**
 * What users tell the provider of (specification, client-server API: "Reporting Content"). It is kept, and nothing follows
 * from it by itself. Only the reason and what was reported are kept, never what was said.
 */
export class Reports {
  readonly #store: ReportStore;
  readonly #clock: Clock;
  readonly #access: RoomAccess;
  readonly #previews: RoomPreviews;
  readonly #users: Pick<Users, 'find'>;

  constructor(parts: ReportParts) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#access = parts.access;
    this.#previews = parts.previews;
    this.#users = parts.users;
  }

  /** Reports a room that the reporter may know of. Of any other nothing is kept, and nobody learns whether there is one. */
  async room(reporter: UserId, roomId: RoomId, reason: string): Promise<void> {
    const known = (await this.#previews.find(reporter, roomId)) ?? (await this.#access.find(reporter, roomId));
    if (known !== undefined) await this.#keep(reporter, { kind: 'room', roomId }, reason);
  }

  /** Throws `M_NOT_FOUND` where the reporter is not in the room, or may not read the event, or there is none. */
  async event(reporter: UserId, roomId: RoomId, eventId: EventId, reason: string): Promise<void> {
    const reading = await this.#access.find(reporter, roomId);
    const entry = reading !== undefined && isIn(reporter, reading) ? await reading.graph.event(eventId) : undefined;
    const visibility = await reading?.visibility();
    if (entry?.roomId !== roomId || visibility?.allows(entry.position) !== true) {
      throw new DomainError('M_NOT_FOUND', 'There is no such event, or you are not in the room.');
    }
    await this.#keep(reporter, { kind: 'event', roomId, eventId, userId: entry.pdu.sender }, reason);
  }

  /** Reports a user, if there is one; nobody learns whether there is. */
  async user(reporter: UserId, userId: UserId, reason: string): Promise<void> {
    if ((await this.#users.find(userId)) === undefined) return;
    await this.#keep(reporter, { kind: 'user', userId }, reason);
  }

  #keep(reporter: UserId, reported: Reported, reason: string): Promise<void> {
    return this.#store.insert({ id: randomUUID(), reporter, reported, reason, at: this.#clock.now() });
  }
}

/** Whoever may see a public account is in its room as far as this goes: what it says is said to all of them. */
const isIn = (userId: UserId, { graph, room }: Reading): boolean =>
  graph.audience === 'subscribers' || room.joined.has(userId);
