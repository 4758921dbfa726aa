import { DomainError, type UserId } from '@byline/protocol';
import { VouchId } from '@byline/protocol/byline/verification.ts';
import type { Vouch } from '@byline/protocol/byline/vouches.ts';
import { randomBytes } from 'node:crypto';
import type { Clock } from '../../../platform/clock.ts';
import type { Engine, Writer } from '../../../platform/engine/engine.ts';
import type { Accounts } from '../../publishing/service.ts';
import type { ApplicationStore } from '../application-store.ts';
import type { VerificationStore } from './store.ts';
import type { VouchRow } from './tables.ts';
import { hashOfCode, newCode, noSuchVouch, stateOf, vouchRefused } from './vouch.ts';
import { requireAnswering } from './vouching.ts';
import type { PresentedVouch, VouchStore } from './vouch-store.ts';

export interface VouchesParts {
  readonly vouches: VouchStore;
  readonly store: VerificationStore;
  readonly applications: ApplicationStore;
  readonly accounts: Accounts;
  readonly engine: Engine;
  readonly clock: Clock;
  /** Throws unless organisations may answer for others here. */
  readonly requireOn: () => Promise<void>;
}

/** How long a vouch can be presented. */
const PRESENTABLE_MS = 14 * 24 * 60 * 60_000;
const MOST_OPEN = 50;

/** The side of the organisation: it answers for its offices, sees for which, and takes its word back. */
export class Vouches {
  readonly #parts: VouchesParts;

  constructor(parts: VouchesParts) {
    this.#parts = parts;
  }

  /**
   * Gives the word of an organisation, for somebody or for who is handed the code, which is told this once.
   *
   * @throws DomainError `M_NOT_FOUND`, `M_FORBIDDEN`
   */
  async make(by: UserId, handle: string, addressee: UserId | undefined): Promise<{ vouch: Vouch; code?: string }> {
    const { vouches, engine, clock, requireOn } = this.#parts;
    await requireOn();
    const { accountId, operators } = this.#requireOperated(by, handle);
    if (addressee !== undefined && operators.has(addressee))
      throw vouchRefused('Nobody vouches for themselves: this person operates the account that would answer.');
    const code = addressee === undefined ? newCode() : undefined;
    const now = clock.now();
    const row: VouchRow = {
      vouch_id: VouchId.parse(randomBytes(16).toString('base64url')),
      voucher: accountId,
      made_by: by,
      made_at: now,
      expires: now + PRESENTABLE_MS,
      code_hash: code === undefined ? null : hashOfCode(code),
      addressee: addressee ?? null,
      application_id: null,
      withdrawn_at: null,
      withdrawn_by: null,
      withdrawn_reason: null,
    };
    await engine.transaction(async (writer) => {
      await requireAnswering(writer, this.#parts, accountId);
      const open = (await vouches.of(accountId, writer)).filter((one) => stateOf(one, now) === 'open');
      if (open.length >= MOST_OPEN)
        throw vouchRefused(`${MOST_OPEN} vouches wait to be used. Please take one back first.`);
      await vouches.insert(writer, row);
    });
    const vouch = this.#view({ ...row, applicant: null, application_state: null, account_id: null });
    return { vouch, ...(code === undefined ? {} : { code }) };
  }

  /** The newest first. Throws `M_NOT_FOUND`, `M_FORBIDDEN`. */
  async list(by: UserId, handle: string): Promise<Vouch[]> {
    const { accountId } = this.#requireOperated(by, handle);
    return (await this.#parts.vouches.of(accountId)).map((row) => this.#view(row));
  }

  /** What organisations offer to somebody. */
  async offeredTo(userId: UserId) {
    const { vouches, accounts, clock } = this.#parts;
    const rows = await vouches.offeredTo(userId, clock.now());
    return rows.flatMap(({ vouch_id: id, voucher, made_at, expires }) => {
      const account = accounts.byId(voucher);
      return account === undefined ? [] : [{ id, handle: account.handle, name: account.name, made_at, expires }];
    });
  }

  /**
   * Takes the word of an organisation back. What was verified by it can't publish from then on; an application that is not
   * decided needs another way.
   *
   * @throws DomainError `M_NOT_FOUND`, `M_FORBIDDEN`, `M_BAD_STATE` when it was taken back already
   */
  async withdraw(by: UserId, handle: string, id: VouchId, reason: string): Promise<Vouch> {
    const { vouches, applications, accounts, engine } = this.#parts;
    const voucher = this.#requireOperated(by, handle);
    const vouch = await vouches.find(id);
    if (vouch === undefined || vouch.voucher !== voucher.accountId) throw noSuchVouch();
    const application = vouch.application_id === null ? undefined : await applications.find(vouch.application_id);
    const accountId = application?.account_id ?? undefined;
    const inside = (writer: Writer) => this.#withdrawInside(writer, by, vouch, reason);
    if (accountId === undefined) await engine.transaction(inside);
    else {
      const because = `${voucher.name} (@${voucher.handle}) answers for this account no longer: ${reason}`;
      await accounts.disqualify(accountId, because, async (writer) => {
        const stood = (await vouches.standingOf(accountId, writer)) === id;
        await inside(writer);
        return stood;
      });
    }
    const row = (await vouches.of(voucher.accountId)).find(({ vouch_id }) => vouch_id === id);
    if (row === undefined) throw noSuchVouch();
    return this.#view(row);
  }

  /** The application first, then the vouch: in that order who presents one locks them too. */
  async #withdrawInside(writer: Writer, by: UserId, read: VouchRow, reason: string): Promise<void> {
    const { vouches, applications, store, clock } = this.#parts;
    const { vouch_id: id, application_id } = read;
    const application = application_id === null ? undefined : await applications.lock(writer, application_id);
    const vouch = await vouches.lock(writer, { vouch_id: id });
    if (vouch === undefined) throw noSuchVouch();
    if (vouch.withdrawn_at !== null) throw new DomainError('M_BAD_STATE', 'This was taken back already.');
    if (vouch.application_id !== application_id)
      throw new DomainError('M_BAD_STATE', 'This was used a moment ago. Please look at it and try again.');
    await vouches.update(writer, id, {
      withdrawn_at: clock.now(),
      withdrawn_by: by,
      withdrawn_reason: reason,
    });
    // What was decided stays as it was decided; what was not is as if it had never been presented.
    if (application !== undefined && application.state !== 'approved')
      await store.attest(writer, application.application_id, undefined);
  }

  #requireOperated(by: UserId, handle: string) {
    const account = this.#parts.accounts.byHandle(handle);
    if (account === undefined || (account.qualification === null && !account.operators.has(by)))
      throw new DomainError('M_NOT_FOUND', 'There is no such public account.');
    if (!account.operators.has(by))
      throw new DomainError('M_FORBIDDEN', 'Only the operators of a public account may do this.');
    return account;
  }

  #view(row: PresentedVouch): Vouch {
    const { accounts, clock } = this.#parts;
    const account = row.account_id === null ? undefined : accounts.byId(row.account_id);
    return {
      id: row.vouch_id,
      state: stateOf(row, clock.now()),
      made_by: row.made_by,
      made_at: row.made_at,
      expires: row.expires,
      ...(row.addressee === null ? {} : { for: row.addressee }),
      ...(row.applicant === null ? {} : { presented_by: row.applicant }),
      ...(account === undefined ? {} : { account: { handle: account.handle, name: account.name } }),
      ...(row.withdrawn_at === null ? {} : { withdrawn: { at: row.withdrawn_at, reason: row.withdrawn_reason ?? '' } }),
    };
  }
}
