import type { ApplicationState, Purpose, SubjectKind } from '@byline/protocol/byline/identity.ts';
import type { PolicyKey } from '@byline/protocol/byline/policy.ts';

/** The policy that says how many public accounts a subject of a kind may have. */
export const capPolicy = (
  kind: SubjectKind,
): Extract<PolicyKey, 'accounts.per-individual' | 'accounts.per-organisation'> =>
  kind === 'individual' ? 'accounts.per-individual' : 'accounts.per-organisation';

/** An application of a subject, as far as it is counted. */
export interface CountedApplication {
  readonly application_id: string;
  readonly purpose: Purpose;
  readonly state: ApplicationState;
  /** The account that it is for, since it was first sent. */
  readonly account_id: string | null;
}

/**
 * How many public accounts a subject has apart from the one that an application is for. What was approved counts, and of
 * what still waits that which `counts`. Two applications for one account are one: the second renews it.
 */
export const accountsOf = <Application extends CountedApplication>(
  all: readonly Application[],
  own: Pick<CountedApplication, 'application_id' | 'account_id'>,
  counts: (sent: Application) => boolean,
): number => {
  const others = all.filter(
    (each) =>
      each.purpose === 'public-account' &&
      each.application_id !== own.application_id &&
      (own.account_id === null || each.account_id !== own.account_id) &&
      (each.state === 'approved' || (!NO_LONGER.has(each.state) && counts(each))),
  );
  return new Set(others.map(({ application_id, account_id }) => account_id ?? application_id)).size;
};

/** Not sent, or not to become anything any more. */
const NO_LONGER: ReadonlySet<ApplicationState> = new Set(['draft', 'refused', 'withdrawn']);
