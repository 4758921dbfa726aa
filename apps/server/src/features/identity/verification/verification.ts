import { WAYS } from '@byline/core/identity/ways.ts';
import { DomainError, type UserId } from '@byline/protocol';
import type { ApplicationId, IdentityField } from '@byline/protocol/byline/identity.ts';
import {
  type Attestation,
  type CaseVerification,
  type Finish,
  type Step,
  type TokenProof,
  type UsualTime,
  VERIFICATION_WAYS,
  type VerificationWay,
  type Way as WayView,
  type WayState,
} from '@byline/protocol/byline/verification.ts';
import type { Logger } from 'pino';
import type { Clock } from '../../../platform/clock.ts';
import type { Engine, Writer } from '../../../platform/engine/engine.ts';
import { Turns } from '../../../platform/turns.ts';
import type { Staff } from '../../provider/service.ts';
import type { Accounts } from '../../publishing/service.ts';
import type { ApplicationStore } from '../application-store.ts';
import { missingIn } from '../application-view.ts';
import type { EvidenceStore } from '../evidence-store.ts';
import { lockOwn, requireAction, requireOwn } from '../own-application.ts';
import type { ApplicationRow } from '../tables.ts';
import { codesFor } from './code-of-the-day.ts';
import type { ShownWays } from './shown-ways.ts';
import type { VerificationStore } from './store.ts';
import type { AttestationRow } from './tables.ts';
import { usualTime } from './usual-time.ts';
import type { VouchStore } from './vouch-store.ts';
import { type Applicant, type Attested, type Ways, WayUnavailable } from './way.ts';

export interface VerificationParts {
  readonly ways: Ways;
  readonly shown: ShownWays;
  readonly store: VerificationStore;
  readonly vouches: VouchStore;
  readonly applications: ApplicationStore;
  readonly evidenceStore: EvidenceStore;
  readonly accounts: Accounts;
  readonly staff: Staff;
  readonly engine: Engine;
  readonly clock: Clock;
  readonly logger: Pick<Logger, 'warn'>;
  /** From which the codes of the day are derived. */
  readonly secret: string;
}

/** From how many of the newest cases it is known how long a way takes. */
const CASES = 100;

/** The ways to show who one is: which there are, which the administrator has switched on, and what was shown by them. */
export class Verification {
  readonly #parts: VerificationParts;
  readonly #turns = new Turns();

  constructor(parts: VerificationParts) {
    this.#parts = parts;
  }

