import { DomainError, type MxcUri, type RoomId, type UserId } from '@byline/protocol';
import type { OperatorRole, Qualification } from '@byline/protocol/byline/accounts.ts';
import type { AccountId, AccountRow, OperatorRow, QualificationRow } from './tables.ts';

/** Somebody who may act as an account. */
export interface Operator {
  readonly userId: UserId;
  readonly role: OperatorRole;
  /** Milliseconds since the epoch. */
  readonly since: number;
}

/** A public account as it stands. It never changes; another one takes its place. */
export interface Account {
  readonly accountId: AccountId;
  readonly handle: string;
  /** Who speaks: a user to whom nobody can sign in. */
  readonly userId: UserId;
  readonly roomId: RoomId;
  readonly name: string;
  readonly description: string;
  readonly picture: MxcUri | null;
  readonly createdAt: number;
  /** What a review granted, whether or not it has run out; `null`: it was never verified. */
  readonly qualification: Qualification | null;
  /** When a review last granted it, in milliseconds since the epoch; 0: never. */
  readonly verifiedAt: number;
  /** Why it ended before its time; `null`: it did not. */
  readonly endedBecause: string | null;
  readonly operators: ReadonlyMap<UserId, Operator>;
}

export const accountOf = (
  row: Omit<AccountRow, 'search_text'>,
  qualification: QualificationRow | undefined,
  operators: readonly OperatorRow[],
): Account => ({
  accountId: row.account_id,
  handle: row.handle,
  userId: row.user_id,
  roomId: row.room_id,
  name: row.name,
  description: row.description,
  picture: row.picture,
  createdAt: row.created_at,
  qualification: qualification === undefined ? null : qualificationOf(qualification),
  verifiedAt: qualification?.verified_at ?? 0,
  endedBecause: qualification?.ended_because ?? null,
  operators: new Map(operators.map(({ user_id, role, since }) => [user_id, { userId: user_id, role, since }])),
});

const qualificationOf = ({ kind, category, label, verified_since, expires }: QualificationRow): Qualification => ({
  kind,
  category,
  label,
  verified_since,
  expires,
});

/** Whether anybody may know of it: it was verified once, so it has spoken in public; or they operate it. */
export const isVisibleTo = (account: Account, userId: UserId | undefined): boolean =>
  account.qualification !== null || (userId !== undefined && account.operators.has(userId));

/** Throws `M_FORBIDDEN` unless somebody operates the account. */
export const requireOperator = (account: Account, userId: UserId): void => {
  if (!account.operators.has(userId))
    throw new DomainError('M_FORBIDDEN', 'Only the operators of a public account may do this.');
};
