import { custodianOf, holds, isConfirmation } from '@byline/core/identity/custody/custodian-set.ts';
import { registrationStatement, setHash } from '@byline/core/identity/custody/statements.ts';
import { fingerprintOf, keyIdOf } from '@byline/core/sealing/sealing-key.ts';
import { isSignedBy } from '@byline/core/sealing/signing-key.ts';
import { DomainError, type UserId } from '@byline/protocol';
import {
  type CustodianKey,
  type CustodianSet,
  type Custody,
  FEWEST_CUSTODIANS,
} from '@byline/protocol/byline/custody.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Engine, Writer } from '../../../platform/engine/engine.ts';
import type { Staff } from '../../provider/service.ts';
import type { CustodianStore, KnownSet } from './custodian-store.ts';
import type { CustodianKeyRow } from './tables.ts';

export interface CustodiansParts {
  readonly store: CustodianStore;
  readonly engine: Engine;
  readonly staff: Staff;
  readonly clock: Clock;
}

/** Who holds identities together. The server knows their public keys, and checks what they sign. */
export class Custodians {
  readonly #store: CustodianStore;
  readonly #engine: Engine;
  readonly #staff: Staff;
  readonly #clock: Clock;

  constructor({ store, engine, staff, clock }: CustodiansParts) {
    this.#store = store;
    this.#engine = engine;
    this.#staff = staff;
    this.#clock = clock;
  }

  /** Whether somebody is a custodian now: who also reviews or administers is none. */
  isCustodian(userId: UserId): boolean {
    const roles = this.#staff.rolesOf(userId);
    return roles.includes('custodian') && !roles.includes('administrator') && !roles.includes('reviewer');
  }

  /** Throws `BYLINE_ROLE_REQUIRED`. */
  requireCustodian(userId: UserId): void {
    this.#staff.requireRole(userId, 'custodian');
    if (this.isCustodian(userId)) return;
    throw new DomainError(
      'BYLINE_ROLE_REQUIRED',
      'A custodian neither reviews nor administers. Please have the other role taken from you first.',
      { role: 'custodian' },
    );
  }

  /** For those who watch over openings. Throws `BYLINE_ROLE_REQUIRED`. */
  requireOverseer(userId: UserId): void {
    if (!this.isCustodian(userId)) this.#staff.requireRole(userId, 'administrator');
  }

  /** All of it, for staff whom it concerns. Throws `BYLINE_ROLE_REQUIRED`. */
  async overview(by: UserId): Promise<Custody> {
    if (!this.#staff.hasRole(by, 'reviewer')) this.requireOverseer(by);
    const sets = await this.#store.sets();
    const keys = await this.#keysNow();
    const proposed = sets.find(({ holdsSince }) => holdsSince === null);
    const held = sets.filter(({ holdsSince }) => holdsSince !== null).map(publicOf);
    const toDo = this.#toDo(keys, held.length > 0, proposed);
    return {
      is_set_up: held.length > 0,
      keys: keys.map(({ registered_at, ...key }) => ({ ...key, registered_at })),
      sets: held,
      ...(toDo === undefined ? {} : { to_do: toDo }),
      ...(proposed === undefined ? {} : { proposed: publicOf(proposed) }),
    };
  }

  /** The set to which identities are sealed now; `undefined`: custody is not set up. */
  async current(writer?: Writer): Promise<CustodianSet | undefined> {
    const sets = await this.#store.sets(writer);
    return sets.findLast(({ holdsSince }) => holdsSince !== null)?.set;
  }

  /** A set that holds or held. */
  async set(number: number, writer?: Writer): Promise<CustodianSet | undefined> {
    const sets = await this.#store.sets(writer);
    return sets.find(({ set, holdsSince }) => set.number === number && holdsSince !== null)?.set;
  }

  /**
   * Keeps the keys of a custodian. Earlier ones stay good for what is sealed to them.
   *
   * @throws DomainError `BYLINE_ROLE_REQUIRED`, `M_INVALID_SIGNATURE`, `M_INVALID_PARAM` for keys of somebody else
   */
  async register(
    by: UserId,
    { public_key, signing_key, signature }: Omit<CustodianKey, 'user_id' | 'kid'> & { readonly signature: string },
  ): Promise<CustodianKey> {
    this.requireCustodian(by);
    const key = { user_id: by, public_key, signing_key };
    if (!(await isSignedBy(signing_key, registrationStatement(key), signature))) throw wrongSignature();
    const kid = await keyIdOf(public_key);
    const row = { ...key, kid, fingerprint: await fingerprintOf(public_key), registered_at: this.#clock.now() };
    await this.#engine.transaction(async (writer) => {
      const known = await this.#store.keys(writer);
      const there = known.find((one) => one.kid === kid || one.signing_key === signing_key);
      if (there === undefined) {
        await this.#store.addKey(writer, row);
        return;
      }
      if (there.user_id !== by || there.kid !== kid || there.signing_key !== signing_key)
        throw new DomainError('M_INVALID_PARAM', 'One of these keys is in use already. Please make new ones.');
    });
    return { ...key, kid };
  }

