import type { UserId } from '@byline/protocol';
import type { ApplicationId } from '@byline/protocol/byline/identity.ts';
import type { VouchId } from '@byline/protocol/byline/verification.ts';
import type { Reader, Writer } from '../../../platform/engine/engine.ts';
import type { ApplicationRow } from '../tables.ts';
import type { VerificationTables, VouchRow } from './tables.ts';

/** A vouch with the application that it was presented with. */
export interface PresentedVouch extends VouchRow {
  readonly applicant: UserId | null;
  readonly application_state: ApplicationRow['state'] | null;
  readonly account_id: string | null;
}

const tables = (database: Reader | Writer) => database.withTables<VerificationTables>();

/** All SQL of the word that organisations give for their offices. */
export class VouchStore {
  readonly #reader: Reader;

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  async insert(writer: Writer, row: VouchRow): Promise<void> {
    await tables(writer).insertInto('vouches').values(row).execute();
  }

  find(id: VouchId): Promise<VouchRow | undefined> {
    return tables(this.#reader).selectFrom('vouches').selectAll().where('vouch_id', '=', id).executeTakeFirst();
  }

  /** The vouch with that id or code, which nobody else changes until the transaction ends. */
  lock(
    writer: Writer,
    which: { readonly vouch_id: VouchId } | { readonly code_hash: string },
  ): Promise<VouchRow | undefined> {
    // A write: it takes the row's lock, which a read would not.
    const locked = tables(writer).updateTable('vouches').set(which).returningAll();
    return 'vouch_id' in which
      ? locked.where('vouch_id', '=', which.vouch_id).executeTakeFirst()
      : locked.where('code_hash', '=', which.code_hash).executeTakeFirst();
  }

  async update(writer: Writer, id: VouchId, changes: Partial<VouchRow>): Promise<void> {
    await tables(writer).updateTable('vouches').set(changes).where('vouch_id', '=', id).execute();
  }

  /** Lets go of what an application was presented with, but for one: it is shown in another way now. */
  async release(writer: Writer, application: ApplicationId, except: VouchId | null): Promise<void> {
    const ofApplication = tables(writer)
      .updateTable('vouches')
      .set({ application_id: null })
      .where('application_id', '=', application);
    await (except === null ? ofApplication : ofApplication.where('vouch_id', '!=', except)).execute();
  }

  /** What an organisation has given its word for, the newest first. */
  of(voucher: string, writer?: Writer): Promise<PresentedVouch[]> {
    return tables(writer ?? this.#reader)
      .selectFrom('vouches')
      .leftJoin('applications as application', 'application.application_id', 'vouches.application_id')
      .selectAll('vouches')
      .select(['application.applicant', 'application.state as application_state', 'application.account_id'])
      .where('voucher', '=', voucher)
      .orderBy('made_at', 'desc')
      .orderBy('vouch_id')
      .execute();
  }

  /** What is offered to somebody and can still be presented. */
  offeredTo(userId: UserId, now: number): Promise<VouchRow[]> {
    return tables(this.#reader)
      .selectFrom('vouches')
      .selectAll()
      .where('addressee', '=', userId)
      .where('application_id', 'is', null)
      .where('withdrawn_at', 'is', null)
      .where('expires', '>', now)
      .orderBy('made_at', 'desc')
      .execute();
  }

  /** By which vouch an account was verified the last time; `undefined`: by none, or it never was. */
  async standingOf(accountId: string, writer?: Writer): Promise<VouchId | undefined> {
    const newest = await tables(writer ?? this.#reader)
      .selectFrom('applications as application')
      .innerJoin('application_steps as step', 'step.application_id', 'application.application_id')
      .leftJoin('attestations as attestation', 'attestation.application_id', 'application.application_id')
      .select('attestation.vouch_id')
      .where('application.account_id', '=', accountId)
      .where('step.state', '=', 'approved')
      .orderBy('step.at', 'desc')
      .orderBy('application.created_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    return newest?.vouch_id ?? undefined;
  }
}
