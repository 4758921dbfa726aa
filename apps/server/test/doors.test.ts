import type { TestServer } from '@byline/testkit/byline.ts';
import { caller, type Person, signUp } from '@byline/testkit/person.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRoom, say } from './syncing.ts';
import { startWholeServer } from './whole-server.ts';

/** What real clients stumble over at the doors of a server; each was seen in practice. */
let server: TestServer;
let ada: Person;
let roomId: string;
let mxc: string;

beforeAll(async () => {
  server = await startWholeServer('sqlite');
  ada = await signUp(server, 'ada');
  roomId = await createRoom(ada);
  await say(ada, roomId, 'hello');
  mxc = await upload('/_matrix/media/v3/upload');
});
afterAll(() => server.dispose());

const upload = async (path: string): Promise<string> => {
  const headers = { authorization: `Bearer ${ada.token}`, 'content-type': 'text/plain' };
  const response = await fetch(server.url + path, { method: 'POST', headers, body: 'some text' });
  expect(response.status).toBe(200);
  return ((await response.json()) as { content_uri: string }).content_uri;
};

const ask = async (method: string, path: string, headers: Readonly<Record<string, string>> = {}) => {
  const response = await fetch(server.url + path, { method, headers });
  return { status: response.status, headers: response.headers, text: await response.text() };
};

describe('what there is not', () => {
  test.each([
    ['GET', '/_matrix/client/v1/auth_metadata'],
    ['GET', '/_matrix/client/unstable/org.matrix.msc2965/auth_metadata'],
    ['GET', '/_matrix/client/unstable/org.matrix.msc2965/auth_issuer'],
    ['POST', '/_matrix/client/v3/tea'],
    ['GET', '/_matrix/client/v99/sync'],
    ['GET', '/_matrix/federation/v1/version'],
    ['GET', '/_matrix/media/v9/config'],
    ['GET', '/_matrix'],
    ['GET', '/.well-known/matrix/support'],
  ])('%s %s is exactly 404 M_UNRECOGNIZED, also for a browser', async (method, path) => {
    for (const accept of ['application/json', 'text/html,*/*']) {
      const reply = await ask(method, path, { accept });
      expect(reply.status).toBe(404);
      expect(JSON.parse(reply.text)).toMatchObject({ errcode: 'M_UNRECOGNIZED' });
    }
  });

  test.each([
    ['DELETE', '/_matrix/client/v3/sync'],
    ['GET', '/_matrix/client/v3/createRoom'],
    ['HEAD', '/_matrix/client/v3/createRoom'],
    ['POST', '/_matrix/client/v3/room_keys/keys'],
    ['PUT', '/_matrix/client/v3/login/'],
    ['PATCH', '/_matrix/client/v3/devices/DEVICE'],
  ])('%s %s is exactly 405', async (method, path) => {
    expect((await ask(method, path)).status).toBe(405);
  });

  test('no backup and no encryption keys of one’s own are plain answers, with which a sign-in goes on', async () => {
    expect(await ada.get('/_matrix/client/v3/room_keys/version')).toMatchObject({
      status: 404,
      body: { errcode: 'M_NOT_FOUND' },
    });
    const query = { device_keys: { [ada.userId]: [] } };
    expect((await ada.post('/_matrix/client/v3/keys/query', query)).status).toBe(200);
  });
});

describe('what older clients ask', () => {
  test.each([
    ['/_matrix/client/r0/login'],
    ['/_matrix/client/r0/sync?timeout=0'],
    ['/_matrix/client/r0/account/whoami'],
    ['/_matrix/client/r0/pushrules/'],
    ['/_matrix/client/r0/devices'],
    ['/_matrix/client/r0/joined_rooms'],
    ['/_matrix/client/r0/capabilities'],
    ['/_matrix/client/r0/rooms/ROOM/members'],
    ['/_matrix/client/r0/rooms/ROOM/state'],
    ['/_matrix/client/r0/rooms/ROOM/messages?dir=b'],
    ['/_matrix/client/r0/profile/USER'],
    ['/_matrix/media/r0/config'],
    ['/_matrix/media/v3/config'],
  ])('%s is answered, with the token in the address', async (path) => {
    const filled = path.replace('ROOM', encodeURIComponent(roomId)).replace('USER', encodeURIComponent(ada.userId));
    const query = `${filled.includes('?') ? '&' : '?'}access_token=${ada.token}`;
    expect((await ask('GET', filled + query)).status).toBe(200);
  });

  test('uploads by any of the paths are files', async () => {
    for (const version of ['v3', 'r0']) expect(await upload(`/_matrix/media/${version}/upload`)).toMatch(/^mxc:/);
  });

  test('files are not given to whoever has no token, by whatever path', async () => {
    const file = mxc.slice('mxc://'.length);
    for (const version of ['v3', 'r0']) {
      const { status, text } = await ask('GET', `/_matrix/media/${version}/download/${file}`);
      expect(status).toBe(404);
      expect(JSON.parse(text)).toMatchObject({ errcode: 'M_NOT_FOUND' });
    }
    expect((await ask('GET', `/_matrix/client/v1/media/download/${file}`)).status).toBe(401);
  });

  test('what nobody knows in an address is ignored', async () => {
    const path = '/_matrix/client/v3/sync?timeout=0&_cacheBuster=1&set_presence=offline&org.example.more=yes';
    expect((await ada.get(path)).status).toBe(200);
    expect((await caller(server).get('/_matrix/client/versions?_cacheBuster=2')).status).toBe(200);
  });
});

describe('browsers on other pages', () => {
  const ORIGIN = { origin: 'https://app.example.org' };

  test('fetch files with a token, whole, in part, and only their head', async () => {
    const path = `/_matrix/client/v1/media/download/${mxc.slice('mxc://'.length)}`;
    const preflight = await ask('OPTIONS', path, {
      ...ORIGIN,
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'authorization,range',
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-headers')?.toLowerCase()).toMatch(/authorization.*range/);
    const signed = { ...ORIGIN, authorization: `Bearer ${ada.token}` };
    const replies = [
      await ask('GET', path, signed),
      await ask('GET', path, { ...signed, range: 'bytes=0-3' }),
      await ask('HEAD', path, signed),
    ];
    expect(replies.map(({ status, text }) => [status, text])).toEqual([
      [200, 'some text'],
      [206, 'some'],
      [200, ''],
    ]);
    for (const { headers } of replies) {
      expect(headers.get('access-control-allow-origin')).toBe('*');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  test.each([
    ['/_matrix/client/versions', 200],
    ['/_matrix/client/v3/sync', 401],
    ['/_matrix/client/v3/nothing', 404],
    ['/.well-known/matrix/client', 200],
    ['/_byline/rules/1/en', 200],
    ['/_byline/openapi.json', 200],
  ])('read what %s says, and guess nothing', async (path, status) => {
    const reply = await ask('GET', path, ORIGIN);
    expect(reply.status).toBe(status);
    expect(reply.headers.get('access-control-allow-origin')).toBe('*');
    expect(reply.headers.get('x-content-type-options')).toBe('nosniff');
  });
});
