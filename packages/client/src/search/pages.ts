import type { FoundMessage } from './found.ts';

/** A part of what there is to be found. */
export interface Page {
  readonly found: readonly FoundMessage[];
  /** Nothing comes after it. */
  readonly isLast: boolean;
  /** Up to when this device has looked back, in milliseconds since 1970; `undefined` where the server looked through all. */
  readonly lookedBackTo?: number;
}

/** Where messages are found, a page at a time, the newest first. */
export interface Pages {
  readonly next: () => Promise<Page>;
}
