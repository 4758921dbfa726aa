import { DomainError, type UserId } from '@byline/protocol';
import type { SealedIdentity } from '@byline/protocol/byline/applications.ts';
import type { CustodianSet, StandingRecord } from '@byline/protocol/byline/custody.ts';
import type { ApplicationId } from '@byline/protocol/byline/identity.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Writer } from '../../../platform/engine/engine.ts';
import type { IdentityStore } from '../identity-store.ts';
import type { Custodians } from './custodians.ts';
import type { RecordStore } from './record-store.ts';

/** An identity that is being approved. */
export interface ApprovedIdentity {
  readonly application: ApplicationId;
  readonly applicant: UserId;
  /** The public account; `null`: they applied for themselves. */
  readonly accountId: string | null;
  /** As it was reviewed, sealed to the reviewers' key. */
  readonly sealed: SealedIdentity;
}

interface StandingIdentitiesParts {
  readonly custodians: Custodians;
  readonly records: RecordStore;
  readonly identities: IdentityStore;
  readonly clock: Clock;
}

/** Identities that were approved. Custodians hold them together; while there are none, they stay as they were reviewed. */
export class StandingIdentities {
  readonly #custodians: Custodians;
  readonly #records: RecordStore;
  readonly #identities: IdentityStore;
  readonly #clock: Clock;

  constructor({ custodians, records, identities, clock }: StandingIdentitiesParts) {
    this.#custodians = custodians;
    this.#records = records;
    this.#identities = identities;
    this.#clock = clock;
  }

  /**
   * Keeps an identity with its approval, in the same transaction.
   *
   * @param standing sealed to the custodians who hold identities now
   * @throws DomainError `M_MISSING_PARAM` when custody is set up and there is none, `M_INVALID_PARAM` when it is not set up, or
   *   it is sealed to others or holds other fields than what was reviewed
   */
  async keep(writer: Writer, approved: ApprovedIdentity, standing: StandingRecord | undefined): Promise<void> {
    const set = await this.#custodians.current(writer);
    const approved_at = this.#clock.now();
    const { application: application_id, applicant: user_id, accountId: account_id, sealed } = approved;
    const identity = { application_id, user_id, approved_at };
    if (set === undefined) {
      if (standing !== undefined) throw wrong('Custody is not set up, so there is nobody to seal this to.');
      await this.#identities.insert(writer, { ...identity, sealed: JSON.stringify(sealed) });
      return;
    }
    if (standing === undefined)
      throw new DomainError(
        'M_MISSING_PARAM',
        'An approved identity is sealed to the custodians. Please update Byline and approve again.',
        { set: set.number },
      );
    requireWhole(set, standing, sealed);
    await this.#identities.insert(writer, { ...identity, sealed: null });
    const { version } = standing;
    const row = { application_id, user_id, account_id, version, set_number: set.number, sealed_at: approved_at };
    await this.#records.insert(writer, row, standing.fields);
  }

  /** Forgets what somebody showed for themselves alone. */
  async forgetPersonal(writer: Writer, userId: UserId): Promise<void> {
    await this.#records.removePersonal(writer, userId);
    await this.#identities.removePersonal(writer, userId);
  }
}

/** What can be told of a record without opening it: each field that was reviewed, a share for each custodian and no other. */
const requireWhole = (set: CustodianSet, standing: StandingRecord, reviewed: SealedIdentity): void => {
  if (standing.set !== set.number)
    throw wrong('The custodians have changed. Please approve again, so that it is sealed to the present ones.', set);
  if (standing.version !== 1) throw wrong('The first version of a record is 1.');
  const names = standing.fields.map(({ field }) => field);
  if (names.toSorted().join(' ') !== reviewed.fields.toSorted().join(' '))
    throw wrong('The sealed fields are not those that were reviewed.');
  for (const { shares } of standing.fields) {
    const isWhole = set.custodians.every(({ user_id, kid }, index) => {
      const share = shares[index];
      return share?.custodian === user_id && share.parts.length === 1 && share.parts[0]?.sealed.kid === kid;
    });
    if (!isWhole || shares.length !== set.custodians.length)
      throw wrong('There must be one share for each custodian, in their order.');
  }
};

const wrong = (message: string, set?: CustodianSet): DomainError =>
  new DomainError('M_INVALID_PARAM', message, set === undefined ? {} : { set: set.number });
