import type { ApplicationId } from '@byline/protocol/byline/identity.ts';
import type { VerificationWay } from '@byline/protocol/byline/verification.ts';
import type { Reader, Writer } from '../../../platform/engine/engine.ts';
import type { AttemptRow, AttestationRow, SwitchRow, VerificationTables } from './tables.ts';

const tables = (database: Reader | Writer) => database.withTables<VerificationTables>();

/** All SQL of ways to verify and of what was shown by them, but for vouches. */
export class VerificationStore {
  readonly #reader: Reader;

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  switches(writer?: Writer): Promise<SwitchRow[]> {
    return tables(writer ?? this.#reader)
      .selectFrom('verification_switches')
      .selectAll()
      .execute();
  }

  async switch(writer: Writer, { way, ...changed }: SwitchRow): Promise<void> {
    await tables(writer)
      .insertInto('verification_switches')
      .values({ way, ...changed })
      .onConflict((conflict) => conflict.column('way').doUpdateSet(changed))
      .execute();
  }

  /** The secret of that name: the one that was kept first, whoever else makes one at the same time. */
  async secret(writer: Writer, name: string, fresh: string): Promise<string> {
    await tables(writer)
      .insertInto('verification_secrets')
      .values({ name, secret: fresh })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .execute();
    const { secret } = await tables(writer)
      .selectFrom('verification_secrets')
      .select('secret')
      .where('name', '=', name)
      .executeTakeFirstOrThrow();
    return secret;
  }

  async begin(writer: Writer, { application_id, ...begun }: AttemptRow): Promise<void> {
    await tables(writer)
      .insertInto('verification_attempts')
      .values({ application_id, ...begun })
      .onConflict((conflict) => conflict.column('application_id').doUpdateSet(begun))
      .execute();
  }

  attempt(application: ApplicationId, writer?: Writer): Promise<AttemptRow | undefined> {
    return tables(writer ?? this.#reader)
      .selectFrom('verification_attempts')
      .selectAll()
      .where('application_id', '=', application)
      .executeTakeFirst();
  }

  /** Ends what was begun: nobody finishes it twice. */
  async endAttempt(writer: Writer, application: ApplicationId): Promise<void> {
    await tables(writer).deleteFrom('verification_attempts').where('application_id', '=', application).execute();
  }

  /** What was shown, in place of what was shown before; `undefined`: documents. */
  async attest(writer: Writer, application: ApplicationId, row: AttestationRow | undefined): Promise<void> {
    await tables(writer).deleteFrom('attestations').where('application_id', '=', application).execute();
    if (row !== undefined) await tables(writer).insertInto('attestations').values(row).execute();
  }

  async attestations(ids: readonly ApplicationId[], writer?: Writer): Promise<Map<ApplicationId, AttestationRow>> {
    if (ids.length === 0) return new Map();
    const rows = await tables(writer ?? this.#reader)
      .selectFrom('attestations')
      .selectAll()
      .where('application_id', 'in', ids)
      .execute();
    return new Map(rows.map((row) => [row.application_id, row]));
  }

  /** How long the newest decisions on what was shown by a way took, in milliseconds since it was sent. */
  async times(way: VerificationWay, limit: number): Promise<number[]> {
    const rows = await tables(this.#reader)
      .selectFrom('application_steps as step')
      .innerJoin('applications as application', 'application.application_id', 'step.application_id')
      .leftJoin('attestations as attestation', 'attestation.application_id', 'step.application_id')
      .select(['step.at', 'application.submitted_at'])
      .where('step.state', 'in', ['approved', 'refused'])
      .where('step.role', '=', 'reviewer')
      .where((is) => (way === 'documents' ? is('attestation.way', 'is', null) : is('attestation.way', '=', way)))
      .orderBy('step.at', 'desc')
      .limit(limit)
      .execute();
    return rows.map(({ at, submitted_at }) => at - (submitted_at ?? at));
  }
}
