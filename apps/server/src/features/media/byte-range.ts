import type { ByteRange } from '../../platform/blobs/blobs.ts';

/** `unsatisfiable`: no byte of the content is in it. `undefined`: there is none, or one that may be ignored. */
export type WantedRange = ByteRange | 'unsatisfiable' | undefined;

const ONE_RANGE = /^bytes=(\d{0,15})-(\d{0,15})$/;

/** Reads a `Range` header (RFC 9110, section 14.2). Several ranges at once are answered with the whole content. */
export const parseRange = (header: string | undefined, size: number): WantedRange => {
  const [, from, to] = ONE_RANGE.exec(header ?? '') ?? [];
  if (from === undefined || to === undefined || (from === '' && to === '')) return undefined;
  if (from === '') return suffix(Number(to), size);
  const first = Number(from);
  const last = to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (to !== '' && Number(to) < first) return undefined;
  return first >= size ? 'unsatisfiable' : { first, last };
};

const suffix = (length: number, size: number): WantedRange =>
  length === 0 || size === 0 ? 'unsatisfiable' : { first: Math.max(0, size - length), last: size - 1 };
