import {
  CROSS_SIGNING_USAGES,
  type CrossSigningFault,
  type CrossSigningKeys,
  type CrossSigningUsage,
  faultOfCrossSigningKey,
  publicKeyOf,
} from '@byline/core/keys/cross-signing-keys.ts';
import { isSameKey } from '@byline/core/keys/device-keys.ts';
import { DomainError, type UserId } from '@byline/protocol';
import type { CrossSigningKey } from '@byline/protocol/matrix/cross-signing.ts';
import type { AuthenticationData } from '@byline/protocol/matrix/user-interactive-auth.ts';
import type { Session } from '../../platform/http/session.ts';
import type { Batch } from '../../platform/log/batch.ts';
import type { Log } from '../../platform/log/log.ts';
import type { Sessions } from '../sessions/service.ts';
import type { DeviceLists, RoomsOfUser } from './device-lists.ts';
import { requireFittingKey } from './key-size.ts';
import type { PublishedKeyStore } from './published-key-store.ts';

/** The body of `POST /keys/device_signing/upload`. */
export interface CrossSigningUpload {
  readonly auth?: AuthenticationData | undefined;
  readonly master_key?: CrossSigningKey | undefined;
  readonly self_signing_key?: CrossSigningKey | undefined;
  readonly user_signing_key?: CrossSigningKey | undefined;
}

/** Resolves with what was asked for once the password was shown; throws `AuthenticationChallenge` until it was. */
export type Confirm = (
  operation: string,
  session: Session,
  body: CrossSigningUpload,
) => Promise<Omit<CrossSigningUpload, 'auth'>>;

export interface CrossSigningParts {
  readonly store: PublishedKeyStore;
  readonly log: Log;
  readonly lists: DeviceLists;
  readonly sessions: Pick<Sessions, 'devices'>;
  readonly confirm: Confirm;
}

/** The keys by which users vouch for their devices and for each other (specification: "Cross-signing"). */
export class CrossSigning {
  readonly #store: PublishedKeyStore;
  readonly #log: Log;
  readonly #lists: DeviceLists;
  readonly #sessions: CrossSigningParts['sessions'];
  readonly #confirm: Confirm;

  constructor({ store, log, lists, sessions, confirm }: CrossSigningParts) {
    this.#store = store;
    this.#log = log;
    this.#lists = lists;
    this.#sessions = sessions;
    this.#confirm = confirm;
  }

  /**
   * Keeps a user's cross-signing keys. The first ones, and those that are kept already, need no password; others do, and
   * so does a request without keys, by which clients find out how they could replace them.
   *
   * @throws AuthenticationChallenge; DomainError `M_INVALID_PARAM`, `M_INVALID_SIGNATURE`, `M_TOO_LARGE`, `M_MISSING_PARAM` without a master
   *   key, `M_FORBIDDEN` for a key that bears the name of a device.
   */
  async upload(session: Session, body: CrossSigningUpload): Promise<void> {
    const given = keysIn(body);
    if (Object.keys(given).length > 0 && (await this.#keep(session.userId, given, 'unconfirmed'))) return;
    await this.#keep(
      session.userId,
      keysIn(await this.#confirm('replace cross-signing keys', session, body)),
      'confirmed',
    );
  }

  /** Forgets a user's keys, because the account is closed. */
  async forget(userId: UserId): Promise<void> {
    const rooms = await this.#lists.roomsOf(userId);
    await this.#log.append(async (batch) => {
      const present = await this.#present(batch, userId);
      if (Object.keys(present).length === 0) return;
      await this.#discard(batch, userId, present, CROSS_SIGNING_USAGES);
      this.#lists.place(batch, rooms);
    });
  }

