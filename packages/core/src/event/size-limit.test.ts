import { expect, test } from 'vitest';
import { pduOf } from './pdu.fixture.ts';
import { MAX_EVENT_BYTES, requireFittingSize } from './size-limit.ts';

test.each([
  ['a type', { type: 'x'.repeat(255) }, '{}'],
  ['a state key', { state_key: '字'.repeat(85) }, '{}'],
  ['an event', {}, 'x'.repeat(MAX_EVENT_BYTES)],
])('%s that just fits', (_what, parts, json) => {
  expect(() => requireFittingSize(pduOf(parts), json)).not.toThrow();
});

test.each([
  ['a type', { type: 'x'.repeat(256) }, '{}', 'type may have at most 255 bytes'],
  ['a type, in bytes', { type: '字'.repeat(86) }, '{}', 'type may have at most 255 bytes'],
  ['a state key', { state_key: '字'.repeat(86) }, '{}', 'state key may have at most 255 bytes'],
  ['an event', {}, 'x'.repeat(MAX_EVENT_BYTES + 1), 'event may have at most 65536 bytes'],
  ['an event, in bytes', {}, '字'.repeat(21_846), 'event may have at most 65536 bytes'],
])('%s that is too large', (_what, parts, json, message) => {
  expect(() => requireFittingSize(pduOf(parts), json)).toThrow(message);
});
