import { describe, expect, it } from 'vitest';
import { bodyOf, isArticle, lineOf } from './post-body.ts';

const URL = 'mxc://byline.test/abc';

describe('bodyOf', () => {
  it.each([
    ['a text', { msgtype: 'm.text', body: 'Hello' }, { kind: 'text', plain: 'Hello' }],
    [
      'a formatted text',
      { msgtype: 'm.text', body: 'Hello', format: 'org.matrix.custom.html', formatted_body: '<b>Hello</b>' },
      { kind: 'text', plain: 'Hello', html: '<b>Hello</b>' },
    ],
    [
      'another format is not shown',
      { msgtype: 'm.text', body: 'Hello', format: 'x', formatted_body: 'y' },
      { kind: 'text', plain: 'Hello' },
    ],
    [
      'a picture by its name alone',
      { msgtype: 'm.image', body: 'sea.jpg', url: URL, info: { w: 3, h: 2, size: 9, mimetype: 'image/jpeg' } },
      { kind: 'picture', url: URL, name: 'sea.jpg', width: 3, height: 2, size: 9, type: 'image/jpeg' },
    ],
    [
      'a picture with a caption',
      { msgtype: 'm.image', body: 'The harbour', filename: 'sea.jpg', url: URL },
      { kind: 'picture', url: URL, name: 'sea.jpg', caption: { plain: 'The harbour' } },
    ],
    [
      'a voice note',
      {
        msgtype: 'm.audio',
        body: 'voice.ogg',
        url: URL,
        info: { duration: 2500 },
        'org.matrix.msc1767.audio': { duration: 2500, waveform: [0, 512, 1024, 4096] },
        'org.matrix.msc3245.voice': {},
      },
      { kind: 'sound', url: URL, name: 'voice.ogg', isVoice: true, length: 2.5, peaks: [0, 0.5, 1, 1] },
    ],
    ['a film is a file', { msgtype: 'm.video', body: 'v.mp4', url: URL }, { kind: 'file', url: URL, name: 'v.mp4' }],
    [
      'a file from elsewhere is its text',
      { msgtype: 'm.image', body: 'x', url: 'https://x' },
      { kind: 'text', plain: 'x' },
    ],
    ['nonsense', { msgtype: 7, body: [], info: 'no' }, { kind: 'text', plain: '' }],
  ])('%s', (_, content, expected) => expect(bodyOf(content)).toEqual(expected));
});

describe('lineOf', () => {
  it.each([
    [{ msgtype: 'm.text', body: '\n# The harbour\nopens' }, 'The harbour'],
    [{ msgtype: 'm.text', body: '> quoted' }, 'quoted'],
    [{ msgtype: 'm.image', body: 'sea.jpg', url: URL }, ''],
    [{ msgtype: 'm.image', body: 'At dawn', filename: 'sea.jpg', url: URL }, 'At dawn'],
  ])('%j: %s', (content, expected) => expect(lineOf(bodyOf(content))).toBe(expected));
});

describe('isArticle', () => {
  it.each([
    ['short', { body: 'Short' }, false],
    ['long', { body: 'word '.repeat(150) }, true],
    ['long in ideographs', { body: '字'.repeat(360) }, true],
    ['not so long in ideographs', { body: '字'.repeat(340) }, false],
    ['with a heading', { body: 'A\nB', format: 'org.matrix.custom.html', formatted_body: '<h2>A</h2>B' }, true],
    ['a picture', { msgtype: 'm.image', body: 'x'.repeat(900), url: URL }, false],
  ])('%s', (_, content, expected) => expect(isArticle(bodyOf({ msgtype: 'm.text', ...content }))).toBe(expected));
});
