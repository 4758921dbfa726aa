import { expect, it } from 'vitest';
import { Refused, refusalOf } from './microphone.ts';

it.each([
  [new DOMException('', 'NotAllowedError'), 'denied'],
  [new DOMException('', 'NotFoundError'), 'missing'],
  [new DOMException('', 'NotReadableError'), 'busy'],
  [new DOMException('', 'DataError'), 'failed'],
  [new Refused('unsupported'), 'unsupported'],
  [new TypeError('constructor'), 'failed'],
])('%s means %s', (error, why) => expect(refusalOf(error)).toBe(why));
