import { areConfirmed, custodianOf, type PlacedCustodian } from '@byline/core/identity/custody/custodian-set.ts';
import {
  openingStatement,
  registrationStatement,
  setHash,
  setStatement,
} from '@byline/core/identity/custody/statements.ts';
import { faultOf, faultOfRequest, handOver, readField } from '@byline/core/identity/custody/opening.ts';
import type { CustodianKeys } from '@byline/core/sealing/custodian-key-file.ts';
import { createKeyPair, type SealingKeyPair } from '@byline/core/sealing/sealing-key.ts';
import { signText } from '@byline/core/sealing/signing-key.ts';
import {
  confirmCustodians,
  type ConfirmedSet,
  type CustodianKey,
  type CustodianSet,
  type CustodyField,
  getCustody,
  registerCustodianKey,
} from '@byline/protocol/byline/custody.ts';
import { UserId } from '@byline/protocol/ids.ts';
import {
  askOpening,
  closeOpening,
  describeOpening,
  handOverShares,
  joinOpening,
  listOpenings,
  listOrders,
  type Opening,
  type OpeningRequest,
  type Order,
  readOpening,
} from '@byline/protocol/byline/opening.ts';
import type { CustodyCalls } from './custody-calls.ts';
import { CustodyFault } from './custody-fault.ts';

/** An opening that one has asked for: the key that reads it is in this page alone. */
export interface AskedOpening {
  readonly opening: Opening;
  readonly recipient: SealingKeyPair;
}

/** A field as it was opened. */
export interface OpenedField {
  readonly field: CustodyField;
  readonly value: string;
}

/**
 * A custodian at work, with both keys open in this browser. It believes the server nothing that it can check: who the
 * custodians are, what an order says, and who asked are all verified by signatures before anything is given.
 */
export class Custodian {
  readonly #api: CustodyCalls;
  readonly #userId: UserId;
  readonly #keys: CustodianKeys;
  readonly #now: () => number;

  constructor(parts: {
    readonly api: CustodyCalls;
    readonly userId: string;
    readonly keys: CustodianKeys;
    readonly now?: () => number;
  }) {
    this.#api = parts.api;
    this.#userId = UserId.parse(parts.userId);
    this.#keys = parts.keys;
    this.#now = parts.now ?? Date.now;
  }

