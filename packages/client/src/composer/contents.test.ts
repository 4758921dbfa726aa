import { describe, expect, it } from 'vitest';
import { bodyOf } from '../posts/post-body.ts';
import { editContent, fileContent, sealedFileContent, textContent } from './contents.ts';

const BEN = { id: '$said', own: false, sender: { id: '@ben:town', name: 'Ben' } };

const sealed = (url: string) => ({ url, key: 'k', iv: 'i', sha256: 's', type: 'image/png' });

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

it('an encrypted file tells all of it in the message, and nothing beside', () => {
  const file = new Blob(['abc'], { type: 'image/png' });
  const content = sealedFileContent(
    { kind: 'picture', file, name: 'heron.png', width: 4, height: 2 },
    { whole: sealed('mxc://a/whole'), thumbnail: sealed('mxc://a/small') },
  );
  expect(content).not.toHaveProperty('url');
  expect(content).toMatchObject({
    msgtype: 'm.image',
    file: { url: 'mxc://a/whole', v: 'v2', key: { k: 'k', alg: 'A256CTR' }, iv: 'i', hashes: { sha256: 's' } },
    info: { w: 4, h: 2, thumbnail_file: { url: 'mxc://a/small' }, thumbnail_info: { mimetype: 'image/png' } },
  });
  // What one writes is what another reads.
  expect(bodyOf(content)).toMatchObject({
    kind: 'picture',
    url: 'mxc://a/whole',
    sealed: sealed('mxc://a/whole'),
    thumbnail: sealed('mxc://a/small'),
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
