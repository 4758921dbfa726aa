import { DomainError } from '@byline/protocol/errors.ts';
import { Localpart } from '@byline/protocol/ids.ts';

const SHORTEST_HANDLE = 3;
const LONGEST_HANDLE = 30;

/** Why a text is no handle; screens have a text for each. */
export type HandleProblem = 'too-short' | 'too-long' | 'characters' | 'ends' | 'repeated-marks' | 'reserved';

/**
 * What people would take for the provider itself, or for a part of the software. They are compared without marks, so
 * that `by.line` is `byline`.
 */
const RESERVED: ReadonlySet<string> = new Set([
  'abuse',
  'account',
  'accounts',
  'admin',
  'administrator',
  'api',
  'appeal',
  'appeals',
  'billing',
  'byline',
  'custodian',
  'help',
  'hostmaster',
  'moderation',
  'moderator',
  'noreply',
  'official',
  'postmaster',
  'privacy',
  'provider',
  'review',
  'reviewer',
  'reviewers',
  'root',
  'security',
  'server',
  'staff',
  'status',
  'support',
  'system',
  'verified',
  'webmaster',
]);

/**
 * The handle of a public account that a text means: what is written wide, in capitals or with an @ is made plain.
 * A handle is the localpart of the account's user id, so it is Latin; the account's name may be in any script.
 */
export const normaliseHandle = (text: string): string => text.normalize('NFKC').trim().replace(/^@/, '').toLowerCase();

/** What is wrong with a normalised handle; `undefined` if nothing is. */
export const handleProblem = (handle: string): HandleProblem | undefined => {
  if (/[^a-z0-9._-]/.test(handle)) return 'characters';
  if (handle.length < SHORTEST_HANDLE) return 'too-short';
  if (handle.length > LONGEST_HANDLE) return 'too-long';
  if (!/^[a-z0-9].*[a-z0-9]$/.test(handle)) return 'ends';
  if (/[._-]{2}/.test(handle)) return 'repeated-marks';
  return RESERVED.has(handle.replaceAll(/[._-]/g, '')) ? 'reserved' : undefined;
};

/**
 * The handle that a text means.
 *
 * @throws DomainError `M_INVALID_USERNAME`; the field `problem` says what is wrong
 */
export const parseHandle = (text: string): Localpart => {
  const handle = normaliseHandle(text);
  const problem = handleProblem(handle);
  if (problem !== undefined) throw new DomainError('M_INVALID_USERNAME', MESSAGES[problem], { problem });
  return Localpart.parse(handle);
};

const MESSAGES: Readonly<Record<HandleProblem, string>> = {
  'too-short': `A handle needs at least ${SHORTEST_HANDLE} characters.`,
  'too-long': `A handle may have at most ${LONGEST_HANDLE} characters.`,
  characters: 'A handle may have only the letters a to z, digits, and . _ -',
  ends: 'A handle must begin and end with a letter or a digit.',
  'repeated-marks': 'A handle may not have two of . _ - in a row.',
  reserved: 'This handle is kept for the provider. Please choose another.',
};
