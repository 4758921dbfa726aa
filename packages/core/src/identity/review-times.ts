import type { ApplicationState } from '@byline/protocol/byline/identity.ts';

/** What was done with an application, as far as time is measured by it. */
export interface TimedStep {
  readonly application_id: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly role: string;
  readonly state: ApplicationState;
}

/** How long applicants waited, in milliseconds. */
export interface ReviewTimes {
  readonly answers: number;
  readonly median: number;
  readonly ninetieth: number;
}

/** Fewer say more about a person than about the review. */
const FEWEST = 5;

const ANSWERS: ReadonlySet<ApplicationState> = new Set(['approved', 'refused', 'changes-asked']);

/**
 * How long applicants waited for the newest answers: from when they sent the application, the last time, until a
 * reviewer answered. Their own time to put something right is not in it. `null`: too few answers to say.
 *
 * @param steps by application, the oldest of each first
 */
export const reviewTimes = (steps: readonly TimedStep[], newest: number): ReviewTimes | null => {
  const waits = waitsIn(steps)
    .toSorted((one, other) => other.at - one.at)
    .slice(0, newest)
    .map(({ waited }) => waited)
    .toSorted((one, other) => one - other);
  if (waits.length < FEWEST) return null;
  return { answers: waits.length, median: nearestRank(waits, 0.5), ninetieth: nearestRank(waits, 0.9) };
};

function waitsIn(steps: readonly TimedStep[]): { readonly at: number; readonly waited: number }[] {
  const sent = new Map<string, number>();
  return steps.flatMap(({ application_id: id, at, role, state }) => {
    if (role === 'applicant' && state === 'submitted') sent.set(id, at);
    const since = sent.get(id);
    if (role !== 'reviewer' || !ANSWERS.has(state) || since === undefined) return [];
    sent.delete(id);
    return [{ at, waited: at - since }];
  });
}

/** The least of all that is not less than that share of them. */
const nearestRank = (sorted: readonly number[], share: number): number =>
  sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
