import type { Clock } from '../../../platform/clock.ts';
import type { WorkedOn } from '../application-view.ts';
import type { ApplicationRow } from '../tables.ts';
import type { CaseStore } from './case-store.ts';
import { messageOf } from './case-view.ts';
import { progressOf } from './progress-view.ts';

/** What applicants read of how the reviewers work on their applications. */
export class WorkViews {
  readonly #cases: CaseStore;
  readonly #clock: Clock;

  constructor(parts: { readonly cases: CaseStore; readonly clock: Clock }) {
    this.#cases = parts.cases;
    this.#clock = parts.clock;
  }

  /** For some applications: what their applicant reads of the work on each. */
  async of(rows: readonly ApplicationRow[]): Promise<(row: ApplicationRow) => WorkedOn> {
    const ids = rows.map(({ application_id }) => application_id);
    const cases = new Map((await this.#cases.of(ids)).map((reviewed) => [reviewed.application_id, reviewed]));
    const messages = Map.groupBy(await this.#cases.messages(ids), ({ application_id }) => application_id);
    const now = this.#clock.now();
    return (row) => ({
      progress: progressOf(row, cases.get(row.application_id), now),
      messages: (messages.get(row.application_id) ?? []).map(messageOf),
    });
  }
}
