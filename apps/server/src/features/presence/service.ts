import { DomainError, type DeviceId, type UserId } from '@byline/protocol';
import type { PresenceState } from '@byline/protocol/matrix/presence.ts';
import type { Clock } from '../../platform/clock.ts';
import type { LogEntry } from '../../platform/log/entry.ts';
import type { Log } from '../../platform/log/log.ts';
import { PresentPerson } from './person.ts';

/** How often it is seen who has gone, or does nothing any more. */
const LOOK_EVERY_MS = 15_000;

/** What presence asks of rooms. */
export interface PresenceRooms {
  /** Whether two people are in a conversation together. Who follows which public account makes nobody acquainted. */
  share(userId: UserId, other: UserId): Promise<boolean>;
}

/** A device, and whose it is. */
interface Device {
  readonly userId: UserId;
  readonly deviceId: DeviceId;
}

/** What others are told of somebody. */
export interface PresenceContent {
  readonly presence: PresenceState;
  /** Milliseconds. */
  readonly last_active_ago?: number;
  readonly currently_active?: boolean;
  readonly status_msg?: string;
}

type Listener = (userId: UserId) => void;

/**
 * Who is there (specification, client-server API: "Presence"). In memory only: nothing of it is ever written, and it is lost
 * when the process ends, and may be.
 */
export class Presence {
  readonly #clock: Clock;
  readonly #rooms: PresenceRooms;
  readonly #isOn: boolean;
  readonly #people = new Map<UserId, PresentPerson>();
  readonly #listeners: Listener[] = [];
  readonly #looking: NodeJS.Timeout;

  constructor(parts: {
    readonly clock: Clock;
    readonly log: Log;
    readonly rooms: PresenceRooms;
    /** Off: everybody is offline to everybody. */
    readonly setting: 'on' | 'off';
  }) {
    this.#clock = parts.clock;
    this.#rooms = parts.rooms;
    this.#isOn = parts.setting === 'on';
    parts.log.follow((entries) => this.#follow(entries));
    this.#looking = setInterval(() => this.look(), LOOK_EVERY_MS).unref();
  }

  /** Sets how a user is seen. Throws `M_FORBIDDEN` for another user than the caller. */
  set(caller: Device, userId: UserId, presence: PresenceState, statusMessage: string | undefined): void {
    if (caller.userId !== userId) throw new DomainError('M_FORBIDDEN', 'You can tell only of yourself.');
    if (!this.#isOn) return;
    const now = this.#clock.now();
    this.#person(userId).choose(presence, statusMessage, caller.deviceId, now);
    this.#tellIfOther(userId, now);
  }

  /** How a user is seen. Throws `M_FORBIDDEN` for who is in no conversation with them. */
  async get(caller: UserId, userId: UserId): Promise<PresenceContent> {
    const mayKnow = caller === userId || (await this.#rooms.share(caller, userId));
    if (!mayKnow)
      throw new DomainError('M_FORBIDDEN', 'You can see only of people with whom you talk whether they are there.');
    return this.#contentOf(userId) ?? { presence: 'offline' };
  }

  /** The `m.presence` event of a user, as JSON; `undefined`: there is nothing to say of them. */
  text(userId: UserId): string | undefined {
    const content = this.#contentOf(userId);
    return content === undefined ? undefined : JSON.stringify({ type: 'm.presence', sender: userId, content });
  }

  /** Has `listener` called whenever there is something else to say of a user. It must not throw. */
  onChange(listener: Listener): void {
    this.#listeners.push(listener);
  }

  /** A device has asked for news, and how it wants its user to be seen for that. */
  seen({ userId, deviceId }: Device, as: PresenceState): void {
    if (!this.#isOn || (as === 'offline' && !this.#people.has(userId))) return;
    const now = this.#clock.now();
    if (this.#person(userId).seen(deviceId, as, now)) this.#tellIfOther(userId, now);
  }

  /** Sees who has gone meanwhile, or does nothing any more. */
  look(): void {
    const now = this.#clock.now();
    for (const [userId, person] of this.#people) {
      this.#tellIfOther(userId, now);
      if (person.isForgotten(now)) this.#people.delete(userId);
    }
  }

  /** Forgets somebody who has no account any more. */
  forget(userId: UserId): void {
    this.#people.delete(userId);
  }

  stop(): void {
    clearInterval(this.#looking);
  }

  #contentOf(userId: UserId): PresenceContent | undefined {
    const person = this.#people.get(userId);
    if (person === undefined) return undefined;
    const now = this.#clock.now();
    const { presence, statusMessage } = person.at(now);
    return {
      presence,
      ...(person.activeAt === undefined ? {} : { last_active_ago: Math.max(0, now - person.activeAt) }),
      ...(presence === 'online' ? { currently_active: true } : {}),
      ...(statusMessage === undefined ? {} : { status_msg: statusMessage }),
    };
  }

  #person(userId: UserId): PresentPerson {
    const known = this.#people.get(userId);
    if (known !== undefined) return known;
    const person = new PresentPerson();
    this.#people.set(userId, person);
    return person;
  }

  /** Who says or reads something is there. Only of who is known to be about: others have no device that would say so. */
  #follow(entries: readonly LogEntry[]): void {
    const now = this.#clock.now();
    for (const entry of entries) {
      const userId = actorOf(entry);
      const person = userId === undefined ? undefined : this.#people.get(userId);
      if (userId === undefined || person === undefined) continue;
      person.act(now);
      this.#tellIfOther(userId, now);
    }
  }

  #tellIfOther(userId: UserId, now: number): void {
    const person = this.#people.get(userId);
    if (person === undefined) return;
    const { presence, statusMessage } = person.at(now);
    if (presence === person.told.presence && statusMessage === person.told.statusMessage) return;
    person.told = { presence, statusMessage };
    for (const listener of this.#listeners) listener(userId);
  }
}

const actorOf = (entry: LogEntry): UserId | undefined => {
  if (entry.kind === 'event') return entry.pdu.sender;
  return entry.kind === 'receipt' ? entry.userId : undefined;
};
