import { describe, expect, it } from 'vitest';
import { contentOf, isFewEmoji, oneLineOf, repliedTo } from './content.ts';

const message = (content: Readonly<Record<string, never>> | object) =>
  contentOf({ type: 'm.room.message', content: { msgtype: 'm.text', body: '', ...content }, isRedacted: false });

describe('contentOf', () => {
  it.each([
    ['plain text', { body: 'hello' }, { kind: 'text', plain: 'hello' }],
    ['what somebody does', { msgtype: 'm.emote', body: 'waves' }, { kind: 'text', plain: 'waves', emote: true }],
    ['an emoji alone', { body: '🎉' }, { kind: 'text', plain: '🎉', large: true }],
    [
      'an answer without the quote of older clients',
      { body: '> <@a:b> what?\n> really?\n\nyes', 'm.relates_to': { 'm.in_reply_to': { event_id: '$1' } } },
      { kind: 'text', plain: 'yes' },
    ],
    ['a quote that is meant', { body: '> <@a:b> what?' }, { kind: 'text', plain: '> <@a:b> what?' }],
  ])('%s', (_, content, expected) => expect(message(content)).toEqual(expected));

  it.each([
    ['deleted', { type: 'm.room.message', content: {}, isRedacted: true }, { kind: 'deleted' }],
    ['encrypted', { type: 'm.room.encrypted', content: {}, isRedacted: false }, { kind: 'locked', why: 'opening' }],
    [
      'what could not be opened',
      { type: 'm.room.message', content: { msgtype: 'm.bad.encrypted' }, isRedacted: false, locked: 'waiting' },
      { kind: 'locked', why: 'waiting' },
    ],
    ['no message', { type: 'm.reaction', content: {}, isRedacted: false }, undefined],
  ] as const)('%s', (_, written, expected) => expect(contentOf(written)).toEqual(expected));

  it('shows a file by its kind, with one line for a list', () => {
    const picture = message({ msgtype: 'm.image', body: 'A heron', filename: 'heron.jpg', url: 'mxc://a/b' });
    expect(picture).toMatchObject({ kind: 'picture', name: 'heron.jpg', caption: { plain: 'A heron' } });
    expect(picture && oneLineOf(picture)).toBe('A heron');
  });
});

it.each([
  ['👍', true],
  ['👍🏽 🧑‍🚀', true],
  ['🇨🇭🇨🇳🏳️‍🌈', true],
  ['👍👍👍👍', false],
  ['3', false],
  ['ok 👍', false],
  ['', false],
])('%s stands alone: %s', (text, few) => expect(isFewEmoji(text)).toBe(few));

it.each([
  [{}, undefined],
  [{ 'm.relates_to': null }, undefined],
  [{ 'm.relates_to': { 'm.in_reply_to': { event_id: 3 } } }, undefined],
  [{ 'm.relates_to': { 'm.in_reply_to': { event_id: '$1' } } }, '$1'],
  [{ 'm.relates_to': { rel_type: 'm.thread', event_id: '$0', 'm.in_reply_to': { event_id: '$1' } } }, '$1'],
  [{ 'm.relates_to': { rel_type: 'm.thread', is_falling_back: true, 'm.in_reply_to': { event_id: '$1' } } }, undefined],
])('what %j answers', (content, id) => expect(repliedTo(content)).toBe(id));
