import { DomainError } from '@byline/protocol/errors.ts';
import type { UnsignedPdu } from '@byline/protocol/event.ts';

/** Of a whole PDU as canonical JSON, with its signatures (client-server API: "Size limits"). */
export const MAX_EVENT_BYTES = 65_536;
const MAX_KEY_BYTES = 255;

/**
 * Checks an event against the size limits. Ids have theirs from being parsed.
 *
 * @param json the whole signed PDU as canonical JSON, as `signEvent` gives it
 * @throws DomainError `M_TOO_LARGE`
 */
export const requireFittingSize = (event: UnsignedPdu, json: string): void => {
  if (isLonger(event.type, MAX_KEY_BYTES)) throw tooLarge(`An event's type may have at most ${MAX_KEY_BYTES} bytes.`);
  if (isLonger(event.state_key ?? '', MAX_KEY_BYTES)) {
    throw tooLarge(`An event's state key may have at most ${MAX_KEY_BYTES} bytes.`);
  }
  if (isLonger(json, MAX_EVENT_BYTES)) throw tooLarge(`An event may have at most ${MAX_EVENT_BYTES} bytes.`);
};

/** UTF-8 takes at most three bytes per UTF-16 unit, so short texts need no counting. */
const isLonger = (text: string, maxBytes: number): boolean =>
  text.length * 3 > maxBytes && Buffer.byteLength(text) > maxBytes;

const tooLarge = (message: string): DomainError => new DomainError('M_TOO_LARGE', message);
