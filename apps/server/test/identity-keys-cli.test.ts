import { openIdentity, sealIdentity } from '@byline/core/identity/seal-identity.ts';
import { unlockKey } from '@byline/core/sealing/key-file.ts';
import { ApplicationId } from '@byline/protocol/byline/identity.ts';
import type { ReviewersKey } from '@byline/protocol/byline/reviewers-key.ts';
import type { TestServer } from '@byline/testkit/byline.ts';
import { type Person, signUp, signUpAdministrator } from '@byline/testkit/person.ts';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { byline, IDENTITY } from './publisher.ts';
import { startWholeServer } from './whole-server.ts';

const MAIN = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));
const PASSPHRASE = 'a long walk by the sea 海边';

let server: TestServer;
let administrator: Person;
let folder = '';

beforeAll(async () => {
  server = await startWholeServer('sqlite');
  administrator = await signUpAdministrator(server, 'administrator');
  folder = await mkdtemp(join(tmpdir(), 'byline-keys-'));
});
afterAll(async () => {
  await server.dispose();
  await rm(folder, { recursive: true, force: true });
});

const run = async (args: readonly string[], input = `${PASSPHRASE}\n`) => {
  const child = spawn(process.execPath, [MAIN, ...args], { cwd: folder, stdio: 'pipe' });
  child.stdin.end(input);
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code: Number(code), out, err };
};

test('a key is made under a passphrase, registered, and opens what was sealed to it', async () => {
  const made = await run(['keys', 'new', '--file', 'key.json', '--url', server.url, '--token', administrator.token]);
  expect(made).toMatchObject({ code: 0, err: '' });
  const registered = await administrator.expectOk.get<ReviewersKey>(byline('/reviewers-key'));
  for (const shown of [registered.kid, registered.public_key, registered.fingerprint])
    expect(made.out).toContain(shown);

  const path = join(folder, 'key.json');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  const file = await readFile(path, 'utf8');
  const key = await unlockKey(file, PASSPHRASE);
  const application = ApplicationId.parse('an-application-1');
  const sealed = await sealIdentity(registered.public_key, application, IDENTITY);
  expect(await openIdentity(key, application, sealed)).toEqual(IDENTITY);
  await expect(unlockKey(file, `${PASSPHRASE}!`)).rejects.toThrow('wrong');

  // Never over a file that is there.
  expect(await run(['keys', 'new', '--file', 'key.json'])).toMatchObject({ code: 2, out: '' });
  expect(await readFile(path, 'utf8')).toBe(file);
});

test('without a server it says what to do next, and the key is registered later', async () => {
  const { code, out } = await run(['keys', 'new']);
  expect(code).toBe(0);
  expect(out).toContain('reviewers.byline-key.json');
  expect(out).toContain('not registered yet');
  const site = ['--url', server.url, '--token', administrator.token];
  expect(await run(['keys', 'register', ...site])).toMatchObject({ code: 0, err: '' });
  const { kid } = await administrator.expectOk.get<ReviewersKey>(byline('/reviewers-key'));
  expect(out).toContain(kid);
  expect(await run(['keys', 'register', '--file', 'nowhere.json', ...site])).toMatchObject({ code: 2 });
});

test('a weak passphrase makes no key', async () => {
  const { code, err } = await run(['keys', 'new', '--file', 'weak.json'], 'short\n');
  expect(code).toBe(2);
  expect(err).toContain('at least 12 characters');
  await expect(stat(join(folder, 'weak.json'))).rejects.toThrow('ENOENT');
});

test('whoever may not register a key is told so, and keeps the file', async () => {
  const ada = await signUp(server, 'ada');
  const { code, err } = await run(['keys', 'new', '--file', 'ada.json', '--url', server.url, '--token', ada.token]);
  expect(code).toBe(2);
  expect(err).toContain('The server did not register the key: This is for staff');
  expect((await stat(join(folder, 'ada.json'))).size).toBeGreaterThan(100);
});

test.each([
  [[]],
  [['keys']],
  [['keys', 'old']],
  [['keys', 'register']],
  [['keys', 'new', '--nonsense']],
  [['keys', 'new', '--url', 'http://x']],
])('the command %j is explained', async (args) => {
  const { code, err } = await run(args);
  expect(code).toBe(2);
  expect(err.length).toBeGreaterThan(20);
});
