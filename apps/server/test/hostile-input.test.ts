import type { TestServer } from '@byline/testkit/byline.ts';
import { type Person, signIn, signUp } from '@byline/testkit/person.ts';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import { createRoom, say } from './syncing.ts';
import { startWholeServer } from './whole-server.ts';

/** Longer than any of them may take. */
const PATIENCE_MS = 10_000;

describe.each(ENGINES)('hostile bytes on %s', (engine) => {
  let server: TestServer;
  let bob: Person;

  beforeAll(async () => {
    server = await startWholeServer(engine);
    await signUp(server, 'administrator');
    bob = await signUp(server, 'bob');
  });
  afterAll(() => server.dispose());

  test.each(RAW)('%s is refused', async (_name, request, status) => {
    const answered = await askRaw(server, request.replace('TOKEN', bob.token));
    expect(answered).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    await expectWell();
  });

  /** It still does what it is there for. */
  const expectWell = async (): Promise<void> => {
    const person = await signIn(server, 'administrator');
    const roomId = await createRoom(person);
    await say(person, roomId, 'still here');
    expect(await person.get('/_matrix/client/v3/sync?timeout=0')).toMatchObject({ status: 200 });
  };
});

const head = (line: string, ...headers: readonly string[]): string =>
  `${[`${line} HTTP/1.1`, 'Host: byline.test', 'Authorization: Bearer TOKEN', 'Connection: close', ...headers].join('\r\n')}\r\n\r\n`;

const FILTER = '/_matrix/client/v3/user/@bob:byline.test/filter';

/** What no well-behaved library sends. */
const RAW: readonly (readonly [string, string, number])[] = [
  ['a body that is not UTF-8', `${head(`POST ${FILTER}`, 'Content-Length: 5')}{"\xFF":`, 400],
  ['a length that is none', head(`POST ${FILTER}`, 'Content-Length: many'), 400],
  ['two lengths', `${head(`POST ${FILTER}`, 'Content-Length: 2', 'Content-Length: 3')}{}`, 400],
  ['a length and chunks', `${head(`POST ${FILTER}`, 'Content-Length: 2', 'Transfer-Encoding: chunked')}0\r\n\r\n`, 400],
  ['a chunk that is none', `${head(`POST ${FILTER}`, 'Transfer-Encoding: chunked')}zz\r\n{}\r\n0\r\n\r\n`, 400],
  ['a header that is too long', head('GET /_matrix/client/versions', `X-Long: ${'x'.repeat(20_000)}`), 431],
  ['an address with half of an escape', head('GET /_matrix/client/v3/profile/%E0%A4%A'), 400],
  ['a way out of the folder', head('GET /../../../../etc/passwd'), 404],
  ['an escaped way out of the folder', head('GET /%2e%2e/%2e%2e/%2e%2e/etc/passwd'), 404],
  ['a way out of the media', head('GET /_matrix/client/v1/media/download/byline.test/..%2f..%2fbyline.sqlite'), 400],
  ['a method that nobody knows', head('BREW /_matrix/client/versions'), 400],
  ['an address of another server', head('GET http://elsewhere.test/_matrix/client/v3/nothing'), 404],
];

/** What a server answers to some bytes (each character is one), until it hangs up. */
const askRaw = async ({ url }: TestServer, request: string): Promise<string> => {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error('no answer')));
  let answered = '';
  socket.setEncoding('latin1').on('data', (text: string) => (answered += text));
  socket.write(request, 'latin1');
  // Whoever is refused before they have said everything may be hung up on; what was answered counts.
  socket.on('error', () => undefined);
  await new Promise((resolve) => socket.once('close', resolve));
  return answered;
};
