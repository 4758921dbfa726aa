import { UserId } from '@byline/protocol/ids.ts';
import type { JsonObject } from '@byline/protocol/json.ts';
import { describe, expect, test } from 'vitest';
import { describesParent, mayBeThreadRoot, relationOf } from './relation.ts';

const ALICE = UserId.parse('@alice:example.org');
const BOB = UserId.parse('@bob:example.org');

const relatesTo = (relation: JsonObject, more: JsonObject = {}): { content: JsonObject } => ({
  content: { ...more, 'm.relates_to': relation },
});

describe('relationOf', () => {
  test.each<[JsonObject, unknown]>([
    [
      { rel_type: 'm.thread', event_id: '$root' },
      { type: 'm.thread', parentId: '$root' },
    ],
    [
      { rel_type: 'org.example.own', event_id: '$a', key: 'x' },
      { type: 'org.example.own', parentId: '$a' },
    ],
    [
      { rel_type: 'm.annotation', event_id: '$a', key: '👍' },
      { type: 'm.annotation', parentId: '$a', key: '👍' },
    ],
    [{ rel_type: 'm.annotation', event_id: '$a' }, undefined],
    [{ rel_type: 'm.annotation', event_id: '$a', key: 7 }, undefined],
    [{ rel_type: 'm.annotation', event_id: '$a', key: 'a\0' }, undefined],
    [{ rel_type: 'm.annotation', event_id: '$a', key: '\ud800' }, undefined],
    [{ 'm.in_reply_to': { event_id: '$a' } }, undefined],
    [{ rel_type: 'm.thread' }, undefined],
    [{ rel_type: 'm.thread', event_id: 'a' }, undefined],
    [{ rel_type: 'm.thread', event_id: 1 }, undefined],
    [{ rel_type: '', event_id: '$a' }, undefined],
    [{ rel_type: 'x\0', event_id: '$a' }, undefined],
    [{ rel_type: 'é'.repeat(128), event_id: '$a' }, undefined],
    [{ rel_type: ['m.thread'], event_id: '$a' }, undefined],
  ])('%j', (relation, expected) => {
    expect(relationOf(relatesTo(relation))).toEqual(expected);
  });

  test.each([[{}], [{ 'm.relates_to': 'm.thread' }], [{ 'm.relates_to': null }], [{ 'm.relates_to': [] }]])(
    '%j relates to nothing',
    (content) => {
      expect(relationOf({ content })).toBeUndefined();
    },
  );
});

test('a thread begins at what relates to nothing; a reply may be its first event', () => {
  expect(mayBeThreadRoot({ content: {} })).toBe(true);
  expect(mayBeThreadRoot(relatesTo({ 'm.in_reply_to': { event_id: '$a' } }))).toBe(true);
  expect(mayBeThreadRoot(relatesTo({ rel_type: 'm.thread', event_id: '$a' }))).toBe(false);
  expect(mayBeThreadRoot(relatesTo({ rel_type: 'm.reference', event_id: '$a' }))).toBe(false);
});

describe('describesParent', () => {
  const parent = { type: 'm.room.message', sender: ALICE, content: { body: 'a' } };
  const edit = (more: object = {}) => ({
    type: 'm.room.message',
    sender: ALICE,
    ...relatesTo({ rel_type: 'm.replace', event_id: '$a' }, { 'm.new_content': {} }),
    ...more,
  });
  const related = (rel_type: string, more: object = {}) => ({
    ...edit(),
    ...relatesTo({ rel_type, event_id: '$a', key: 'k' }),
    ...more,
  });
  const encrypted = { type: 'm.room.encrypted', sender: ALICE, content: {} };

  test.each([
    ['an edit', edit(), parent, true],
    ['an edit by another', edit({ sender: BOB }), parent, false],
    ['an edit of another type', edit({ type: 'm.sticker' }), parent, false],
    ['an edit that is state', edit({ state_key: '' }), parent, false],
    ['an edit of state', edit(), { ...parent, state_key: '' }, false],
    ['an edit of an edit', edit(), edit(), false],
    ['an edit of a thread’s event', edit(), related('m.thread'), true],
    ['an edit that says nothing new', related('m.replace'), parent, false],
    ['an encrypted edit', related('m.replace', { type: 'm.room.encrypted' }), encrypted, true],
    ['a plain edit of an encrypted event', edit(), encrypted, false],
    ['an event of a thread', related('m.thread', { sender: BOB }), parent, true],
    ['a thread in a thread', related('m.thread'), related('m.thread'), false],
    ['a reference', related('m.reference', { sender: BOB }), parent, true],
    ['an annotation', related('m.annotation'), parent, false],
    ['something unknown', related('constructor'), parent, false],
  ])('%s: %#', (_what, child, of, expected) => {
    const relation = relationOf(child);
    expect(relation !== undefined && describesParent(child, relation, of)).toBe(expected);
  });
});