  ways(): Promise<WayView[]> {
    return Promise.all(VERIFICATION_WAYS.map((id) => this.#view(id)));
  }

  /** Where applicants' browsers must be let. */
  origins(): string[] {
    return VERIFICATION_WAYS.flatMap((id) => this.#parts.ways[id].origins?.() ?? []);
  }

  /** Switches a way on or off. Throws `BYLINE_ROLE_REQUIRED`, and `M_FORBIDDEN` for the last one. */
  async switch(by: UserId, way: VerificationWay, isOn: boolean): Promise<WayView[]> {
    const { staff, engine, store, shown, clock } = this.#parts;
    staff.requireRole(by, 'administrator');
    await this.#turns.take(() =>
      engine.transaction(async (writer) => {
        await store.switch(writer, { way, is_on: isOn ? 1 : 0, changed_by: by, changed_at: clock.now() });
        const states = await Promise.all(
          VERIFICATION_WAYS.map(async (id) => (await shown.isOn(id, writer)) && (await this.#isSetUp(id))),
        );
        if (!states.includes(true))
          throw new DomainError('M_FORBIDDEN', 'One way must stay on. Please switch another one on first.');
      }),
    );
    return this.ways();
  }

  /** Throws `M_FORBIDDEN` when a way is off. */
  async requireOn(way: VerificationWay): Promise<void> {
    if (await this.#parts.shown.isOn(way)) return;
    const others = await this.#others(way);
    throw new DomainError('M_FORBIDDEN', `This way is not open here.${suggestion(others)}`, {
      way,
      other_ways: others,
    });
  }

  /**
   * Begins to show who one is. The application stays as it is, whatever comes of it.
   *
   * @throws DomainError `M_NOT_FOUND`, `M_BAD_STATE`, `M_FORBIDDEN` when the way is off, `BYLINE_UNAVAILABLE`
   */
  async begin(by: UserId, id: ApplicationId, way: VerificationWay): Promise<Step> {
    const application = requireAction(await this.#parts.applications.find(id), by, 'save');
    await this.requireOn(way);
    return this.#orOthers<Step>(way, () => this.#parts.ways[way].begin({ userId: by, application }));
  }

  /**
   * Takes over what was shown. When it throws, the application stands where it stood.
   *
   * @throws DomainError `M_NOT_FOUND`, `M_BAD_STATE`, `M_FORBIDDEN`, `M_MISSING_PARAM`, `BYLINE_UNAVAILABLE`
   */
  async finish(by: UserId, id: ApplicationId, answer: Finish): Promise<Attestation | null> {
    const { applications, engine, store, vouches, clock } = this.#parts;
    const { way } = answer;
    const application = requireAction(await applications.find(id), by, 'save');
    await this.requireOn(way);
    await this.#orOthers(way, async () => {
      const take = await this.#finishBy({ userId: by, application }, answer);
      await engine.transaction(async (writer) => {
        await lockOwn(writer, applications, id, by, 'save');
        const attested = await take(writer);
        const row = attested === null ? undefined : { ...attested, application_id: id, at: clock.now() };
        await store.attest(writer, id, row);
        await vouches.release(writer, id, row?.vouch_id ?? null);
      });
    });
    return this.of(by, id);
  }

  /** What was shown otherwise than by documents; `null`: nothing. Throws `M_NOT_FOUND`. */
  async of(by: UserId, id: ApplicationId): Promise<Attestation | null> {
    requireOwn(await this.#parts.applications.find(id), by);
    const row = (await this.#parts.store.attestations([id])).get(id);
    return row === undefined ? null : attestationOf(row);
  }

  /** How a case was shown to be true. Whether somebody may read it is for the caller to decide. */
  async ofCase({ application_id: id }: Pick<ApplicationRow, 'application_id'>): Promise<CaseVerification> {
    const { store, evidenceStore, secret } = this.#parts;
    const row = (await store.attestations([id])).get(id);
    const evidence = await evidenceStore.of([id]);
    const video = evidence.find(({ piece }) => piece === 'person-video');
    const voucher = row?.way === 'vouching' ? this.#parts.accounts.byHandle(row.by) : undefined;
    return {
      attestation: row === undefined ? null : attestationOf(row),
      ...(row === undefined || row.proof === null ? {} : { proof: proofOf(row.proof) }),
      ...(voucher === undefined
        ? {}
        : { voucher: { user_id: voucher.userId, handle: voucher.handle, name: voucher.name } }),
      codes: video === undefined ? [] : codesFor(secret, id, video.uploaded_at),
    };
  }

  /** Throws `BYLINE_OWN_CASE` for who operates the organisation that answers for an applicant. */
  async requireNotVoucher(writer: Writer, id: ApplicationId, by: UserId): Promise<void> {
    const row = (await this.#parts.store.attestations([id], writer)).get(id);
    if (row?.way === 'vouching' && this.#parts.accounts.byHandle(row.by)?.operators.has(by))
      throw new DomainError(
        'BYLINE_OWN_CASE',
        'You operate the organisation that vouches for this applicant. Another reviewer decides it.',
      );
  }

  /** Throws `BYLINE_CASE_CONFLICT` when what an approval would rest on is not there any more. */
  async requireShown(writer: Writer, row: ApplicationRow): Promise<void> {
    const { store, evidenceStore } = this.#parts;
    const id = row.application_id;
    const way = (await store.attestations([id], writer)).get(id)?.way ?? 'documents';
    const missing = missingIn(row, await evidenceStore.of([id], writer), undefined, way);
    if (!missing.some((one) => one.startsWith('evidence.'))) return;
    throw new DomainError(
      'BYLINE_CASE_CONFLICT',
      'What showed who this is was taken back. Ask the applicant to show it in another way.',
      { missing },
    );
  }

  /** Each answer goes to its own way: the types hold them together. */
  #finishBy(applicant: Applicant, answer: Finish): Promise<(writer: Writer) => Promise<Attested>> {
    const { ways } = this.#parts;
    if (answer.way === 'documents') return ways.documents.finish(applicant, answer);
    if (answer.way === 'vouching') return ways.vouching.finish(applicant, answer);
    return ways['openid-connect'].finish(applicant, answer);
  }

  /** Where a way is down, says so, and which others there are. */
  async #orOthers<Result>(way: VerificationWay, act: () => Promise<Result>): Promise<Result> {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof WayUnavailable)) throw error;
      this.#parts.logger.warn({ err: error, way }, 'a way to verify does not work at the moment');
      const others = await this.#others(way);
      throw new DomainError(
        'BYLINE_UNAVAILABLE',
        `${error.message} Your application is as it was.${suggestion(others)}`,
        { way, other_ways: others },
      );
    }
  }

  async #others(way: VerificationWay): Promise<VerificationWay[]> {
    const states = await Promise.all(VERIFICATION_WAYS.map((id) => this.#state(id)));
    return VERIFICATION_WAYS.filter((id, index) => id !== way && states[index] === 'on');
  }

  async #isSetUp(id: VerificationWay): Promise<boolean> {
    return (await this.#parts.ways[id].readiness()) !== 'not-set-up';
  }

  async #state(id: VerificationWay): Promise<WayState> {
    const readiness = await this.#parts.ways[id].readiness();
    if (readiness === 'not-set-up') return readiness;
    return (await this.#parts.shown.isOn(id)) ? readiness : 'off';
  }

  async #view(id: VerificationWay): Promise<WayView> {
    const { needs, attests } = WAYS[id];
    const { by } = this.#parts.ways[id];
    return {
      id,
      state: await this.#state(id),
      needs,
      attests: [...attests],
      ...(by === undefined ? {} : { by }),
      usual_time: await this.#usualTime(id),
    };
  }

  async #usualTime(id: VerificationWay): Promise<UsualTime | null> {
    return usualTime(await this.#parts.store.times(id, CASES));
  }
}

const attestationOf = ({ way, at, by, name, fields, assurance }: AttestationRow): Attestation => ({
  way,
  at,
  by,
  name,
  // What was stored is JSON that was parsed when it came.
  fields: JSON.parse(fields) as IdentityField[],
  assurance,
});

const proofOf = (proof: string): TokenProof => JSON.parse(proof) as TokenProof;

const suggestion = (others: readonly VerificationWay[]): string =>
  others.length === 0
    ? ' Please try again later.'
    : ` You can also show who you are by ${others.map((way) => NAMES[way]).join(' or ')}.`;

const NAMES: Readonly<Record<VerificationWay, string>> = {
  documents: 'documents',
  'openid-connect': 'an identity provider',
  vouching: 'an organisation that vouches for you',
};
