import type { UserId } from '@byline/protocol';
import type { ApplicationId, ApplicationState } from '@byline/protocol/byline/identity.ts';
import type { Logger } from 'pino';
import type { Clock } from '../../../platform/clock.ts';
import type { Engine, Writer } from '../../../platform/engine/engine.ts';
import type { ApplicationStore } from '../application-store.ts';
import type { EvidenceKeeper } from '../evidence.ts';
import type { EvidenceStore } from '../evidence-store.ts';
import type { CaseStore } from './case-store.ts';

const DAY_MS = 86_400_000;
/** Within which time a refusal can be appealed or put right. */
const CORRECTION_DAYS = 30;
const EVERY_MS = 60_000;
const AT_ONCE = 100;

/** Until when what is still sealed in a case is kept; `null`: for as long as the case is open. */
export const keptAfter = (state: ApplicationState, now: number, evidenceDays: number): number | null => {
  if (state === 'approved') return now + evidenceDays * DAY_MS;
  return state === 'refused' ? now + CORRECTION_DAYS * DAY_MS : null;
};

interface RetentionParts {
  readonly store: ApplicationStore;
  readonly cases: CaseStore;
  readonly evidenceStore: EvidenceStore;
  readonly evidence: EvidenceKeeper;
  readonly engine: Engine;
  readonly clock: Clock;
  readonly logger: Pick<Logger, 'error'>;
}

/** Destroys what is sealed in decided cases when its time has come, and records that it did. */
export class Retention {
  readonly #parts: RetentionParts;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(parts: RetentionParts) {
    this.#parts = parts;
  }

  /** Sweeps now and then, for as long as the server runs. */
  start(): void {
    const round = (): void => {
      this.#running = this.sweep().catch((error: unknown) =>
        this.#parts.logger.error({ err: error }, 'what is kept no longer could not be destroyed yet'),
      );
    };
    this.#timer = setInterval(round, EVERY_MS).unref();
  }

  /** Resolves when nothing is under way any more. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  /** Destroys all whose time has come. */
  async sweep(): Promise<void> {
    const { cases, engine, clock, evidence } = this.#parts;
    for (;;) {
      const ids = await cases.keptUntil(clock.now(), AT_ONCE);
      for (const id of ids) await engine.transaction((writer) => this.#destroy(writer, id));
      if (ids.length < AT_ONCE) break;
    }
    await evidence.sweep();
  }

  /** Destroys at once what is kept of somebody who leaves for good. */
  async forget(userId: UserId): Promise<void> {
    const { store, engine, evidence } = this.#parts;
    for (const { application_id: id } of await store.ofApplicant(userId))
      await engine.transaction((writer) => this.#destroy(writer, id, userId));
    await evidence.sweep();
  }

  /** Once more at its turn: the case may have been appealed since it was found. `leaving`: whoever leaves waits for nothing. */
  async #destroy(writer: Writer, id: ApplicationId, leaving?: UserId): Promise<void> {
    const { store, cases, evidenceStore, clock } = this.#parts;
    const row = await store.lock(writer, id);
    const reviewed = await cases.find(id, writer);
    if (row === undefined || reviewed?.keep_until == null) return;
    if (leaving === undefined && reviewed.keep_until > clock.now()) return;
    const hadEvidence = await evidenceStore.discard(writer, id);
    const hadAnswers = await cases.forgetAnswers(writer, id);
    await store.update(writer, id, { sealed: null, sealed_at: null });
    await cases.update(writer, id, { keep_until: null });
    if (!hadEvidence && !hadAnswers && row.sealed === null) return;
    const at = clock.now();
    const step = { application_id: id, at, role: 'server', actor: 'server', state: row.state } as const;
    await store.addStep(writer, { ...step, reason: null, action: 'destroyed' });
  }
}
