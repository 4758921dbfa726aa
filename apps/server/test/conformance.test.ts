import { startTestServer, type TestServer } from '@byline/testkit/byline.ts';
import { nameOf, SPECIFICATION, type SpecifiedOperation } from '@byline/testkit/conformance/specification.ts';
import { countsText, liesOf, readRows } from '@byline/testkit/conformance/table.ts';
import { type Person, signIn, signUp } from '@byline/testkit/person.ts';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';

const DOCUMENT = new URL('../../../docs/CONFORMANCE.md', import.meta.url);

/** What stands for a parameter in a path; nothing of it need be there, for who says so knows the path. */
const PLACEHOLDERS: Readonly<Record<string, string>> = {
  userId: '@ada:byline.test',
  roomId: '!room:byline.test',
  roomIdOrAlias: '!room:byline.test',
  roomAlias: '#room:byline.test',
  eventId: '$event',
  serverName: 'byline.test',
};

let server: TestServer;
let ada: Person;
beforeAll(async () => {
  server = await startTestServer();
  ada = await signUp(server, 'ada');
});
afterAll(() => server.dispose());

test('the document says of every operation of the specification what the server answers', async () => {
  const rows = readRows(await readFile(DOCUMENT, 'utf8'));
  const served = new Set<string>();
  for (const operation of SPECIFICATION.operations) if (await isServed(operation)) served.add(nameOf(operation));
  expect(liesOf(rows, SPECIFICATION.operations, served)).toEqual([]);
}, 60_000);

test('the document counts right, and names the version of the specification', async () => {
  const text = await readFile(DOCUMENT, 'utf8');
  expect(text).toContain(`${countsText(readRows(text))}.`);
  expect(text).toContain(SPECIFICATION.version);
});

test('what no specification lists is not served', async () => {
  const unknown = { module: '', method: 'GET', path: '/_matrix/client/v3/tea', isDeprecated: false };
  expect(await isServed(unknown)).toBe(false);
  expect(await isServed({ ...unknown, method: 'DELETE', path: '/_matrix/client/versions' })).toBe(false);
});

/** Served is what is answered anything but that nobody knows it. */
const isServed = async ({ method, path }: SpecifiedOperation): Promise<boolean> => {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(PLACEHOLDERS[name] ?? 'x'));
  const { status, text } = await ask(method, filled);
  return status !== 405 && !(status === 404 && text.includes('M_UNRECOGNIZED'));
};

const ask = async (method: string, path: string): Promise<{ status: number; text: string }> => {
  const response = await fetch(server.url + path, {
    method,
    redirect: 'manual',
    headers: { authorization: `Bearer ${ada.token}` },
    ...(method === 'GET' ? {} : { body: '{}' }),
  });
  const text = await response.text();
  if (!text.includes('M_UNKNOWN_TOKEN')) return { status: response.status, text };
  // Among the operations are those that sign out.
  ada = await signIn(server, 'ada');
  return ask(method, path);
};
