import { expect, it } from 'vitest';
import { addsPin, pinsIn, withoutPin, withPin } from './pins.ts';

it.each([
  [{}, []],
  [{ pinned: null }, []],
  [{ pinned: '$1' }, []],
  [{ pinned: [] }, []],
  [{ pinned: ['$2', '$1'] }, ['$2', '$1']],
  [{ pinned: ['$1', 3, null, '', '$1', '$2'] }, ['$1', '$2']],
])('%j pins %j', (content, pins) => expect(pinsIn(content)).toEqual(pins));

it.each([
  ['at the end', withPin(['$1', '$2'], '$3'), ['$1', '$2', '$3']],
  ['once', withPin(['$1', '$2'], '$1'), ['$1', '$2']],
  ['back where it was', withPin(['$1', '$3'], '$2', 1), ['$1', '$2', '$3']],
  ['at the end, when the others have gone', withPin(['$1'], '$2', 7), ['$1', '$2']],
  ['not any more', withoutPin(['$1', '$2'], '$1'), ['$2']],
  ['as it was, what is not pinned', withoutPin(['$1'], '$2'), ['$1']],
])('is pinned %s', (_, pins, expected) => expect(pins).toEqual(expected));

it.each([
  ['the first one', {}, { pinned: ['$1'] }, true],
  ['another one', { pinned: ['$1'] }, { pinned: ['$1', '$2'] }, true],
  ['one in place of another', { pinned: ['$1'] }, { pinned: ['$2'] }, true],
  ['nothing new', { pinned: ['$1', '$2'] }, { pinned: ['$2', '$1'] }, false],
  ['one less', { pinned: ['$1', '$2'] }, { pinned: ['$1'] }, false],
])('a change pins %s', (_, before, now, expected) => expect(addsPin(before, now)).toBe(expected));
