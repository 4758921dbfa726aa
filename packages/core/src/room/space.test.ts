import type { JsonObject } from '@byline/protocol/json.ts';
import { describe, expect, test } from 'vitest';
import { pduOf } from '../event/pdu.fixture.ts';
import { childrenOfSpace } from './space.ts';

const child = (roomId: string, content: JsonObject, at = 0) =>
  pduOf({ type: 'm.space.child', state_key: roomId, content, origin_server_ts: at });
const VIA = { via: ['example.org'] };

describe('the children of a space', () => {
  test('stand in the order of the specification’s example', () => {
    const children = childrenOfSpace([
      child('!d:example.org', VIA, 1640741000000),
      child('!c:example.org', { ...VIA, order: 'first' }, 1640841000000),
      child('!e:example.org', VIA, 1640641000000),
      child('!a:example.org', { ...VIA, order: 'aaaa' }, 1640141000000),
      child('!b:example.org', { ...VIA, order: ' ' }, 1640341000000),
    ]);
    expect(children.map(({ roomId }) => roomId[1]).join('')).toBe('baced');
  });

  test('of one order stand by time, of one time by room id', () => {
    const children = childrenOfSpace([
      child('!c:a', { ...VIA, order: 'x' }, 2),
      child('!b:a', { ...VIA, order: 'x' }, 1),
      child('!f:a', VIA, 1),
      child('!a:a', { ...VIA, order: 'x' }, 2),
      child('!e:a', VIA, 1),
    ]);
    expect(children.map(({ roomId }) => roomId[1]).join('')).toBe('bacef');
  });

  test.each<[what: string, order: JsonObject]>([
    ['no text', { order: 5 }],
    ['empty', { order: '' }],
    ['longer than 50 characters', { order: 'a'.repeat(51) }],
    ['of other characters', { order: 'ä' }],
    ['of control characters', { order: '\x1F' }],
  ])('whose order is %s come after those with one', (_what, order) => {
    const children = childrenOfSpace([child('!a:a', { ...VIA, ...order }), child('!b:a', { ...VIA, order: '~' }, 9)]);
    expect(children.map(({ roomId }) => roomId[1]).join('')).toBe('ba');
  });

  test.each<[what: string, roomId: string, content: JsonObject]>([
    ['no way to it', '!a:a', {}],
    ['an empty way', '!a:a', { via: [] }],
    ['a way that is no list', '!a:a', { via: 'example.org' }],
    ['a way that is no server', '!a:a', { via: [7] }],
    ['no room id', 'room', VIA],
  ])('do not count: %s', (_what, roomId, content) => {
    expect(childrenOfSpace([child(roomId, content)])).toEqual([]);
  });

  test.each([
    [true, true],
    [false, false],
    ['true', false],
    [1, false],
  ])('are suggested where it says %j: %s', (suggested, expected) => {
    expect(childrenOfSpace([child('!a:a', { ...VIA, suggested })])[0]?.isSuggested).toBe(expected);
  });
});