  /** Registers one's public keys. Throws `ApiError`. */
  async register(): Promise<CustodianKey> {
    const public_key = this.#keys.sealing.publicKey;
    const signing_key = this.#keys.signing.publicKey;
    const statement = registrationStatement({ user_id: this.#userId, public_key, signing_key });
    const signature = await signText(this.#keys.signing, statement);
    return this.#api.call(registerCustodianKey, { body: { public_key, signing_key, signature } });
  }

  /**
   * Confirms a set whose people and fingerprints the caller has shown to the custodian. Tells whether it holds now.
   *
   * @throws CustodyFault when the sets before it are not confirmed; ApiError
   */
  async confirm(set: CustodianSet): Promise<boolean> {
    const { sets } = await this.#api.call(getCustody);
    const last = sets.at(-1)?.set;
    const follows = last === undefined ? undefined : await setHash(last);
    if (set.previous !== follows || (sets.length > 0 && !(await areConfirmed(sets))))
      throw new CustodyFault('unconfirmed-custodians');
    const signature = await signText(this.#keys.signing, setStatement(set));
    const { holds } = await this.#api.call(confirmCustodians, { params: { number: set.number }, body: { signature } });
    return holds;
  }

  /** Asks for an opening, to read it oneself. Throws `CustodyFault` when the order does not say so, `ApiError`. */
  async ask(orderId: Order['content']['id'], fields: readonly CustodyField[]): Promise<AskedOpening> {
    const order = await this.#order(orderId);
    const record = await this.#api.call(describeOpening, { params: { id: orderId } });
    const { set } = await this.#ownSet(record.set);
    const recipient = await createKeyPair();
    const request: OpeningRequest = {
      ...record,
      order_hash: order.hash,
      fields: [...fields],
      recipient_key: recipient.publicKey,
    };
    const fault = await faultOfRequest(request, order, set, this.#now());
    if (fault !== undefined) throw new CustodyFault(fault);
    const signature = await this.#sign(request);
    const opening = await this.#api.call(askOpening, { body: { order: orderId, request, signature } });
    return { opening, recipient };
  }

  /**
   * Joins an opening that another custodian asked for, and hands over one's shares of the fields that it names.
   *
   * @throws CustodyFault when the order does not say so, or no custodian signed it; SealingError; ApiError
   */
  async join(opening: Opening): Promise<void> {
    const { request } = opening;
    const order = await this.#order(opening.order);
    const { set, own } = await this.#ownSet(request.set);
    const fault = await faultOf(opening, order, set, this.#now());
    if (fault !== undefined) throw new CustodyFault(fault);
    const params = { id: opening.id };
    const signature = await this.#sign(request);
    const { shares } = await this.#api.call(joinOpening, { params, body: { signature } });
    const named = shares.filter(({ field }) => request.fields.includes(field));
    const sealed = await Promise.all(
      named.map(async (one) => ({
        field: one.field,
        sealed: await handOver(this.#keys.sealing, own, request, one),
      })),
    );
    await this.#api.call(handOverShares, { params, body: { shares: sealed } });
  }

  /** Reads what one asked for, when another custodian has joined. Throws `SealingError`, `ApiError`. */
  async read({ opening, recipient }: AskedOpening): Promise<OpenedField[]> {
    const { request } = opening;
    const { set, own: reader } = await this.#ownSet(request.set);
    const { openings } = await this.#api.call(listOpenings);
    const joined = openings.find(({ id }) => id === opening.id)?.joined;
    const other = joined && custodianOf(set, joined.user_id);
    if (other === undefined) throw new CustodyFault('not-joined');
    const { fields } = await this.#api.call(readOpening, { params: { id: opening.id } });
    const keys = { own: this.#keys.sealing, recipient };
    return Promise.all(
      fields.map(async (one) => ({
        field: one.field,
        value: await readField(keys, { reader, other }, request, one),
      })),
    );
  }

  /** Ends an opening. Throws `ApiError`. */
  async close({ id }: Pick<Opening, 'id'>): Promise<void> {
    await this.#api.call(closeOpening, { params: { id } });
  }

  async #order(id: Order['content']['id']): Promise<Order> {
    const { orders } = await this.#api.call(listOrders);
    const found = orders.find(({ content }) => content.id === id);
    if (found === undefined) throw new CustodyFault('not-covered');
    return found;
  }

  async #sign(request: OpeningRequest): Promise<string> {
    return signText(this.#keys.signing, openingStatement(this.#userId, request));
  }

  /** A set in which one's own two keys are: one has signed it oneself, so no server made it up. */
  async #ownSet(number: number): Promise<{ readonly set: CustodianSet; readonly own: PlacedCustodian }> {
    const { sets } = await this.#api.call(getCustody);
    return ownSet(sets, number, this.#userId, this.#keys);
  }
}

/** Throws `CustodyFault` unless the set is confirmed and has just these keys under that name. */
export const ownSet = async (
  sets: readonly ConfirmedSet[],
  number: number,
  userId: UserId,
  { sealing, signing }: CustodianKeys,
): Promise<{ readonly set: CustodianSet; readonly own: PlacedCustodian }> => {
  const upTo = sets.filter(({ set }) => set.number <= number);
  const set = upTo.at(-1)?.set;
  const own = set && custodianOf(set, userId);
  const isMine = own?.public_key === sealing.publicKey && own.signing_key === signing.publicKey;
  if (set?.number !== number || own === undefined || !isMine || !(await areConfirmed(upTo)))
    throw new CustodyFault('unconfirmed-custodians');
  return { set, own };
};
