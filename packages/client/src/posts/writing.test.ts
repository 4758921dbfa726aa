import { describe, expect, it } from 'vitest';
import { htmlOf, textContentOf } from './writing.ts';

describe('htmlOf', () => {
  it.each([
    ['One line', '<p>One line</p>'],
    ['a\nb\n\nc', '<p>a<br>b</p><p>c</p>'],
    ['# Title\n## Part\ntext', '<h2>Title</h2><h3>Part</h3><p>text</p>'],
    ['> said\n> twice\nby her', '<blockquote><p>said<br>twice</p></blockquote><p>by her</p>'],
    ['- one\n- two', '<ul><li>one</li><li>two</li></ul>'],
    ['1. one\n2) two', '<ol><li>one</li><li>two</li></ol>'],
    ['**much** and *some*', '<p><strong>much</strong> and <em>some</em></p>'],
    ['2 * 3 * 4', '<p>2 * 3 * 4</p>'],
    [
      'see https://byline.test/a_b?c=1&d=2.',
      '<p>see <a href="https://byline.test/a_b?c=1&amp;d=2">https://byline.test/a_b?c=1&amp;d=2</a>.</p>',
    ],
    ['[the page](https://byline.test)', '<p><a href="https://byline.test">the page</a></p>'],
    ['见https://byline.test。', '<p>见<a href="https://byline.test">https://byline.test</a>。</p>'],
    ['<script>alert(1)</script>', '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>'],
    ['[x](javascript:alert(1))', '<p>[x](javascript:alert(1))</p>'],
    [
      'https://a.b/"onclick="x',
      '<p><a href="https://a.b/&quot;onclick=&quot;x">https://a.b/&quot;onclick=&quot;x</a></p>',
    ],
  ])('%j', (text, html) => expect(htmlOf(text)).toBe(html));
});

describe('textContentOf', () => {
  it('says plainly what is plain', () => {
    expect(textContentOf(' Hello & welcome ')).toEqual({ body: 'Hello & welcome' });
  });

  it('keeps the typed text beside the formatted', () => {
    expect(textContentOf('# A\n\nb')).toEqual({
      body: '# A\n\nb',
      format: 'org.matrix.custom.html',
      formatted_body: '<h2>A</h2><p>b</p>',
    });
  });
});
