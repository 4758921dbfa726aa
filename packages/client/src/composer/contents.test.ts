import { describe, expect, it } from 'vitest';
import { editContent, fileContent, textContent } from './contents.ts';

const BEN = { id: '$said', own: false, sender: { id: '@ben:town', name: 'Ben' } };

describe('textContent', () => {
  it.each([
    ['words', textContent('hello'), { msgtype: 'm.text', body: 'hello', 'm.mentions': {} }],
    ['what one does', textContent('/me waves'), { msgtype: 'm.emote', body: 'waves', 'm.mentions': {} }],
    ['an unfinished command', textContent('/me'), { msgtype: 'm.text', body: '/me', 'm.mentions': {} }],
    [
      'an answer calls whom it answers',
      textContent('yes', BEN),
      {
        msgtype: 'm.text',
        body: 'yes',
        'm.mentions': { user_ids: ['@ben:town'] },
        'm.relates_to': { 'm.in_reply_to': { event_id: '$said' } },
      },
    ],
    ['an answer to oneself calls nobody', textContent('yes', { ...BEN, own: true })['m.mentions'], {}],
  ])('%s', (_, content, expected) => expect(content).toEqual(expected));
});

it('an edit is readable for who does not know edits', () => {
  expect(editContent('better', '$said')).toEqual({
    msgtype: 'm.text',
    body: '* better',
    'm.mentions': {},
    'm.new_content': { msgtype: 'm.text', body: 'better', 'm.mentions': {} },
    'm.relates_to': { rel_type: 'm.replace', event_id: '$said' },
  });
});

it('a file tells its name, kind and size', () => {
  const file = new Blob(['abc']);
  expect(fileContent({ kind: 'file', file, name: 'list.txt' }, 'mxc://a/b')).toEqual({
    msgtype: 'm.file',
    body: 'list.txt',
    filename: 'list.txt',
    url: 'mxc://a/b',
    info: { size: 3, mimetype: 'application/octet-stream' },
    'm.mentions': {},
  });
});
