import { isWith, nextFor, type Standing } from '@byline/core/identity/progress.ts';
import type { Progress } from '@byline/protocol/byline/progress.ts';
import type { ApplicationRow } from '../tables.ts';
import { needsSecondFor } from './case-view.ts';
import type { ReviewCaseRow } from './tables.ts';

/** What decides who has an application and what can be done with it. `reviewed` is absent until it was sent. */
export const standingOf = (row: ApplicationRow, reviewed: ReviewCaseRow | undefined, now: number): Standing => ({
  state: row.state,
  stage: reviewed?.stage ?? 'first',
  isAppealed: reviewed !== undefined && reviewed.appealed_at !== null,
  isHeld: row.holder !== null && row.held_until !== null && row.held_until > now,
  isCorrected: reviewed !== undefined && reviewed.corrected_by !== null,
  openUntil: row.state === 'refused' ? keptStill(reviewed, now) : undefined,
});

/** Where an application stands, as its applicant reads it. */
export const progressOf = (row: ApplicationRow, reviewed: ReviewCaseRow | undefined, now: number): Progress => {
  const standing = standingOf(row, reviewed, now);
  const next = [...nextFor(standing)];
  return {
    with: isWith(standing),
    due_at: reviewed?.waits_for === 'reviewer' ? reviewed.due_at : null,
    next,
    open_until: next.includes('send-anew') ? (standing.openUntil ?? null) : null,
    destroyed_at: keptStill(reviewed, now) ?? null,
    needs_second: needsSecondFor(row),
  };
};

const keptStill = (reviewed: ReviewCaseRow | undefined, now: number): number | undefined => {
  const until = reviewed?.keep_until ?? undefined;
  return until === undefined || until <= now ? undefined : until;
};
