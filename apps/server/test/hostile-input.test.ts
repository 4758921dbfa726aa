import type { Application, Evidence } from '@byline/protocol/byline/applications.ts';
import type { TestServer } from '@byline/testkit/byline.ts';
import { type Person, signIn, signUp } from '@byline/testkit/person.ts';
import fc from 'fast-check';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import { allOperations, type HostileRequest, hostileRequests, type Known } from './hostile-requests.ts';
import { apply, byline, draft, mustPublish, openAccount, openOffice, publicPart } from './publisher.ts';
import { createRoom, join, say } from './syncing.ts';
import { startWholeServer } from './whole-server.ts';

const SEED = 20_261_123;
/** Of each operation; together about three thousand. */
const REQUESTS_EACH = 27;
const AT_ONCE = 8;
/** Longer than any of them may take. */
const PATIENCE_MS = 10_000;

describe.each(ENGINES)('hostile input on %s', (engine) => {
  let server: TestServer;
  let people: Person[];
  let known: Known;

  beforeAll(async () => {
    server = await startWholeServer(engine);
    const office = await openOffice(server);
    const { administrator, reviewer } = office;
    const bob = await signUp(server, 'bob');
    // One person is everything, so that what is meant for staff and publishers is reached too.
    await administrator.expectOk.put(byline(`/staff/${administrator.userId}/reviewer`));
    const roomId = await createRoom(administrator, { preset: 'public_chat', room_alias_name: 'square' });
    await join(bob, roomId);
    const eventId = await say(administrator, roomId, 'hello');
    const account = await openAccount(office, administrator, 'gazette');
    await bob.expectOk.put(byline('/accounts/gazette/subscription'));
    const post = await mustPublish(administrator, 'gazette', 'a post');
    const open = await draft(office, administrator, publicPart('herald'));
    const waiting = await apply(office, bob, publicPart('courier'));
    const mxc = await uploadPicture(server, administrator);
    people = [administrator, bob, reviewer];
    known = knownOf({
      roomIds: [roomId, account.room_id],
      eventIds: [eventId, post],
      applications: [open, waiting],
      mxc,
      people,
    });
  });
  afterAll(() => server.dispose());

  test('every operation answers whatever it is asked, and none fails', async () => {
    const operations = await allOperations();
    expect(operations.length).toBeGreaterThan(100);
    const requests = operations.flatMap((operation) =>
      fc.sample(hostileRequests(operation, known), { numRuns: REQUESTS_EACH, seed: SEED }),
    );
    const shuffled =
      fc.sample(fc.shuffledSubarray(requests, { minLength: requests.length }), { numRuns: 1, seed: SEED })[0] ?? [];
    const failures: string[] = [];
    const statuses = new Map<number, number>();
    const answers = async (queue: HostileRequest[]): Promise<void> => {
      for (let request = queue.pop(); request !== undefined; request = queue.pop()) {
        const answer = await ask(request);
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
        if (answer.status >= 500)
          failures.push(`${named(request, people)} was answered ${answer.status} ${answer.text}`);
        if (answer.status === 401 && request.caller >= 0) await signInAgain(request.caller);
      }
    };
    const queue = [...shuffled];
    await Promise.all(Array.from({ length: AT_ONCE }, () => answers(queue)));
    expect(failures).toEqual([]);
    // Were everything refused at the door, nothing would have been shown.
    expect(statuses.get(200)).toBeGreaterThan(requests.length / 8);
    await expectWell();
  }, 90_000);

  test.each(RAW)('%s is refused', async (_name, request, status) => {
    const bob = people[1];
    const answered = await askRaw(server, request.replace('TOKEN', bob?.token ?? ''));
    expect(answered).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    await expectWell();
  });

  /** It still does what it is there for: for the administrator, whom no policy that was set meanwhile keeps from talking. */
  const expectWell = async (): Promise<void> => {
    const person = await signIn(server, 'administrator');
    const roomId = await createRoom(person);
    await say(person, roomId, 'still here');
    expect(await person.get('/_matrix/client/v3/sync?timeout=0')).toMatchObject({ status: 200 });
  };

  const ask = async ({ method, path, body, contentType, caller }: HostileRequest) => {
    const token = people[caller]?.token;
    const hasBody = body !== undefined && method !== 'GET' && method !== 'HEAD';
    const response = await fetch(server.url + path, {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MS),
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(contentType === undefined ? {} : { 'content-type': contentType }),
      },
      ...(hasBody ? { body } : {}),
    });
    return { status: response.status, text: await response.text() };
  };

  /** Among the requests are those that sign out. */
  const signInAgain = async (index: number): Promise<void> => {
    const person = people[index];
    if (person !== undefined && (await person.get('/_matrix/client/v3/account/whoami')).status === 401)
      people[index] = await signIn(server, person.name);
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

/** A request as a person can read it, and send again. */
const named = ({ method, path, body, contentType, caller }: HostileRequest, people: readonly Person[]): string =>
  `${method} ${path} (${contentType ?? 'no type'}, by ${people[caller]?.name ?? 'nobody'}) ${(body ?? '').slice(0, 500)}`;

const uploadPicture = async (server: TestServer, person: Person): Promise<string> => {
  const response = await fetch(`${server.url}/_matrix/media/v3/upload`, {
    method: 'POST',
    headers: { authorization: `Bearer ${person.token}`, 'content-type': 'text/plain' },
    body: 'some text',
  });
  return ((await response.json()) as { content_uri: string }).content_uri;
};

const knownOf = (there: {
  readonly roomIds: readonly string[];
  readonly eventIds: readonly string[];
  readonly applications: readonly (Application & { readonly evidence: readonly Evidence[] })[];
  readonly mxc: string;
  readonly people: readonly Person[];
}): Known => {
  const userIds = [...there.people.map(({ userId }) => userId), '@gazette:byline.test', '@nobody:byline.test'];
  const [, serverName = '', mediaId = ''] = /^mxc:\/\/([^/]+)\/(.+)$/.exec(there.mxc) ?? [];
  const types = [
    'm.room.message',
    'm.reaction',
    'm.room.name',
    'm.room.member',
    'm.room.redaction',
    'm.tag',
    'org.example',
  ];
  return {
    roomId: there.roomIds,
    room_id: there.roomIds,
    roomIdOrAlias: [...there.roomIds, '#square:byline.test', '#gazette:byline.test'],
    roomAlias: ['#square:byline.test', '#gazette:byline.test', '#new:byline.test'],
    eventId: there.eventIds,
    event_id: there.eventIds,
    'm.read': there.eventIds,
    'm.fully_read': there.eventIds,
    thread_id: ['main', ...there.eventIds],
    userId: userIds,
    user_id: userIds,
    invite: userIds,
    user: ['bob', ...userIds],
    username: ['bob', 'carol', '@bob:byline.test'],
    password: ['the password of bob', 'another password'],
    deviceId: there.people.map(({ deviceId }) => deviceId),
    devices: there.people.map(({ deviceId }) => deviceId),
    handle: ['gazette', 'herald', 'courier', 'nobody', 'Gazette'],
    id: there.applications.map(({ id }) => id),
    evidenceId: there.applications.flatMap(({ evidence }) => evidence.map(({ id }) => id)),
    kid: there.applications.flatMap(({ evidence }) => evidence.map(({ kid }) => kid)),
    eventType: types,
    type: types,
    stateKey: ['', ...userIds, 'key'],
    txnId: ['txn1', 'txn2'],
    txn_id: ['txn1', 'txn2'],
    keyName: ['displayname', 'avatar_url', 'org.example.field'],
    kind: ['override', 'content', 'room', 'sender', 'underride', 'user'],
    ruleId: ['.m.rule.master', 'mine', '.m.rule.contains_user_name'],
    receiptType: ['m.read', 'm.read.private', 'm.fully_read'],
    role: ['reviewer', 'moderator'],
    version: ['1', '2'],
    language: ['en', 'zh-Hans'],
    serverName: [serverName],
    mediaId: [mediaId],
    fileName: ['a.txt'],
    filterId: ['0', 'x'],
    tag: ['m.favourite', 'u.mine'],
    since: ['s1', 's5', 'p0'],
    from: ['s1', 's5', '1'],
    to: ['s1', 's9'],
    at: ['s1', 's9'],
    dir: ['b', 'f'],
    limit: ['1', '10', '0'],
    filter: ['{}', '{"types":["m.*"]}', '0'],
    picture: [there.mxc],
  };
};
