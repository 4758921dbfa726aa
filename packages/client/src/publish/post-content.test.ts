import { describe, expect, it } from 'vitest';
import { bodyOf } from '../posts/post-body.ts';
import { type Attachment, filePost, rewritten, textPost, writtenIn } from './post-content.ts';

const URL = 'mxc://byline.test/abc';
const file = new Blob(['12345'], { type: 'image/jpeg' });
const picture: Attachment = { kind: 'picture', file, name: 'sea.jpg', width: 4, height: 3 };
const sound = new Blob(['123'], { type: 'audio/ogg' });
const voice: Attachment = { kind: 'voice', file: sound, name: 'voice.ogg', length: 2.5004, peaks: [0, 0.5, 1, 2] };

describe('what is published reads as it was meant', () => {
  it('a text', () => {
    expect(bodyOf(textPost('**Hello**'))).toMatchObject({
      kind: 'text',
      plain: '**Hello**',
      html: '<p><strong>Hello</strong></p>',
    });
  });

  it('a picture with a caption, and without', () => {
    const shown = { kind: 'picture', url: URL, name: 'sea.jpg', width: 4, height: 3, size: 5, type: 'image/jpeg' };
    expect(bodyOf(filePost(picture, URL, 'At dawn'))).toEqual({ ...shown, caption: { plain: 'At dawn' } });
    expect(bodyOf(filePost(picture, URL, ' '))).toEqual(shown);
  });

  it('a voice note', () => {
    expect(bodyOf(filePost(voice, URL, ''))).toMatchObject({
      kind: 'sound',
      isVoice: true,
      length: 2.5,
      peaks: [0, 0.5, 1, 1],
    });
  });
});

describe('rewriting', () => {
  it('gives a text other words, and no old formatting', () => {
    const content = textPost('# Old');
    expect(writtenIn(content)).toBe('# Old');
    expect(rewritten(content, 'New')).toEqual({ msgtype: 'm.text', body: 'New' });
  });

  it('keeps what a captioned picture shows', () => {
    const content = filePost(picture, URL, 'At dawn');
    expect(writtenIn(content)).toBe('At dawn');
    expect(bodyOf(rewritten(content, 'At noon'))).toMatchObject({
      url: URL,
      name: 'sea.jpg',
      caption: { plain: 'At noon' },
    });
    expect(bodyOf(rewritten(content, ''))).not.toHaveProperty('caption');
  });

  it('can give a caption to what had none', () => {
    const content = { msgtype: 'm.image', body: 'sea.jpg', url: URL };
    expect(writtenIn(content)).toBe('');
    expect(bodyOf(rewritten(content, 'At dawn'))).toMatchObject({ name: 'sea.jpg', caption: { plain: 'At dawn' } });
  });
});
