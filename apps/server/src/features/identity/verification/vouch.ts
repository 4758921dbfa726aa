import { DomainError } from '@byline/protocol';
import type { Vouch } from '@byline/protocol/byline/vouches.ts';
import { createHash, randomInt } from 'node:crypto';
import type { PresentedVouch } from './vouch-store.ts';

/** No letter that is mistaken for a digit, so that it can be read out. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_LENGTH = 16;

/** A code to hand over, of 80 random bits, such as `7K3M-0Q9T-XZ4B-21HR`. */
export const newCode = (): string => {
  const letters = Array.from({ length: CODE_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return (letters.match(/.{4}/g) ?? []).join('-');
};

/** What is kept of a code; however it was written down. */
export const hashOfCode = (code: string): string =>
  createHash('sha256').update(code.toUpperCase().replaceAll(/[\s-]/g, '')).digest('base64url');

/** Where a vouch stands at a moment. */
export const stateOf = (row: PresentedVouch, now: number): Vouch['state'] => {
  if (row.withdrawn_at !== null) return 'withdrawn';
  if (row.application_id !== null) return row.application_state === 'approved' ? 'standing' : 'presented';
  return row.expires > now ? 'open' : 'expired';
};

export const noSuchVouch = (): DomainError =>
  new DomainError('M_NOT_FOUND', 'There is no such vouch. Please look at the code again.');

export const vouchRefused = (message: string): DomainError => new DomainError('M_FORBIDDEN', message);
