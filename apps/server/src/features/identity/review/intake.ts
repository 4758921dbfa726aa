import { comparable, tokensOf } from '@byline/core/search/tokens.ts';
import type { PublicDraft } from '@byline/protocol/byline/identity.ts';
import type { QueueCategory } from '@byline/protocol/byline/progress.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Writer } from '../../../platform/engine/engine.ts';
import type { Policy } from '../../provider/service.ts';
import { publicOf } from '../application-view.ts';
import type { ApplicationRow } from '../tables.ts';
import type { CaseStore } from './case-store.ts';

const HOUR_MS = 3_600_000;

/** Where applications come to the reviewers. */
export class Intake {
  readonly #cases: CaseStore;
  readonly #policy: Policy;
  readonly #clock: Clock;

  constructor(parts: { readonly cases: CaseStore; readonly policy: Policy; readonly clock: Clock }) {
    this.#cases = parts.cases;
    this.#policy = parts.policy;
    this.#clock = parts.clock;
  }

  /** When something that comes now is to be decided, in milliseconds since the epoch. */
  dueFromNow(): number {
    return this.#clock.now() + this.#policy.get('review.due') * HOUR_MS;
  }

  /** Takes in an application that is being sent, the first time or again, in the same transaction. */
  async takeIn(writer: Writer, row: Pick<ApplicationRow, 'application_id' | 'purpose' | 'public'>): Promise<void> {
    const draft = publicOf(row);
    const now = this.#clock.now();
    const again = {
      category: categoryOf(row.purpose, draft),
      due_at: this.dueFromNow(),
      waits_for: 'reviewer',
      asked_at: null,
      // What was proposed was proposed for what was sent before.
      stage: 'first',
      proposal: null,
      paused_by: null,
    } as const;
    const id = row.application_id;
    await this.#cases.put(writer, { ...NEW, ...again, application_id: id, submitted_at: now }, again);
    await this.#cases.setWords(writer, id, wordsOf(draft));
  }
}

const NEW = { appealed_at: null, appeal_reason: null, corrected_by: null, keep_until: null } as const;

const categoryOf = (purpose: ApplicationRow['purpose'], { category }: PublicDraft): QueueCategory =>
  purpose === 'personal' ? 'personal' : (category ?? 'other');

const wordsOf = ({ name = '', handle = '' }: PublicDraft): readonly string[] =>
  tokensOf(comparable(`${name} ${handle}`));
