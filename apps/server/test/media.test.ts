import { type MxcUri, UserId } from '@byline/protocol';
import { once } from 'node:events';
import { connect } from 'node:net';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ENGINES, startFeatureServer } from './feature-server.ts';
import { LIMITS, MediaServer, pathOf, refusalOf, UPLOAD } from './media-server.ts';

const A_DAY = 24 * 60 * 60 * 1_000;

describe.each(ENGINES)('media on %s', (engine) => {
  let server: MediaServer;
  let now = Date.UTC(2026, 10, 23);

  beforeEach(async () => {
    server = await MediaServer.start(await startFeatureServer(engine, { now: () => now }));
  });

  afterEach(() => server.platform.dispose());

  test('what one uploads another downloads, byte for byte, after a restart too', async () => {
    const content = crypto.getRandomValues(new Uint8Array(60_000));
    const mxc = await server.upload(content, 'image/png', `?filename=${encodeURIComponent('猫.png')}`);
    expect(mxc).toMatch(/^mxc:\/\/byline\.test\/[A-Za-z0-9_-]{24}$/);
    server = await server.restart();

    const response = await server.download(mxc);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-length': '60000',
      'content-disposition': "inline; filename*=UTF-8''%E7%8C%AB.png",
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining('sandbox'),
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'private, max-age=31536000, immutable',
      'accept-ranges': 'bytes',
      etag: expect.stringMatching(/^"[0-9a-f]{64}"$/),
    });
    expect(Buffer.from(await response.arrayBuffer()).equals(content)).toBe(true);
  });

  test('the config tells the limit, at its new and its old address', async () => {
    for (const path of ['/_matrix/client/v1/media/config', '/_matrix/media/v3/config']) {
      expect(await refusalOf(await fetch(`${server.url}${path}`))).toEqual([401, 'M_MISSING_TOKEN']);
      expect(await (await server.fetch(path)).json()).toEqual({ 'm.upload.size': LIMITS.upload });
    }
  });

  test('a page that somebody uploads is never shown in place', async () => {
    const mxc = await server.upload('<script>alert(1)</script>', 'text/html', '?filename=page.html');
    const response = await server.download(mxc);
    expect(response.headers.get('content-type')).toBe('text/html');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="page.html"');
  });

  test('a download may have another name than the upload', async () => {
    const mxc = await server.upload('hello', 'text/plain', '?filename=old.txt');
    const response = await server.download(`${mxc}/new%20name.txt`);
    expect(response.headers.get('content-disposition')).toBe('inline; filename="new name.txt"');
    expect(await response.text()).toBe('hello');
  });

  test('an upload of no type and no content is a file', async () => {
    const uploaded = await server.fetch(UPLOAD, { method: 'POST' });
    const { content_uri: mxc } = (await uploaded.json()) as { content_uri: MxcUri };
    const { headers } = await server.download(mxc);
    expect(headers.get('content-type')).toBe('application/octet-stream');
    expect(headers.get('content-length')).toBe('0');
    expect(headers.get('content-disposition')).toBe('attachment');
  });

  test('a part of a file', async () => {
    const mxc = await server.upload('0123456789');
    const part = await server.download(mxc, { headers: { range: 'bytes=2-5' } });
    expect([part.status, part.headers.get('content-range'), part.headers.get('content-length')]).toEqual([
      206,
      'bytes 2-5/10',
      '4',
    ]);
    expect(await part.text()).toBe('2345');

    const none = await server.download(mxc, { headers: { range: 'bytes=10-' } });
    expect([none.status, none.headers.get('content-range')]).toEqual([416, 'bytes */10']);
    const tag = none.headers.get('etag') ?? '';

    const same = await server.download(mxc, { headers: { range: 'bytes=-1', 'if-range': tag } });
    expect([same.status, await same.text()]).toEqual([206, '9']);
    const other = await server.download(mxc, { headers: { range: 'bytes=-1', 'if-range': '"other"' } });
    expect([other.status, await other.text()]).toEqual([200, '0123456789']);
  });

  test('who has a file is not sent it again', async () => {
    const mxc = await server.upload('hello');
    const tag = (await server.download(mxc, { method: 'HEAD' })).headers.get('etag') ?? '';
    const again = await server.download(mxc, { headers: { 'if-none-match': `"other", W/${tag}` } });
    expect([again.status, await again.text()]).toEqual([304, '']);
    const changed = await server.download(mxc, { headers: { 'if-none-match': '"other"' } });
    expect([changed.status, await changed.text()]).toEqual([200, 'hello']);
  });

  test('a HEAD tells the length and sends nothing', async () => {
    const response = await server.download(await server.upload('hello'), { method: 'HEAD' });
    expect([response.status, response.headers.get('content-length'), await response.text()]).toEqual([200, '5', '']);
  });

  test.each([
    ['no such file', '/_matrix/client/v1/media/download/byline.test/x', {}, 404, 'M_NOT_FOUND'],
    ['another server', '/_matrix/client/v1/media/download/other.test/x', {}, 404, 'M_NOT_FOUND'],
    ['a way out', '/_matrix/client/v1/media/download/byline.test/..%2F..%2Fbyline.sqlite', {}, 400, 'M_INVALID_PARAM'],
    ['NUL in a name', `${UPLOAD}?filename=a%00b`, { method: 'POST', body: 'x' }, 400, 'M_INVALID_PARAM'],
  ])('refuses: %s', async (_what, path, init, status, code) => {
    expect(await refusalOf(await server.fetch(path, init))).toEqual([status, code]);
    expect(await server.files()).toEqual([]);
  });

  test('nobody uploads or downloads who is not signed in', async () => {
    const download = `/_matrix/client/v1/media/download/${pathOf(await server.upload('hello'))}`;
    for (const [path, init] of [[download], [UPLOAD, { method: 'POST', body: 'x' }]] as const) {
      expect(await refusalOf(await fetch(`${server.url}${path}`, init))).toEqual([401, 'M_MISSING_TOKEN']);
    }
    expect(await server.files()).toHaveLength(1);
  });

  test('the old, unauthenticated addresses give nothing', async () => {
    const path = pathOf(await server.upload('hello'));
    for (const version of ['v3', 'r0', 'v1']) {
      for (const rest of [`download/${path}`, `download/${path}/a.txt`, `thumbnail/${path}`]) {
        const response = await server.fetch(`/_matrix/media/${version}/${rest}`);
        expect(await refusalOf(response)).toEqual([404, 'M_NOT_FOUND']);
      }
    }
  });

  test('a file over the limit is refused, whether it says so or not, and leaves nothing behind', async () => {
    const content = new Uint8Array(LIMITS.upload + 1);
    expect(await refusalOf(await server.post(content))).toEqual([413, 'M_TOO_LARGE']);

    const parts = ReadableStream.from(Array.from({ length: 200 }, () => content));
    // `duplex` is in the fetch standard, not yet in the types.
    const unannounced: RequestInit & { duplex: 'half' } = { method: 'POST', body: parts, duplex: 'half' };
    expect(await refusalOf(await server.fetch(UPLOAD, unannounced))).toEqual([413, 'M_TOO_LARGE']);
    expect(await server.files()).toEqual([]);
    await server.upload(content.subarray(1));
  });

  test('an upload whose sender goes away half-way leaves nothing behind', async () => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    await once(socket, 'connect');
    const head = [`POST ${UPLOAD} HTTP/1.1`, 'host: byline.test', 'authorization: Bearer ada', 'content-length: 90000'];
    socket.write(`${head.join('\r\n')}\r\n\r\n${'x'.repeat(40_000)}`);
    await expect.poll(() => server.files()).toHaveLength(1);
    socket.destroy();
    await expect.poll(() => server.files()).toEqual([]);
    expect(await server.store.uploadedSince(UserId.parse('@ada:byline.test'), 0)).toBe(0);
  });

  test('a user may upload so much a day, another is not touched by it, and the next day it goes on', async () => {
    const most = new Uint8Array(LIMITS.upload);
    await server.upload(most);
    await server.upload(most);
    expect(await refusalOf(await server.post(most))).toEqual([403, 'M_FORBIDDEN']);
    await server.upload(most.subarray(50_000));
    expect(await refusalOf(await server.post('x'))).toEqual([403, 'M_FORBIDDEN']);
    await server.upload('x', 'text/plain', '', 'bob');
    expect(await server.files()).toHaveLength(4);
    now += A_DAY;
    await server.upload(most);
  });

  test('uploads at the same time do not pass the quota together', async () => {
    const most = new Uint8Array(LIMITS.upload);
    const answers = await Promise.all(Array.from({ length: 6 }, () => server.post(most)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(2);
    expect(await server.files()).toHaveLength(2);
  });

  test('a thumbnail is made once, and its type is the real one', async () => {
    const mxc = await server.upload(await picture(1_000, 500), 'application/octet-stream');
    const answers = await Promise.all([1, 2, 3].map(() => server.thumbnail(mxc, 'width=300&height=200')));
    for (const answer of answers) {
      expect(answer.headers.get('content-type')).toBe('image/jpeg');
      expect(answer.headers.get('content-disposition')).toBe('inline');
      expect(await sideLengths(answer)).toEqual([320, 160]);
    }
    expect(await server.files()).toHaveLength(2);
    await server.thumbnail(mxc, 'width=310&height=230&method=scale&animated=true&timeout_ms=1');
    expect(await server.files()).toHaveLength(2);
    expect(await sideLengths(await server.thumbnail(mxc, 'width=90&height=90&method=crop'))).toEqual([96, 96]);
    expect(await server.files()).toHaveLength(3);
  });

  test('a small picture is its own thumbnail', async () => {
    const small = await sharp(await picture(60, 40))
      .jpeg()
      .toBuffer();
    const mxc = await server.upload(new Uint8Array(small), 'text/html');
    for (let times = 0; times < 2; times += 1) {
      const answer = await server.thumbnail(mxc, 'width=96&height=96');
      expect(answer.headers.get('content-type')).toBe('image/jpeg');
      expect(small.equals(Buffer.from(await answer.arrayBuffer()))).toBe(true);
    }
    expect(await server.files()).toHaveLength(1);
  });

  test.each([
    ['no size', '', 'M_MISSING_PARAM'],
    ['half a size', 'width=10', 'M_MISSING_PARAM'],
    ['no pixels', 'width=0&height=10', 'M_INVALID_PARAM'],
    ['fewer than none', 'width=-5&height=10', 'M_INVALID_PARAM'],
    ['a broken number', 'width=1.5&height=10', 'M_INVALID_PARAM'],
    ['another method', 'width=10&height=10&method=stretch', 'M_INVALID_PARAM'],
    ['text is no picture', 'width=10&height=10', 'M_UNKNOWN'],
  ])('no thumbnail: %s', async (_what, query, code) => {
    const mxc = await server.upload('not a picture', 'image/png');
    expect(await refusalOf(await server.thumbnail(mxc, query))).toEqual([400, code]);
    expect(await server.files()).toHaveLength(1);
  });

  test('what is published everyone may read, and only that', async () => {
    const shown = await server.upload(await picture(700, 700), 'image/png', '?filename=a.png');
    const hidden = await server.upload('x');
    expect(await refusalOf(await server.open(shown))).toEqual([404, 'M_NOT_FOUND']);

    await server.platform.log.append((batch) => server.media.markPublic(batch, [shown, shown]));
    const whole = await server.open(shown);
    expect([whole.status, whole.headers.get('cache-control')]).toEqual([200, 'public, max-age=3600']);
    expect(whole.headers.get('content-disposition')).toBe('inline; filename="a.png"');
    expect(await sideLengths(await server.open(shown, '?width=320&height=240'))).toEqual([240, 240]);
    expect((await server.open(shown, '?width=320')).status).toBe(400);
    for (const query of ['', '?width=32&height=32']) {
      expect(await refusalOf(await server.open(hidden, query))).toEqual([404, 'M_NOT_FOUND']);
    }

    await server.platform.log.append((batch) => server.media.markPrivate(batch, [shown]));
    for (const query of ['', '?width=320&height=240']) {
      expect(await refusalOf(await server.open(shown, query))).toEqual([404, 'M_NOT_FOUND']);
    }
  });

  test('a publication that fails publishes no media either', async () => {
    const mxc = await server.upload('x');
    const missing = `${mxc}x` as MxcUri;
    const marking = server.platform.log.append((batch) => server.media.markPublic(batch, [mxc, missing]));
    await expect(marking).rejects.toMatchObject({ code: 'M_NOT_FOUND' });
    expect((await server.open(mxc)).status).toBe(404);
  });

  test('one may publish only what is one’s own, or public already', async () => {
    const { media } = server;
    const [ada, bob] = [UserId.parse('@ada:byline.test'), UserId.parse('@bob:byline.test')];
    const mxc = await server.upload('seen in confidence');
    await media.requirePublishable(ada, [mxc]);
    await expect(media.requirePublishable(bob, [mxc])).rejects.toMatchObject({ code: 'M_FORBIDDEN' });
    await server.platform.log.append((batch) => media.markPublic(batch, [mxc]));
    await media.requirePublishable(bob, [mxc]);
    const elsewhere = 'mxc://other.test/x' as MxcUri;
    await expect(media.requirePublishable(ada, [elsewhere])).rejects.toMatchObject({ code: 'M_NOT_FOUND' });
  });
});

const picture = async (width: number, height: number): Promise<Uint8Array<ArrayBuffer>> => {
  const teal = sharp({ create: { width, height, channels: 3, background: 'teal' } });
  return new Uint8Array(await teal.png().toBuffer());
};

const sideLengths = async (answer: Response): Promise<readonly [number, number]> => {
  const { width, height } = await sharp(await answer.arrayBuffer()).metadata();
  return [width, height];
};
