import { accountsOf, capPolicy } from '@byline/core/identity/account-cap.ts';
import { DomainError, type UserId } from '@byline/protocol';
import type { BlindIndex, CaseSubject } from '@byline/protocol/byline/blind-index.ts';
import type { ApplicationId, PublicDraft, SubjectKind } from '@byline/protocol/byline/identity.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Writer } from '../../../platform/engine/engine.ts';
import type { Policy } from '../../provider/service.ts';
import type { Accounts } from '../../publishing/service.ts';
import { publicOf } from '../application-view.ts';
import type { ApplicationRow } from '../tables.ts';
import type { ApplicationOfSubject, SubjectStore } from './store.ts';

interface SubjectsParts {
  readonly store: SubjectStore;
  readonly policy: Policy;
  readonly accounts: Accounts;
  readonly clock: Clock;
}

/** Those who answer for accounts, counted by a blind index: how many accounts one has is known, who it is is not. */
export class Subjects {
  readonly #store: SubjectStore;
  readonly #policy: Policy;
  readonly #accounts: Accounts;
  readonly #clock: Clock;

  constructor({ store, policy, accounts, clock }: SubjectsParts) {
    this.#store = store;
    this.#policy = policy;
    this.#accounts = accounts;
    this.#clock = clock;
  }

  /** Says whom an application is of. */
  put(writer: Writer, id: ApplicationId, index: BlindIndex): Promise<void> {
    return this.#store.put(writer, id, index);
  }

  /** Says that a new application is of whom an earlier one was of: it was made from it. */
  async carry(writer: Writer, from: ApplicationId, to: ApplicationId): Promise<void> {
    const index = await this.#store.indexOf(from, writer);
    if (index !== undefined) await this.#store.put(writer, to, index);
  }

  /** Forgets whom an application was of: it was withdrawn. */
  forget(writer: Writer, id: ApplicationId): Promise<void> {
    return this.#store.forget(writer, [id]);
  }

  /** A closed account is nobody's: it no longer counts for whom it was of. */
  async closeAccount(writer: Writer, accountId: string): Promise<void> {
    await this.#store.forget(writer, await this.#store.applicationsFor(writer, accountId));
  }

  /** Of whoever leaves for good only this is kept: that they answer for accounts which others run on. The rest is closed. */
  async leave(writer: Writer, userId: UserId): Promise<void> {
    const applications = await this.#store.applicationsBy(writer, userId);
    const runOn = applications.filter(
      ({ state, account_id }) => state === 'approved' && account_id !== null && this.#hasOthers(account_id, userId),
    );
    const gone = applications.filter((application) => !runOn.includes(application));
    await this.#store.forget(
      writer,
      gone.map(({ application_id }) => application_id),
    );
  }

  /** What else was sent for the subject of an application; `undefined`: it is not known whom it is of. */
  async of(row: ApplicationRow): Promise<CaseSubject | undefined> {
    const index = await this.#store.indexOf(row.application_id);
    if (index === undefined) return undefined;
    const applications = await this.#store.applicationsOf(index);
    const others = applications.filter(
      ({ application_id, submitted_at }) => application_id !== row.application_id && submitted_at !== null,
    );
    return {
      blind_index: index,
      accounts: accountsOf(applications, row, () => false),
      cap: this.#cap(publicOf(row).kind ?? 'individual'),
      others: others.slice(0, MOST_SHOWN).map((other) => ({
        purpose: other.purpose,
        state: other.state,
        ...publicNames(publicOf(other)),
        same_applicant: other.applicant === row.applicant,
      })),
    };
  }

  /**
   * Throws unless an application may be sent: the subject's accounts and what the same applicant has sent count.
   * What somebody else has sent does not: else whoever knows a number could keep its owner out.
   *
   * @throws DomainError `BYLINE_ACCOUNT_CAP`, which tells nothing of the other accounts
   */
  async requireRoomToSend(writer: Writer, row: ApplicationRow): Promise<void> {
    const room = await this.#room(writer, row, ({ applicant }) => applicant === row.applicant);
    if (room === undefined || room.taken < room.cap) return;
    throw new DomainError('BYLINE_ACCOUNT_CAP', toApplicant(room.cap), { cap: room.cap });
  }

  /**
   * Throws unless an application may be approved: the subject's accounts count. Until the transaction ends nobody else
   * approves for the same subject, so that of two at once one is refused.
   *
   * @throws DomainError `BYLINE_ACCOUNT_CAP`
   */
  async requireRoomToApprove(writer: Writer, row: ApplicationRow): Promise<void> {
    const index = await this.#store.indexOf(row.application_id, writer);
    if (index === undefined) return;
    await this.#store.lock(writer, index, this.#clock.now());
    const room = await this.#room(writer, row, () => false);
    if (room === undefined || room.taken < room.cap) return;
    throw new DomainError('BYLINE_ACCOUNT_CAP', toReviewer(room.cap), { cap: room.cap });
  }

  #cap(kind: SubjectKind): number {
    return this.#policy.get(capPolicy(kind));
  }

  #hasOthers(accountId: string, userId: UserId): boolean {
    const operators = this.#accounts.byId(accountId)?.operators.keys() ?? [];
    return [...operators].some((operator) => operator !== userId);
  }

  async #room(
    writer: Writer,
    row: ApplicationRow,
    counts: (sent: ApplicationOfSubject) => boolean,
  ): Promise<{ readonly cap: number; readonly taken: number } | undefined> {
    const { kind } = publicOf(row);
    const index = await this.#store.indexOf(row.application_id, writer);
    if (row.purpose === 'personal' || kind === undefined || index === undefined) return undefined;
    const applications = await this.#store.applicationsOf(index, writer);
    return { cap: this.#cap(kind), taken: accountsOf(applications, row, counts) };
  }
}

const MOST_SHOWN = 50;

const publicNames = ({ name, handle }: PublicDraft) => ({
  ...(name === undefined ? {} : { name }),
  ...(handle === undefined ? {} : { handle }),
});

const accounts = (cap: number): string => (cap === 1 ? '1 public account' : `${cap} public accounts`);

const toApplicant = (cap: number): string =>
  `Whoever is named in this document may have ${accounts(cap)} here, and has no more room. You can go on with the account that is there, or withdraw an application that waits. If that account is not yours, or you need another one, please write to the provider.`;

const toReviewer = (cap: number): string =>
  `Whoever is named in this document may have ${accounts(cap)}, and has no more room. Refuse this application, or ask an administrator to allow more accounts.`;
