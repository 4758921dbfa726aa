import fc from 'fast-check';
import { expect, test } from 'vitest';
import { harmlessAddress, sanitise } from './sanitise.ts';

const LINK = 'rel="nofollow noopener ugc"';

test.each([
  ['plain', 'plain'],
  ['<b>bold</b> &amp; <i>italic</i>', '<b>bold</b> &amp; <i>italic</i>'],
  ['a & b < c > d "e"', 'a &amp; b &lt; c &gt; d &quot;e&quot;'],
  ['<B>loud</B>', '<b>loud</b>'],
  ['<h1>Title</h1><h6>small</h6>', '<h3>Title</h3><h6>small</h6>'],
  ['one<br>two<br/>three<hr />', 'one<br>two<br>three<hr>'],
  ['<ul><li>one<li>two</ul>', '<ul><li>one<li>two</li></li></ul>'],
  ['<b>never closed', '<b>never closed</b>'],
  ['<b><i>crossed</b></i>', '<b><i>crossed</i></b>'],
  ['</b></div>nothing open', 'nothing open'],
  ['<div class="x"><span>text</span></div>', 'text'],
  ['<p style="color:red" onclick="x()">text</p>', '<p>text</p>'],
  ['<a href="https://example.org/?a=1&amp;b=2">x</a>', `<a href="https://example.org/?a=1&amp;b=2" ${LINK}>x</a>`],
  ["<a href='mailto:a@example.org'>x</a>", `<a href="mailto:a@example.org" ${LINK}>x</a>`],
  ['<a title="href=x" href=http://example.org>x</a>', `<a href="http://example.org/" ${LINK}>x</a>`],
  ['<mx-reply><blockquote>old</blockquote></mx-reply>new', 'new'],
  ['before<!-- <b>comment</b> -->after', 'beforeafter'],
  ['<!doctype html><p>x</p>', '<p>x</p>'],
  ['<pre><code class="language-js">if (a &lt; b) {}</code></pre>', '<pre><code>if (a &lt; b) {}</code></pre>'],
])('shows %j', (formatted, shown) => {
  expect(sanitise(formatted).text).toBe(shown);
});

test.each([
  ['<script>alert(1)</script>x', 'x'],
  ['<SCRIPT SRC=//evil>x</SCRIPT >y', 'y'],
  ['<script>alert(1)', ''],
  ['<style>body{}</style>x', 'x'],
  ['<svg><script>alert(1)</script></svg>x', 'x'],
  ['<img src=x onerror=alert(1)>x', 'x'],
  ['<iframe srcdoc="<b>x</b>">y</iframe>z', 'z'],
  ['<a href="javascript:alert(1)">x</a>', 'x'],
  ['<a href=" java\nscript:alert(1)">x</a>', 'x'],
  ['<a href="&#106;avascript:alert(1)">x</a>', 'x'],
  ['<a href="&#x6A;avascript&colon;alert(1)">x</a>', 'x'],
  ['<a href="data:text/html,x">x</a>', 'x'],
  ['<a href="//example.org">x</a>', 'x'],
  ['<a href="/relative">x</a>', 'x'],
  [
    '<a href="https://example.org/&quot; onclick=&quot;x()">x</a>',
    `<a href="https://example.org/%22%20onclick=%22x()" ${LINK}>x</a>`,
  ],
  ['<b title=">">x</b>', '<b>x</b>'],
  ['<b title="never ends>x', '&lt;b title=&quot;never ends&gt;x'],
  ['<<b>x</b>', '&lt;<b>x</b>'],
  ['<b/onclick=x()>x</b>', '<b>x</b>'],
  ['<form action=/x><input><button>y</button></form>', 'y'],
  ['<math><mtext></mtext></math>x', 'x'],
  ['<base href=//evil><meta http-equiv=refresh>x', 'x'],
])('makes %j harmless', (formatted, shown) => {
  expect(sanitise(formatted).text).toBe(shown);
});

const ALLOWED =
  /<\/?(?:b|strong|i|em|u|s|del|sub|sup|code|pre|p|blockquote|ul|ol|li|h[3-6]|a)>|<(?:br|hr)>|<a href="(?:https?|mailto):[^"<>]*" rel="nofollow noopener ugc">/g;

test('whatever comes in, only harmless marks come out, and all that is opened is closed', () => {
  const pieces = fc.constantFrom(
    '<',
    '>',
    '"',
    "'",
    '/',
    '=',
    '&',
    ';',
    '#106;',
    'javascript:',
    'https://x.y',
    ' ',
    '!--',
    '-->',
  );
  const names = fc.constantFrom(
    'a',
    'b',
    'p',
    'li',
    'script',
    'svg',
    'style',
    'img',
    'onerror',
    'href',
    'mx-reply',
    'h1',
    'br',
  );
  const text = fc.array(fc.oneof(pieces, names, fc.string({ maxLength: 4 })), { maxLength: 60 });
  fc.assert(
    fc.property(text, (parts) => {
      const { text: shown } = sanitise(parts.join(''));
      expect(shown.replaceAll(ALLOWED, '')).not.toMatch(/[<>"']/);
      const opened = shown.match(/<(?!\/|br>|hr>)/g)?.length ?? 0;
      expect(shown.match(/<\//g)?.length ?? 0).toBe(opened);
    }),
    { numRuns: 3_000 },
  );
});

test('a text made to be slow is not', () => {
  const started = performance.now();
  for (const piece of ['<a "', "<b '", '<!--', '<svg>', '<svg></svg>', '<b>', '<a b=c', '&', '<a href='])
    sanitise(piece.repeat(16_000));
  expect(performance.now() - started).toBeLessThan(2_000);
});

test.each([
  ['https://example.org', 'https://example.org/'],
  ['HTTP://EXAMPLE.org/a b', 'http://example.org/a%20b'],
  ['javascript:x', undefined],
  ['nonsense', undefined],
])('the address %j is %j', (address, harmless) => {
  expect(harmlessAddress(address)).toBe(harmless);
});
