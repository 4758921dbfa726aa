import { DomainError, type JsonObject } from '@byline/protocol';

/** What one user keeps here, so that nobody fills the disk. */
export interface Kept {
  readonly entries: number;
  readonly bytes: number;
}

const KIB = 1_024;
const LARGEST_ENTRY_BYTES = 256 * KIB;
const MOST_BYTES = 16 * KIB * KIB;
const MOST_ENTRIES = 10_000;
const LARGEST_FILTER_BYTES = 64 * KIB;
/** Clients make the same few again and again; of more the oldest are let go. */
export const MOST_FILTERS_OF_USER = 1_000;

/** Throws `M_TOO_LARGE`. */
export const requireSmallEntry = (content: JsonObject): void => {
  if (bytesOf(content) > LARGEST_ENTRY_BYTES)
    throw new DomainError('M_TOO_LARGE', 'What is kept under one name may have at most 256 KiB.');
};

/** Throws `M_TOO_LARGE` when what is to be kept has no room beside what else is. */
export const requireRoomFor = (content: JsonObject, { entries, bytes }: Kept): void => {
  if (entries >= MOST_ENTRIES || bytes + bytesOf(content) > MOST_BYTES)
    throw new DomainError('M_TOO_LARGE', 'You keep too much here. Please remove something first.');
};

/** Throws `M_TOO_LARGE`. */
export const requireSmallFilter = (text: string): void => {
  if (Buffer.byteLength(text) > LARGEST_FILTER_BYTES)
    throw new DomainError('M_TOO_LARGE', 'A filter may have at most 64 KiB.');
};

const bytesOf = (content: JsonObject): number => Buffer.byteLength(JSON.stringify(content));
