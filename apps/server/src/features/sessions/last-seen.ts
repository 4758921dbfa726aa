import type { DeviceId } from '@byline/protocol';
import type { Logger } from 'pino';
import type { Session } from '../../platform/http/session.ts';
import type { DeviceRow, SessionStore } from './store.ts';

type Seen = Pick<DeviceRow, 'user_id' | 'device_id' | 'last_seen_at'>;

const INTERVAL = 60_000;

/** Gathers when devices were seen, and writes it together from time to time, so that no request waits for it. */
export class LastSeen {
  readonly #store: SessionStore;
  readonly #logger: Logger;
  readonly #timer: NodeJS.Timeout;
  #seen = new Map<string, Seen>();
  #writing: Promise<void> = Promise.resolve();

  constructor(store: SessionStore, logger: Logger) {
    this.#store = store;
    this.#logger = logger;
    this.#timer = setInterval(() => this.#write(), INTERVAL).unref();
  }

  note({ userId, deviceId }: Session, at: number): void {
    this.#seen.set(keyOf(userId, deviceId), { user_id: userId, device_id: deviceId, last_seen_at: at });
  }

  /** When a device was last seen, where that is not written yet. */
  of(userId: string, deviceId: DeviceId): number | undefined {
    return this.#seen.get(keyOf(userId, deviceId))?.last_seen_at;
  }

  /** Writes what was gathered, and nothing after that. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#write();
    await this.#writing;
  }

  #write(): void {
    if (this.#seen.size === 0) return;
    const seen = [...this.#seen.values()];
    this.#seen = new Map();
    this.#writing = this.#writing
      .then(() => this.#store.writeLastSeen(seen))
      .catch((error: unknown) => this.#logger.warn({ err: error }, 'when devices were last seen could not be written'));
  }
}

const keyOf = (userId: string, deviceId: string): string => `${userId} ${deviceId}`;