  /** Tells whether it is done; if not, it has to be confirmed. */
  async #keep(userId: UserId, given: CrossSigningKeys, how: 'confirmed' | 'unconfirmed'): Promise<boolean> {
    const devices = await this.#sessions.devices(userId);
    requireOwnNames(
      given,
      devices.map((device) => device.device_id),
    );
    const rooms = await this.#lists.roomsOf(userId);
    return this.#log.append(async (batch) => {
      const present = await this.#present(batch, userId);
      requireSound(given, present.master, userId);
      const fresh = freshOf(given, present);
      if (fresh.length === 0) return true;
      if (how === 'unconfirmed' && present.master !== undefined) return false;
      await this.#replace(batch, rooms, given, present);
      return true;
    });
  }

  async #replace(batch: Batch, rooms: RoomsOfUser, given: CrossSigningKeys, present: CrossSigningKeys): Promise<void> {
    const { userId } = rooms;
    const fresh = freshOf(given, present);
    // The other keys were signed by the master key that goes, so they go with it.
    const gone = fresh.includes('master') ? CROSS_SIGNING_USAGES : fresh;
    await this.#discard(batch, userId, present, gone);
    await batch.atOnce(async (writer) => {
      for (const usage of gone) {
        const key = given[usage];
        if (key !== undefined) await this.#store.upsertCrossSigning(writer, userId, usage, key);
      }
    });
    this.#lists.place(batch, rooms);
  }

  /** Forgets keys, what they have signed, and what was signed of them. */
  async #discard(
    batch: Batch,
    userId: UserId,
    present: CrossSigningKeys,
    usages: readonly CrossSigningUsage[],
  ): Promise<void> {
    const keyIds = usages.flatMap((usage) => {
      const key = present[usage];
      return key === undefined ? [] : [publicKeyOf(key) ?? ''];
    });
    await batch.atOnce(async (writer) => {
      await this.#store.deleteSignatures(writer, userId, keyIds);
      await this.#store.deleteCrossSigning(writer, userId, usages);
    });
  }

  async #present(batch: Batch, userId: UserId): Promise<CrossSigningKeys> {
    const found = await batch.read((writer) => this.#store.crossSigning([userId], writer));
    return found.get(userId) ?? {};
  }
}

const keysIn = (body: Omit<CrossSigningUpload, 'auth'>): CrossSigningKeys => ({
  ...(body.master_key === undefined ? {} : { master: body.master_key }),
  ...(body.self_signing_key === undefined ? {} : { self_signing: body.self_signing_key }),
  ...(body.user_signing_key === undefined ? {} : { user_signing: body.user_signing_key }),
});

/** The uses for which another key is given than there is. */
const freshOf = (given: CrossSigningKeys, present: CrossSigningKeys): readonly CrossSigningUsage[] =>
  CROSS_SIGNING_USAGES.filter((usage) => {
    const [key, kept] = [given[usage], present[usage]];
    return key !== undefined && (kept === undefined || !isSameKey(key, kept));
  });

const requireSound = (given: CrossSigningKeys, present: CrossSigningKey | undefined, userId: UserId): void => {
  if ((given.master ?? present) === undefined) throw FAULTS['without a master key']();
  for (const usage of CROSS_SIGNING_USAGES) {
    const key = given[usage];
    if (key !== undefined) requireFittingKey(key);
    const fault = key === undefined ? undefined : faultOfCrossSigningKey(key, usage, userId, given.master ?? present);
    if (fault !== undefined) throw FAULTS[fault]();
  }
};

const requireOwnNames = (given: CrossSigningKeys, deviceIds: readonly string[]): void => {
  const names = Object.values(given).map((key) => publicKeyOf(key));
  if (names.some((name) => name !== undefined && deviceIds.includes(name)))
    throw new DomainError('M_FORBIDDEN', 'A key bears the name of one of your devices.');
};

const FAULTS: Readonly<Record<CrossSigningFault, () => DomainError>> = {
  'of another user': () => new DomainError('M_INVALID_PARAM', 'A key is of another user.'),
  'of another use': () => new DomainError('M_INVALID_PARAM', 'A key is not meant for this use.'),
  'not one Ed25519 key': () =>
    new DomainError('M_INVALID_PARAM', 'A cross-signing key must be one Ed25519 key under its own name.'),
  'without a master key': () => new DomainError('M_MISSING_PARAM', 'You have no master key. Please upload one first.'),
  'not signed by the master key': () =>
    new DomainError('M_INVALID_SIGNATURE', 'A key is not signed by your master key.'),
};
