import { DomainError, type UserId } from '@byline/protocol';
import type { CustodianSet } from '@byline/protocol/byline/custody.ts';
import { type ApplicationId, IDENTITY_FIELDS } from '@byline/protocol/byline/identity.ts';
import type { dealRecord, nextToDeal, RecordToDeal, Resealing } from '@byline/protocol/byline/resealing.ts';
import type { z } from 'zod';
import type { Clock } from '../../../platform/clock.ts';
import type { Engine } from '../../../platform/engine/engine.ts';
import type { Staff } from '../../provider/service.ts';
import { type Custodians, isIn } from './custodians.ts';
import { noSuchIdentity } from './orders.ts';
import type { RecordStore } from './record-store.ts';
import type { ResealingStore } from './resealing-store.ts';
import type { ResealingRow } from './tables.ts';

export interface ResealingsParts {
  readonly store: ResealingStore;
  readonly records: RecordStore;
  readonly custodians: Custodians;
  readonly staff: Staff;
  readonly engine: Engine;
  readonly clock: Clock;
}

type DealtRecord = z.output<(typeof dealRecord)['body']>;
type DealingPlace = z.output<(typeof nextToDeal)['query']>;

/**
 * Brings what earlier custodians hold to the present ones. Two of the earlier deal each record anew, each for themselves;
 * a record changes hands in one transaction, when both have. So it can be stopped and taken up at any moment.
 */
export class Resealings {
  readonly #parts: ResealingsParts;

  constructor(parts: ResealingsParts) {
    this.#parts = parts;
  }

  /**
   * Names who deals the records of an earlier set. Naming others begins anew what is not finished.
   *
   * @throws DomainError `BYLINE_ROLE_REQUIRED`, `M_NOT_FOUND`, `M_INVALID_PARAM` for who is not two custodians of that set
   */
  async start(by: UserId, from: number, dealers: readonly UserId[]): Promise<Resealing> {
    const { store, staff, custodians, engine, clock } = this.#parts;
    staff.requireRole(by, 'administrator');
    const set = await custodians.set(from);
    const current = await custodians.current();
    const [one, other] = dealers;
    if (set === undefined || current === undefined || set.number === current.number)
      throw new DomainError('M_NOT_FOUND', 'There are no earlier custodians of that number.');
    if (one === undefined || other === undefined || one === other || !dealers.every((dealer) => isIn(set, dealer)))
      throw new DomainError('M_INVALID_PARAM', 'Name two custodians of that set.');
    for (const dealer of dealers) custodians.requireCustodian(dealer);
    const row = { from_set: from, to_set: current.number, one, other, started_by: by, started_at: clock.now() };
    await engine.transaction((writer) => store.put(writer, row));
    return this.#view(row);
  }

  /** How far each has come. Throws `BYLINE_ROLE_REQUIRED`. */
  async list(by: UserId): Promise<Resealing[]> {
    this.#parts.custodians.requireOverseer(by);
    return Promise.all((await this.#parts.store.all()).map((row) => this.#view(row)));
  }

  /** The next records that a dealer has still to deal. Throws `BYLINE_ROLE_REQUIRED`, `M_NOT_FOUND`, `M_FORBIDDEN`. */
  async next(by: UserId, from: number, { after, limit }: DealingPlace) {
    const { store, records } = this.#parts;
    const { to, partner } = await this.#requireDealer(by, from);
    const rows = await store.toDeal(from, by, after, limit);
    const views = rows.map(async ({ application_id, version }): Promise<RecordToDeal> => {
      const shares = await records.sharesOf(application_id, by, IDENTITY_FIELDS);
      return { application: application_id, version, shares };
    });
    return { to: to.number, with: partner, records: await Promise.all(views) };
  }

  /**
   * Takes what a dealer dealt of one record. Tells whether both have, so that the record has changed hands.
   *
   * @throws DomainError `BYLINE_ROLE_REQUIRED`, `M_NOT_FOUND`, `M_FORBIDDEN`, `M_BAD_STATE` when the record is another by now,
   *   `M_INVALID_PARAM` for what is not one part of each field for each present custodian
   */
  async deal(by: UserId, from: number, id: ApplicationId, dealt: DealtRecord): Promise<boolean> {
    const { store, records, engine } = this.#parts;
    const { to, partner } = await this.#requireDealer(by, from);
    return engine.transaction(async (writer) => {
      const row = await store.lock(writer, id);
      if (row === undefined) throw noSuchIdentity();
      if (row.set_number !== from || row.version !== dealt.version || dealt.to !== to.number)
        throw new DomainError(
          'M_BAD_STATE',
          'This record was dealt already, or has changed. Please go on with others.',
        );
      requireComplete(to, await records.fieldNames(id, writer), dealt);
      const parts = dealt.parts.map(({ field, custodian, sealed }) => ({
        application_id: id,
        field,
        custodian,
        dealt_by: by,
        sealed: JSON.stringify(sealed),
      }));
      await store.deal(writer, by, id, parts);
      if (!(await store.isDealtBy(writer, partner, id))) return false;
      await store.finish(writer, id, to.number);
      return true;
    });
  }

  async #requireDealer(by: UserId, from: number): Promise<{ readonly to: CustodianSet; readonly partner: UserId }> {
    const { store, custodians } = this.#parts;
    custodians.requireCustodian(by);
    const to = await custodians.current();
    const row = to && (await store.find(from, to.number));
    if (to === undefined || row === undefined)
      throw new DomainError('M_NOT_FOUND', 'Nobody is named to deal these records to the present custodians.');
    if (by !== row.one && by !== row.other)
      throw new DomainError('M_FORBIDDEN', 'Others are named to deal these records.');
    return { to, partner: by === row.one ? row.other : row.one };
  }

  async #view({ from_set, to_set, one, other }: ResealingRow): Promise<Resealing> {
    const { store } = this.#parts;
    const left = await store.left(from_set);
    const dealers = [one, other].map(async (user_id) => ({ user_id, dealt: await store.dealtBy(from_set, user_id) }));
    return { from: from_set, to: to_set, dealers: await Promise.all(dealers), left };
  }
}

const requireComplete = (to: CustodianSet, fields: readonly string[], { parts }: Pick<DealtRecord, 'parts'>): void => {
  const wanted = fields.flatMap((field) => to.custodians.map(({ kid, user_id }) => `${field} ${user_id} ${kid}`));
  const given = parts.map(({ field, custodian, sealed }) => `${field} ${custodian} ${sealed.kid}`);
  if (wanted.toSorted().join('\n') === given.toSorted().join('\n')) return;
  throw new DomainError('M_INVALID_PARAM', 'Deal one part of each field to each of the present custodians.');
};
