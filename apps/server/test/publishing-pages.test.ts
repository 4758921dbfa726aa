import type { PublicAccount } from '@byline/protocol/byline/accounts.ts';
import type { TestServer } from '@byline/testkit/byline.ts';
import { type Person, signUp } from '@byline/testkit/person.ts';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import { apply, byline, mustPublish, type Office, openAccount, openOffice, publicPart } from './publisher.ts';
import { makeTestClock, startWholeServer } from './whole-server.ts';

const HOSTILE = `"><script>alert(1)</script>&'<b>`;
const DAY = 24 * 60 * 60_000;

const idOf = (eventId: string): string => eventId.slice(1);

describe.each(ENGINES)('the public pages on %s', (engine) => {
  const clock = makeTestClock();
  let server: TestServer;
  let office: Office;
  let ada: Person;
  let courier: PublicAccount;
  let sound = '';

  beforeAll(async () => {
    server = await startWholeServer(engine, { clock, settings: { BYLINE_PUBLIC_URL: 'https://byline.example' } });
    office = await openOffice(server);
    ada = await signUp(server, 'ada');
    courier = await openAccount(office, ada, 'courier', {
      name: `The Courier ${HOSTILE.slice(0, 40)}`,
      description: `News ${HOSTILE}`,
      approval: { label: 'news' },
    });
    await openAccount(office, ada, 'clinic', { kind: 'company', name: 'Clinic' });
    await apply(office, ada, publicPart('waiting'));
    const uploaded = await fetch(`${server.url}/_matrix/media/v3/upload`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ada.token}`, 'content-type': 'audio/ogg' },
      body: 'OggS spoken words',
    });
    sound = ((await uploaded.json()) as { content_uri: string }).content_uri;
  });
  afterAll(() => server.dispose());

  const get = async (path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${server.url}${path}`, { headers });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };

  test('an account’s page says who speaks, what was verified and what was said, with no script', async () => {
    await mustPublish(ada, 'courier', `First line ${HOSTILE}\nSee https://example.org/?a=1&b=2.`);
    const { status, headers, text } = await get('/@courier');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(text).toContain('Verified media');
    expect(text).toContain('A reviewer of this provider looked at the papers of the news medium that speaks here.');
    expect(text).toContain('Licensed to publish news<br />A reviewer looked at the licence');
    expect(text).toContain('<svg class="seal"');
    expect(text).toContain('Fewer than ten followers');
    expect(text).toContain(
      'First line &quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;&#39;&lt;b&gt;\nSee <a href="https://example.org/?a=1&amp;b=2"',
    );
    expect(text).toContain('href="/@courier/feed.atom"');
    expect(text).toContain('<link rel="canonical" href="https://byline.example/@courier" />');
    expect(text).toContain('property="og:title" content="The Courier &quot;&gt;&lt;script&gt;');
    expect(text).not.toMatch(/<script|<b>|onerror|javascript:/i);
  });

  test('nothing can run in it, and nothing is loaded from elsewhere', async () => {
    const { headers, text } = await get('/@courier');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^default-src 'none';/);
    expect(policy).not.toMatch(/unsafe|script-src/);
    const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(text) ?? [];
    expect(policy).toContain(`'sha256-${createHash('sha256').update(style).digest('base64')}'`);
    expect(text).not.toMatch(/ style="/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('a post has a page of its own, with what others show where somebody refers to it', async () => {
    const eventId = await mustPublish(ada, 'courier', {
      msgtype: 'm.text',
      body: 'Bridge closed',
      format: 'org.matrix.custom.html',
      formatted_body:
        '<h1>Bridge <em>closed</em></h1><script>x()</script><p onclick="x()">Until <a href="javascript:x()">Monday</a></p>',
    });
    const { status, text } = await get(`/@courier/${idOf(eventId)}`);
    expect(status).toBe(200);
    expect(text).toContain('<h3>Bridge <em>closed</em></h3><p>Until Monday</p>');
    expect(text).toContain('property="og:type" content="article"');
    expect(text).toContain('property="og:description" content="Bridge closed"');
    expect(text).toContain(`property="og:url" content="https://byline.example/@courier/${idOf(eventId)}"`);
    expect((await get(`/@courier/${encodeURIComponent(eventId)}`)).text).toBe(text);
    expect(text).not.toMatch(/<script|onclick|javascript:/i);
    expect((await get(`/@clinic/${idOf(eventId)}`)).status).toBe(404);
    const listed = await ada.expectOk.get<{ posts: { url: string }[] }>(byline('/accounts/courier/posts?limit=1'));
    expect(listed.posts[0]?.url).toBe(`https://byline.example/@courier/${idOf(eventId)}`);
  });

  test('a voice note is heard, with its wave and its length', async () => {
    const eventId = await mustPublish(ada, 'courier', {
      msgtype: 'm.audio',
      body: 'Voice message',
      url: sound,
      info: { duration: 12_400, mimetype: 'audio/ogg', size: 17 },
      'org.matrix.msc1767.audio': { duration: 12_400, waveform: [0, 512, 1024, 99_999, 'x'] },
      'org.matrix.msc3245.voice': {},
    });
    const path = `/_byline/v1/media/${sound.split('/').at(-1)}`;
    const { text } = await get(`/@courier/${idOf(eventId)}`);
    expect(text).toContain(`<audio src="${path}" controls preload="none"></audio>`);
    expect(text).toContain('Voice note, 0:12');
    expect(text).toContain('<svg class="wave" viewBox="0 0 16 40"');
    expect(text).toContain(`property="og:audio" content="https://byline.example${path}"`);
    expect((await get(path)).text).toBe('OggS spoken words');
  });

  test('it speaks the reader’s language', async () => {
    const { text, headers } = await get('/@courier', { 'accept-language': 'fr, zh-CN;q=0.9, en;q=0.8' });
    expect(text).toContain('<html lang="zh-Hans">');
    expect(text).toContain('已核实的媒体');
    expect(text).toContain('关注者不到十人');
    expect(headers.get('vary')).toBe('Accept-Language');
    expect((await get('/@courier', { 'accept-language': 'fr' })).text).toContain('<html lang="en">');
    expect((await get('/@courier', { 'accept-language': 'en, zh;q=0.1' })).text).toContain('<html lang="en">');
  });

  test('who has it already is told so, until it changes', async () => {
    const { headers } = await get('/@courier');
    const tag = headers.get('etag') ?? '';
    expect(headers.get('cache-control')).toBe('public, no-cache');
    const again = await get('/@courier', { 'if-none-match': `"other", W/${tag}` });
    expect([again.status, again.text]).toEqual([304, '']);
    await mustPublish(ada, 'courier', 'Something new');
    expect(await get('/@courier', { 'if-none-match': tag })).toMatchObject({ status: 200 });
  });

  test('the feed is well-formed, whatever is in it', async () => {
    await mustPublish(ada, 'courier', `Odd \u0001 ]]> ${HOSTILE}`);
    const { status, headers, text } = await get('/@courier/feed.atom');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/atom+xml; charset=utf-8');
    expect(text).toMatch(/^<\?xml version="1.0" encoding="utf-8"\?>\n<feed xmlns="http:\/\/www.w3.org\/2005\/Atom"/);
    expect(text).toContain('<id>https://byline.example/@courier</id>');
    expect(text).toContain('<link rel="enclosure" href="https://byline.example/_byline/v1/media/');
    expect(text).not.toMatch(/[^\P{Cc}\n]|<script/u);
    expect(text.isWellFormed()).toBe(true);
    expect(openElements(text)).toEqual([]);
    expect(text.match(/<entry>/g)?.length).toBeGreaterThan(3);
  });

  test('what is deleted is not shown any more, what is changed is shown as it is', async () => {
    const eventId = await mustPublish(ada, 'courier', 'Rumour');
    const path = byline(`/accounts/courier/posts/${encodeURIComponent(eventId)}`);
    await ada.expectOk.put(path, { content: { msgtype: 'm.text', body: 'Fact' }, txn_id: 'fact' });
    const changed = await get(`/@courier/${idOf(eventId)}`);
    expect(changed.text).toContain('Fact');
    expect(changed.text).toContain('· changed');
    expect(changed.text).not.toContain('Rumour');
    await ada.expectOk.delete(path, {});
    const gone = await get(`/@courier/${idOf(eventId)}`);
    expect(gone).toMatchObject({ status: 404 });
    expect(gone.text).toContain('This post is not there any more.');
    for (const page of ['/@courier', '/@courier/feed.atom']) expect((await get(page)).text).not.toMatch(/Rumour|Fact/);
  });

  test('older posts are on further pages', async () => {
    for (let number = 1; number <= 25; number += 1) await mustPublish(ada, 'clinic', `Hours ${number}.`);
    const first = (await get('/@clinic')).text;
    expect(first.match(/<article>/g)).toHaveLength(20);
    expect(first).toContain('Hours 25.');
    const [, older = ''] = /href="(\/@clinic\?from=\d+)" rel="next"/.exec(first) ?? [];
    const second = (await get(older)).text;
    expect(second.match(/<article>/g)).toHaveLength(5);
    expect(second).toContain('Hours 1.');
    expect(second).not.toContain('rel="next"');
    expect((await get('/@clinic?from=nonsense')).text).toContain('Hours 25.');
  });

  test.each(['/@nowhere', '/@waiting', '/@waiting/feed.atom', '/@waiting/abc', '/@courier/nothing', '/@Admin'])(
    'at %s there is nothing, said in words',
    async (path) => {
      const { status, headers, text } = await get(path);
      expect(status).toBe(404);
      expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(text).toContain('Not found');
      expect(text).toContain('name="robots" content="noindex"');
    },
  );

  test('an account whose verification ran out carries no seal', async () => {
    const { expires = 0 } = courier.qualification ?? {};
    clock.advance(expires - clock.now() + DAY);
    const { status, text } = await get('/@courier');
    expect(status).toBe(200);
    expect(text).not.toContain('class="seal"');
    expect(text).not.toContain('Verified media');
    expect(text).toContain('The verification of this account ran out on');
    expect(text).toContain('Something new');
  });
});

/** The elements that are never closed in a text of XML; it throws where it is not well-formed. */
const openElements = (xml: string): string[] => {
  const open: string[] = [];
  const rest = xml
    .replace(/^<\?xml[^?]*\?>/, '')
    .replaceAll(/<(\/?)([a-z]+)((?:\s+[a-z:]+="[^"<]*")*)\s*(\/?)>/g, (_, end, name, __, empty) => {
      if (end === '/' && open.pop() !== name) throw new Error(`"${name}" is closed where it is not open.`);
      if (end === '' && empty === '') open.push(String(name));
      return '';
    });
  if (/[<>]|&(?!(?:amp|lt|gt|quot|#39);)/.test(rest)) throw new Error('There is something that is no markup.');
  return open;
};
