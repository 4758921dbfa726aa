import { readdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES, startFeatureServer } from './feature-server.ts';
import { MediaServer, pathOf, refusalOf } from './media-server.ts';

const AN_HOUR = 60 * 60 * 1_000;
const CREATE = '/_matrix/media/v1/create';

interface Created {
  readonly content_uri: string;
  readonly unused_expires_at: number;
}

describe.each(ENGINES)('files that come after their addresses, on %s', (engine) => {
  let server: MediaServer;
  let now = Date.now();

  beforeAll(async () => {
    server = await MediaServer.start(await startFeatureServer(engine, { now: () => now }));
  });
  afterAll(() => server.platform.dispose());

  const create = async (user?: string): Promise<Created> =>
    (await (await server.fetch(CREATE, { method: 'POST' }, user)).json()) as Created;

  const put = (mxc: string, body = 'hello', user?: string): Promise<Response> =>
    server.fetch(
      `/_matrix/media/v3/upload/${pathOf(mxc)}?filename=a.txt`,
      { method: 'PUT', body, headers: { 'content-type': 'text/plain' } },
      user,
    );

  const downloadWithin = (mxc: string, milliseconds: number): Promise<Response> =>
    server.fetch(`/_matrix/client/v1/media/download/${pathOf(mxc)}?timeout_ms=${milliseconds}`, {}, 'bob');

  test('a file is there once it was uploaded, and not before', async () => {
    const created = await create();
    expect(created).toEqual({
      content_uri: expect.stringMatching(/^mxc:\/\/byline\.test\/[A-Za-z0-9_-]{24}$/),
      unused_expires_at: now + 24 * AN_HOUR,
    });
    expect(await refusalOf(await downloadWithin(created.content_uri, 0))).toEqual([504, 'M_NOT_YET_UPLOADED']);
    const uploaded = await put(created.content_uri);
    expect([uploaded.status, await uploaded.json()]).toEqual([200, {}]);
    const download = await downloadWithin(created.content_uri, 0);
    expect(await download.text()).toBe('hello');
    expect(download.headers.get('content-disposition')).toBe('inline; filename="a.txt"');
  });

  test('who waits for a file has it as soon as it comes', async () => {
    const { content_uri: mxc } = await create();
    const waiting = [downloadWithin(mxc, 20_000), downloadWithin(mxc, 20_000)];
    const first = await Promise.race([...waiting, put(mxc)]);
    expect(await first.json()).toEqual({});
    expect(await Promise.all((await Promise.all(waiting)).map((response) => response.text()))).toEqual([
      'hello',
      'hello',
    ]);
  });

  test('a thumbnail is waited for as well, and no longer than asked', async () => {
    const { content_uri: mxc } = await create();
    expect(await refusalOf(await server.thumbnail(mxc, 'width=32&height=32&timeout_ms=1'))).toEqual([
      504,
      'M_NOT_YET_UPLOADED',
    ]);
  });

  test('an address is filled once, by whom it was given to, and in time', async () => {
    const { content_uri: mxc } = await create();
    expect(await refusalOf(await put(mxc, 'mine', 'bob'))).toEqual([403, 'M_FORBIDDEN']);
    const before = (await server.files()).length;
    const together = await Promise.all([put(mxc, 'one'), put(mxc, 'two')]);
    expect(new Set(together.map(({ status }) => status))).toEqual(new Set([200, 409]));
    expect(await refusalOf(await put(mxc))).toEqual([409, 'M_CANNOT_OVERWRITE_MEDIA']);
    expect(await server.files()).toHaveLength(before + 1);

    expect(await refusalOf(await put('mxc://byline.test/madeup'))).toEqual([404, 'M_NOT_FOUND']);
    expect(await refusalOf(await put('mxc://elsewhere.test/madeup'))).toEqual([404, 'M_NOT_FOUND']);
    const late = await create();
    now += 24 * AN_HOUR;
    expect(await refusalOf(await put(late.content_uri))).toEqual([404, 'M_NOT_FOUND']);
    expect(await refusalOf(await downloadWithin(late.content_uri, 20_000))).toEqual([404, 'M_NOT_FOUND']);
  });

  test('a file that is refused leaves its address open', async () => {
    const { content_uri: mxc } = await create();
    expect(await refusalOf(await put(mxc, 'x'.repeat(100_001)))).toEqual([413, 'M_TOO_LARGE']);
    expect((await put(mxc)).status).toBe(200);
  });

  test('nobody has more than fifty addresses without files', async () => {
    const created = await Promise.all(Array.from({ length: 50 }, () => create('carol')));
    const refusal = await server.fetch(CREATE, { method: 'POST' }, 'carol');
    expect(refusal.status).toBe(429);
    expect(await refusal.json()).toMatchObject({ errcode: 'M_LIMIT_EXCEEDED', retry_after_ms: 24 * AN_HOUR });
    expect((await create('bob')).content_uri).toBeDefined();
    await put(created[0]?.content_uri ?? '', 'hello', 'carol');
    expect((await create('carol')).content_uri).toBeDefined();
    now += 24 * AN_HOUR;
    expect((await create('carol')).content_uri).toBeDefined();
  });

  test('a sweep takes what belongs to nothing, and leaves what is young or in use', async () => {
    const teal = sharp({ create: { width: 640, height: 480, channels: 3, background: 'teal' } });
    const mxc = await server.upload(new Uint8Array(await teal.png().toBuffer()), 'image/png');
    expect((await server.thumbnail(mxc, 'width=32&height=32')).status).toBe(200);
    const inUse = await server.files();
    const lost = await server.blobs.put(bytes('lost'), 100);
    const young = await server.blobs.put(bytes('on its way'), 100);
    for (const name of [...inUse, lost.id]) await writtenAt(name, now - 2 * AN_HOUR);
    await writtenAt(young.id, now - 1);

    expect(await server.media.sweep()).toEqual([lost.id]);
    expect(await server.files()).toHaveLength(inUse.length + 1);
    expect((await server.download(mxc)).status).toBe(200);
    now += 2 * AN_HOUR;
    expect(await server.media.sweep()).toEqual([young.id]);
    expect(new Set(await server.files())).toEqual(new Set(inUse));
  });

  test('a moving picture moves in its thumbnail only where that is asked for', async () => {
    const frames = await Promise.all(
      ['teal', 'white'].map((background) =>
        sharp({ create: { width: 300, height: 300, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    );
    const moving = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer();
    const mxc = await server.upload(new Uint8Array(moving), 'image/gif');
    const before = (await server.files()).length - 1;
    const pagesOf = async (query: string) => {
      const response = await server.thumbnail(mxc, `width=96&height=96&method=crop${query}`);
      const { format, pages = 1 } = await sharp(await response.arrayBuffer()).metadata();
      return [response.headers.get('content-type'), format, pages];
    };
    expect(await pagesOf('&animated=true')).toEqual(['image/webp', 'webp', 2]);
    expect(await pagesOf('')).toEqual(['image/webp', 'webp', 1]);
    expect(await pagesOf('&animated=false')).toEqual(['image/webp', 'webp', 1]);
    expect(await pagesOf('&animated=true')).toEqual(['image/webp', 'webp', 2]);
    expect(await server.files()).toHaveLength(before + 3);
  });

  test.each([
    ['text/html', '<script>alert(1)</script>'],
    ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
    ['image/svg+xml;charset=utf-8', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['application/xhtml+xml', '<html xmlns="http://www.w3.org/1999/xhtml"/>'],
    ['text/xml', '<a/>'],
    ['text/javascript', 'alert(1)'],
    ['application/pdf', '%PDF-1.4'],
    ['TEXT/HTML', '<script>alert(1)</script>'],
  ])('%s is never shown in place, and may do nothing', async (type, content) => {
    const { headers } = await server.download(await server.upload(content, type, '?filename=a'));
    expect(headers.get('content-disposition')).toMatch(/^attachment; /);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none';/);
    expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  });

  const writtenAt = async (name: string, time: number): Promise<void> => {
    const folder = join(server.platform.dataFolder, 'media');
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const path = join(entries.find((file) => file.name === name)?.parentPath ?? '', name);
    await utimes(path, new Date(time), new Date(time));
  };
});

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}
