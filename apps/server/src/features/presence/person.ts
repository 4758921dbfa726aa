import type { DeviceId } from '@byline/protocol';
import type { PresenceState } from '@byline/protocol/matrix/presence.ts';

/** A device that asks for news asks again within a minute; who has not for longer has gone. */
const GONE_AFTER_MS = 90_000;
/** Who has done nothing for so long is not there, though their device is. */
const IDLE_AFTER_MS = 5 * 60_000;
/** For so long it is known when somebody was last there. */
const KNOWN_FOR_MS = 24 * 60 * 60_000;

interface SeenDevice {
  readonly as: PresenceState;
  at: number;
}

/** What others see of somebody. */
export interface Appearance {
  readonly presence: PresenceState;
  readonly statusMessage: string | undefined;
}

/** One user's presence: what they chose, what their devices say, and when they last did something. */
export class PresentPerson {
  readonly #devices = new Map<DeviceId, SeenDevice>();
  /** What they chose, where it is not simply to be there: `unavailable` until they do something, `offline` until they say so. */
  #chosen: 'unavailable' | 'offline' | undefined;
  #statusMessage: string | undefined;
  #activeAt: number | undefined;
  /** What others were told last. */
  told: Appearance = NOBODY;

  /** When they last did something; `undefined`: not since the server began. */
  get activeAt(): number | undefined {
    return this.#activeAt;
  }

  /** A device has asked for news. One that wants nobody to know of it says `offline`. False: it is there as it was. */
  seen(deviceId: DeviceId, as: PresenceState, now: number): boolean {
    const before = this.#devices.get(deviceId);
    if (before?.as === as && isPresent(before, now)) {
      before.at = now;
      return false;
    }
    if (as === 'offline') this.#devices.delete(deviceId);
    else this.#devices.set(deviceId, { as, at: now });
    const wasThere = before !== undefined && before.as === 'online' && isPresent(before, now);
    // Who comes back has done something by that; who stays has not.
    if (as === 'online' && !wasThere) this.#activeAt = now;
    for (const [id, device] of this.#devices) if (!isPresent(device, now)) this.#devices.delete(id);
    return true;
  }

  choose(presence: PresenceState, statusMessage: string | undefined, deviceId: DeviceId, now: number): void {
    this.#chosen = presence === 'online' ? undefined : presence;
    this.#statusMessage = statusMessage;
    if (presence === 'offline') return;
    this.#activeAt = now;
    this.#devices.set(deviceId, { as: 'online', at: now });
  }

  /** They have done something that others see. */
  act(now: number): void {
    this.#activeAt = now;
    if (this.#chosen === 'unavailable') this.#chosen = undefined;
  }

  /** How they are seen at a time. */
  at(now: number): Appearance {
    return { presence: this.#presenceAt(now), statusMessage: this.#statusMessage };
  }

  /** Whether there is nothing left to say of them. */
  isForgotten(now: number): boolean {
    const isLong = (this.#activeAt ?? 0) < now - KNOWN_FOR_MS;
    return isLong && this.#statusMessage === undefined && this.#chosen === undefined && this.#isAway(now);
  }

  #presenceAt(now: number): PresenceState {
    if (this.#chosen === 'offline' || this.#isAway(now)) return 'offline';
    const isOnline = this.#present(now).some(({ as }) => as === 'online');
    return this.#chosen === undefined && isOnline && !this.#isIdle(now) ? 'online' : 'unavailable';
  }

  #isAway(now: number): boolean {
    return this.#present(now).length === 0;
  }

  #isIdle(now: number): boolean {
    return (this.#activeAt ?? 0) <= now - IDLE_AFTER_MS;
  }

  #present(now: number): SeenDevice[] {
    return [...this.#devices.values()].filter((device) => isPresent(device, now));
  }
}

const isPresent = ({ at }: SeenDevice, now: number): boolean => at > now - GONE_AFTER_MS;

const NOBODY: Appearance = { presence: 'offline', statusMessage: undefined };
