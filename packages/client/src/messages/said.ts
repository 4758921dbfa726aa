import type { MatrixEvent } from 'matrix-js-sdk';
import { lockedIn } from '../crypto/encrypted-room.ts';
import { type Content, contentOf } from './content.ts';

/** What somebody said by an event; `undefined` for what changes or annotates something else. */
export function saidIn(event: MatrixEvent): Content | undefined {
  if (event.isState() || event.isRelation('m.replace') || isComparing(event) || isAbout(event)) return undefined;
  return contentOf({
    type: event.getType(),
    content: event.getContent(),
    isRedacted: event.isRedacted(),
    locked: lockedIn(event),
  });
}

/** What is encrypted and only refers to something is no message: an answer to a poll, or part of comparing devices. */
const isAbout = (event: MatrixEvent): boolean => event.isRelation('m.reference') && lockedIn(event) !== undefined;

/** Comparing devices goes by messages that nobody reads (specification: "Key verification framework"). */
const isComparing = (event: MatrixEvent): boolean =>
  event.getContent<{ msgtype?: string }>().msgtype === 'm.key.verification.request';