  /**
   * Proposes who holds identities together from now on, in this order.
   *
   * @throws DomainError `BYLINE_ROLE_REQUIRED`, `M_INVALID_PARAM` for who is no custodian or has no keys
   */
  async propose(by: UserId, userIds: readonly UserId[]): Promise<CustodianSet> {
    this.#staff.requireRole(by, 'administrator');
    if (new Set(userIds).size !== userIds.length) throw new DomainError('M_INVALID_PARAM', 'Somebody is named twice.');
    const keys = new Map((await this.#keysNow()).map((key) => [key.user_id, key]));
    const custodians = userIds.map((userId) => {
      const key = keys.get(userId);
      if (key === undefined)
        throw new DomainError('M_INVALID_PARAM', `${userId} is no custodian, or has registered no keys yet.`);
      const { user_id, kid, public_key, signing_key } = key;
      return { user_id, kid, public_key, signing_key };
    });
    return this.#engine.transaction(async (writer) => {
      const before = await this.current(writer);
      const set = {
        number: (before?.number ?? 0) + 1,
        ...(before === undefined ? {} : { previous: await setHash(before) }),
        custodians,
      };
      const row = { number: set.number, content: JSON.stringify(set), proposed_by: by, proposed_at: this.#clock.now() };
      const isPut = await this.#store.propose(writer, { ...row, holds_since: null });
      if (!isPut) throw new DomainError('M_BAD_STATE', 'Other custodians were confirmed meanwhile. Please look again.');
      return set;
    });
  }

  /**
   * Takes a custodian's signature of a proposed set. Tells whether it holds now.
   *
   * @throws DomainError `BYLINE_ROLE_REQUIRED`, `M_NOT_FOUND`, `M_INVALID_SIGNATURE`
   */
  async confirm(by: UserId, number: number, signature: string): Promise<boolean> {
    this.requireCustodian(by);
    return this.#engine.transaction(async (writer) => {
      const row = await this.#store.lock(writer, number);
      if (row === undefined || row.holds_since !== null)
        throw new DomainError('M_NOT_FOUND', 'No such custodians are proposed.');
      const previous = await this.current(writer);
      const { set } = await this.#proposed(writer, number);
      if (!(await isConfirmation(set, previous, { user_id: by, signature }))) throw wrongSignature();
      await this.#store.confirm(writer, { number, user_id: by, signature, at: this.#clock.now() });
      const isHeld = await holds(await this.#proposed(writer, number), previous);
      if (isHeld) await this.#store.hold(writer, number, this.#clock.now());
      return isHeld;
    });
  }

  async #proposed(writer: Writer, number: number): Promise<KnownSet> {
    const found = (await this.#store.sets(writer)).find(({ set }) => set.number === number);
    if (found === undefined) throw new Error('A set that is locked has gone.');
    return found;
  }

  /** The newest keys of each who is a custodian now. */
  async #keysNow(): Promise<CustodianKeyRow[]> {
    const newest = new Map((await this.#store.keys()).map((key) => [key.user_id, key]));
    return [...newest.values()].filter(({ user_id }) => this.isCustodian(user_id));
  }

  #toDo(keys: readonly CustodianKeyRow[], isSetUp: boolean, proposed: KnownSet | undefined): string | undefined {
    if (proposed !== undefined)
      return 'New custodians are proposed. Each of them confirms it, and two of those who hold identities now.';
    if (isSetUp) return undefined;
    const missing = FEWEST_CUSTODIANS - keys.length;
    return missing > 0
      ? `Custody is not set up: approved identities stay sealed to the reviewers' key alone. Name ${FEWEST_CUSTODIANS} custodians who neither review nor administer; ${missing} more must register their keys.`
      : 'Custody is not set up yet, but enough custodians have registered their keys. Propose them.';
  }
}

/** Whether somebody's keys are in a set. */
export const isIn = (set: CustodianSet, userId: UserId): boolean => custodianOf(set, userId) !== undefined;

const publicOf = ({ set, confirmations }: KnownSet) => ({ set, confirmations });

const wrongSignature = (): DomainError =>
  new DomainError('M_INVALID_SIGNATURE', 'The signature is not by this key, or of something else.');
