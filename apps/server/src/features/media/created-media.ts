import { DomainError, type UserId } from '@byline/protocol';
import { MediaId } from '@byline/protocol/matrix/media.ts';
import { randomBytes } from 'node:crypto';
import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/log/log.ts';
import { Arrivals, type Patience } from './arrivals.ts';
import type { CreatedMedia as Created, MediaStore } from './store.ts';

const MEDIA_ID_BYTES = 18;
/** What the specification recommends. */
const UNUSED_KEPT_MS = 24 * 60 * 60 * 1_000;
const MOST_UNUSED = 50;

export const newMediaId = (): MediaId => MediaId.parse(randomBytes(MEDIA_ID_BYTES).toString('base64url'));

/** Addresses that are given out before their files (specification, client-server API: `POST /media/v1/create`). */
export class CreatedMedia {
  readonly #store: MediaStore;
  readonly #log: Log;
  readonly #clock: Clock;
  readonly #arrivals = new Arrivals();

  constructor(parts: { readonly store: MediaStore; readonly log: Log; readonly clock: Clock }) {
    this.#store = parts.store;
    this.#log = parts.log;
    this.#clock = parts.clock;
  }

  /** Gives out an address. Throws `M_LIMIT_EXCEEDED` when the user has too many without files. */
  async create(creator: UserId): Promise<Created> {
    const now = this.#clock.now();
    const created = { mediaId: newMediaId(), creator, expiresAt: now + UNUSED_KEPT_MS };
    const free = await this.#log.append((batch) =>
      batch.atOnce((writer) => this.#store.addCreated(writer, created, now, MOST_UNUSED)),
    );
    if (free === undefined) return created;
    throw new DomainError('M_LIMIT_EXCEEDED', 'Please upload the files first for which you have asked already.', {
      retry_after_ms: free - now,
    });
  }

  /**
   * Throws unless a user may upload a file to an address now: `M_CANNOT_OVERWRITE_MEDIA` when it has one, `M_NOT_FOUND` when
   * it was not given out or has expired, `M_FORBIDDEN` when it was given to somebody else.
   */
  async requireOpen(userId: UserId, mediaId: MediaId): Promise<void> {
    const there = await this.#store.find(mediaId);
    const created = there === undefined ? await this.#store.findCreated(mediaId) : undefined;
    const owner = there?.uploader ?? created?.creator;
    if (owner === undefined) throw noSuchAddress();
    if (owner !== userId) throw new DomainError('M_FORBIDDEN', 'This address was given to somebody else.');
    if (there !== undefined) throw taken();
    if (created === undefined || created.expiresAt <= this.#clock.now()) throw noSuchAddress();
  }

  /** A file has come. */
  arrived(mediaId: MediaId): void {
    this.#arrivals.arrived(mediaId);
  }

  /** Waits for a file that is to come. Throws `M_NOT_YET_UPLOADED` when it has not. */
  async waitFor(mediaId: MediaId, patience: Patience): Promise<void> {
    const created = await this.#store.findCreated(mediaId);
    if (created === undefined || created.expiresAt <= this.#clock.now()) return;
    const isThere = async (): Promise<boolean> => (await this.#store.find(mediaId)) !== undefined;
    await this.#arrivals.wait(mediaId, patience, isThere);
    if (!(await isThere()))
      throw new DomainError('M_NOT_YET_UPLOADED', 'This file is not there yet. Please try again soon.');
  }

  /** Forgets addresses that were not used in time. */
  async removeExpired(): Promise<void> {
    const now = this.#clock.now();
    await this.#log.append((batch) => batch.atOnce((writer) => this.#store.removeExpired(writer, now)));
  }
}

export const taken = (): DomainError =>
  new DomainError('M_CANNOT_OVERWRITE_MEDIA', 'There is a file at this address already.');

const noSuchAddress = (): DomainError =>
  new DomainError('M_NOT_FOUND', 'This address was not given out, or not used in time. Please ask for another one.');
