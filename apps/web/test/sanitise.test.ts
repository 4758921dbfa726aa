import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSite } from './site.ts';
import type { Site } from './site.ts';

let site: Site;
let page: Page;
beforeAll(async () => {
  site = await startSite();
  const visit = await site.open('/gallery.html?section=reading', { width: 390 });
  // Without the content policy, which would stop what the sanitiser let through.
  const unprotected = await visit.context.browser()?.newContext({ bypassCSP: true });
  if (!unprotected) throw new Error('the browser is gone');
  page = await unprotected.newPage();
  await page.goto(visit.page.url());
  await page.locator('h1').first().waitFor();
});
afterAll(() => site.close());

const clean = (html: string): Promise<string> =>
  page.evaluate((dirty) => {
    const sanitise = globalThis.bylineSanitise;
    if (!sanitise) throw new Error('the gallery gives no sanitiser');
    return sanitise(dirty, (mxc) => (mxc === 'mxc://example.org/lost' ? undefined : `/media/${mxc.slice(6)}`));
  }, html);

describe('foreign HTML', () => {
  it.each([
    ['keeps what is formatted', '<p><b>a</b> <em>b</em> <del>c</del></p>', '<p><b>a</b> <em>b</em> <del>c</del></p>'],
    ['keeps lists and their start', '<ol start="3"><li>x</li></ol>', '<ol start="3"><li>x</li></ol>'],
    ['keeps the language of code', '<code class="language-ts">x</code>', '<code class="language-ts">x</code>'],
    ['drops other classes', '<code class="btn language-ts">x</code><p class="a">y</p>', '<code>x</code><p>y</p>'],
    ['drops scripts with what they hold', 'a<script>globalThis.ran = 1</script>b', 'ab'],
    ['drops styles', '<p style="position:fixed">a</p><style>p{}</style>', '<p>a</p>'],
    [
      'drops handlers',
      '<img src="mxc://example.org/a" onerror="globalThis.ran = 1">',
      '<img src="/media/example.org/a">',
    ],
    ['drops pictures from elsewhere', '<img src="https://tracker.example/x.png" alt="a tree">', 'a tree'],
    ['drops pictures in the address', '<img src="data:image/png;base64,AAAA" alt="x">', 'x'],
    ['drops pictures without an address', '<img src="mxc://example.org/lost" alt="lost">', 'lost'],
    [
      'drops script addresses',
      '<a href="javascript:alert(1)">a</a>',
      '<a target="_blank" rel="noopener noreferrer">a</a>',
    ],
    [
      'drops relative addresses',
      '<a href="/_matrix/logout">a</a>',
      '<a target="_blank" rel="noopener noreferrer">a</a>',
    ],
    [
      'opens links apart',
      '<a href="https://example.org">a</a>',
      '<a href="https://example.org" target="_blank" rel="noopener noreferrer">a</a>',
    ],
    ['drops the quote of the message answered to', '<mx-reply>old</mx-reply>new', 'new'],
    ['drops colours', '<span data-mx-color="#ff0000">a</span>', '<span>a</span>'],
    ['covers spoilers', '<span data-mx-spoiler="why">a</span>', '<span data-mx-spoiler="why" tabindex="0">a</span>'],
    ['drops forms and frames', '<form><input value="x"></form><iframe src="https://x.example"></iframe>a', 'a'],
    ['drops vectors', '<svg><a href="https://x.example"><text>q</text></a></svg>a', 'a'],
    ['drops ids', '<p id="root">a</p>', '<p>a</p>'],
  ])('%s', async (_, dirty, expected) => expect(await clean(dirty)).toBe(expected));

  it('drops what is nested more than 100 deep', async () => {
    const deep = `${'<div>'.repeat(150)}deep${'</div>'.repeat(150)}`;
    const safe = await clean(`<p>ok</p>${deep}`);
    expect(safe).toContain('ok');
    expect(safe.match(/<div>/g)?.length).toBeLessThanOrEqual(100);
  });

  it('runs nothing when it is shown', async () => {
    const hostile =
      '<img src=x onerror="globalThis.ran = 1"><svg onload="globalThis.ran = 1"></svg><details open ontoggle="globalThis.ran = 1">';
    const safe = await clean(hostile);
    await page.evaluate((html) => {
      document.body.insertAdjacentHTML('beforeend', html);
      return new Promise((done) => setTimeout(done));
    }, safe);
    expect(await page.evaluate(() => 'ran' in globalThis)).toBe(false);
  });
});
