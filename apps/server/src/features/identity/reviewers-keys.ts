import { fingerprintOf, keyIdOf } from '@byline/core/sealing/sealing-key.ts';
import { DomainError, type UserId } from '@byline/protocol';
import type { ReviewersKey } from '@byline/protocol/byline/reviewers-key.ts';
import type { KeyId } from '@byline/protocol/byline/sealed.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Engine } from '../../platform/engine/engine.ts';
import { Turns } from '../../platform/turns.ts';
import type { Staff } from '../provider/service.ts';
import type { KeyStore } from './key-store.ts';
import type { ReviewersKeyRow } from './tables.ts';

/** What is sealed. */
export type SealedThing = 'identity' | 'evidence';

interface ReviewersKeysParts {
  readonly store: KeyStore;
  readonly engine: Engine;
  readonly staff: Staff;
  readonly clock: Clock;
}

/** Says to which key of the reviewers what is sealed while it is under review, and knows only public keys. */
export class ReviewersKeys {
  readonly #store: KeyStore;
  readonly #engine: Engine;
  readonly #staff: Staff;
  readonly #clock: Clock;
  readonly #turns = new Turns();
  #reviewers: ReviewersKey | undefined;

  private constructor({ store, engine, staff, clock }: ReviewersKeysParts, reviewers: ReviewersKey | undefined) {
    this.#store = store;
    this.#engine = engine;
    this.#staff = staff;
    this.#clock = clock;
    this.#reviewers = reviewers;
  }

  static async open(parts: ReviewersKeysParts): Promise<ReviewersKeys> {
    const newest = await parts.store.newest();
    return new ReviewersKeys(parts, newest === undefined ? undefined : keyOf(newest));
  }

  /** The id of that key; `undefined`: there is none yet. */
  kidFor(_thing: SealedThing): KeyId | undefined {
    return this.#reviewers?.kid;
  }

  /** The key to which such a thing is sealed now. Throws `BYLINE_NO_REVIEWERS_KEY`, with what `asker` can do about it. */
  keyFor(_thing: SealedThing, asker: UserId): ReviewersKey {
    if (this.#reviewers !== undefined) return this.#reviewers;
    throw new DomainError('BYLINE_NO_REVIEWERS_KEY', this.#whyNot(asker));
  }

  /** Throws unless something was sealed to the key that holds now: `BYLINE_NO_REVIEWERS_KEY`, `M_INVALID_PARAM`. */
  requireCurrent(thing: SealedThing, kid: KeyId, asker: UserId): void {
    const current = this.keyFor(thing, asker).kid;
    if (kid === current) return;
    throw new DomainError(
      'M_INVALID_PARAM',
      "The reviewers' key has changed. Please seal this again with the present key.",
      { kid: current },
    );
  }

  /**
   * Makes a key the one to which things are sealed from now on.
   *
   * @throws DomainError `BYLINE_ROLE_REQUIRED`, `M_INVALID_PARAM` when it is not the key that `kid` names
   */
  async register(by: UserId, publicKey: string, kid: KeyId | undefined): Promise<ReviewersKey> {
    this.#requireKeeper(by);
    const known = await keyIdOf(publicKey);
    if (kid !== undefined && kid !== known)
      throw new DomainError('M_INVALID_PARAM', 'This key has another id. Please make a new key.');
    const row = {
      kid: known,
      public_key: publicKey,
      fingerprint: await fingerprintOf(publicKey),
      registered_by: by,
      registered_at: this.#clock.now(),
    };
    return this.#turns.take(async () => {
      await this.#engine.transaction((writer) => this.#store.put(writer, row));
      this.#reviewers = keyOf(row);
      return this.#reviewers;
    });
  }

  #requireKeeper(userId: UserId): void {
    if (!this.#staff.hasRole(userId, 'reviewer')) this.#staff.requireRole(userId, 'administrator');
  }

  #whyNot(asker: UserId): string {
    const isStaff = this.#staff.rolesOf(asker).some((role) => role === 'administrator' || role === 'reviewer');
    return isStaff
      ? "There is no reviewers' key yet, so nothing can be sealed and nobody can apply. Make one at the desk, or with: npm run byline -- keys new"
      : 'This provider can not take applications yet, because it has no key to seal them with. Please try again later.';
  }
}

const keyOf = ({ kid, public_key, fingerprint, registered_at }: Omit<ReviewersKeyRow, 'number'>): ReviewersKey => ({
  kid,
  public_key,
  fingerprint,
  registered_at,
});
