import { KeyBackups } from '@byline/server/features/key-backup/service.ts';
import { serveKeyBackup } from '@byline/server/features/key-backup/routes.ts';
import { KeyBackupStore } from '@byline/server/features/key-backup/store.ts';
import { UserId } from '@byline/protocol';
import { getKeys, getRoomKeys } from '@byline/protocol/matrix/key-backup.ts';
import { type Caller, caller, type Reply } from '@byline/testkit/person.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES, type FeatureServer, startFeatureServer } from './feature-server.ts';

const KEYS = '/_matrix/client/v3/room_keys/keys';
const VERSION = '/_matrix/client/v3/room_keys/version';
const ALGORITHM = 'm.megolm_backup.v1.curve25519-aes-sha2';
const ROOM = '!hall:byline.test';
const OTHER_ROOM = '!garden';
/** As session ids are: base64 with signs that mean something in a path. */
const SESSION = 'AbC/+d';

const sealing = (name: string) => ({ algorithm: ALGORITHM, auth_data: { public_key: name, signatures: {} } });
const key = (name: string, more: object = {}) => ({
  first_message_index: 1,
  forwarded_count: 1,
  is_verified: false,
  session_data: { ciphertext: name, ephemeral: 'e', mac: 'm' },
  ...more,
});
const keysAt = (version: string, roomId?: string, sessionId?: string): string => {
  const path = [KEYS, roomId, sessionId].filter((part) => part !== undefined);
  return `${[path[0], ...path.slice(1).map((part) => encodeURIComponent(part ?? ''))].join('/')}?version=${version}`;
};
const begin = async (person: Caller, name = 'a key'): Promise<string> =>
  (await person.expectOk.post<{ version: string }>(VERSION, sealing(name))).version;

const NOT_FOUND = { status: 404, body: { errcode: 'M_NOT_FOUND' } };

describe.each(ENGINES)('key backups on %s', (engine) => {
  let server: FeatureServer;
  let url: string;
  let backups: KeyBackups;
  let people = 0;

  beforeAll(async () => {
    server = await startFeatureServer(engine);
    backups = new KeyBackups(new KeyBackupStore(server.engine));
    serveKeyBackup(server.edge, backups);
    url = await server.listen();
  });
  afterAll(() => server.dispose());

  /** Somebody new, who keeps nothing here yet. */
  const somebody = (): Caller => caller({ url }, `person${(people += 1)}`);
  describe('the backup itself', () => {
    test('there is none at first, which is exactly said', async () => {
      const ada = somebody();
      for (const reply of [await ada.get(VERSION), await ada.get(`${VERSION}/1`), await ada.delete(`${VERSION}/1`)])
        expect(reply).toMatchObject(NOT_FOUND);
      expect(await ada.put(`${VERSION}/1`, sealing('a'))).toMatchObject(NOT_FOUND);
      expect(await ada.get(keysAt('1'))).toMatchObject(NOT_FOUND);
      expect(await ada.put(keysAt('1'), { rooms: {} })).toMatchObject(NOT_FOUND);
      expect(await ada.put(keysAt('1', ROOM, SESSION), key('k'))).toMatchObject(NOT_FOUND);
    });

    test('one that was begun can be read, as the newest and by its version, also by paths of older clients', async () => {
      const ada = somebody();
      const version = await begin(ada, 'one');
      const backup = { ...sealing('one'), count: 0, etag: '0', version };
      expect(await ada.expectOk.get(VERSION)).toEqual(backup);
      expect(await ada.expectOk.get(`${VERSION}/${version}`)).toEqual(backup);
      for (const older of ['r0', 'unstable'])
        expect(await ada.expectOk.get(VERSION.replace('v3', older))).toEqual(backup);
      expect(await somebody().get(`${VERSION}/${version}`)).toMatchObject(NOT_FOUND);
    });

    test('only what clients know it by can be changed', async () => {
      const ada = somebody();
      const version = await begin(ada);
      const path = `${VERSION}/${version}`;
      expect(await ada.expectOk.put(path, sealing('two'))).toEqual({});
      expect(await ada.expectOk.put(path, { ...sealing('three'), version })).toEqual({});
      expect(await ada.expectOk.get(VERSION)).toMatchObject({ ...sealing('three'), version, etag: '0' });
      for (const wrong of [
        { ...sealing('x'), algorithm: 'another' },
        { ...sealing('x'), version: '99' },
      ])
        expect(await ada.put(path, wrong)).toMatchObject({ status: 400, body: { errcode: 'M_INVALID_PARAM' } });
      expect(await ada.expectOk.get(VERSION)).toMatchObject(sealing('three'));
    });

    test('the newest that stands is the one; a deleted one stays deleted, and its number is not given again', async () => {
      const ada = somebody();
      const [first, second] = [await begin(ada, 'first'), await begin(ada, 'second')];
      expect(await ada.expectOk.get(VERSION)).toMatchObject({ version: second });
      expect(await ada.expectOk.get(`${VERSION}/${first}`)).toMatchObject(sealing('first'));
      await ada.expectOk.put(keysAt(second, ROOM, SESSION), key('k'));
      for (const _again of [1, 2]) expect(await ada.expectOk.delete(`${VERSION}/${second}`)).toEqual({});
      expect(await ada.get(`${VERSION}/${second}`)).toMatchObject(NOT_FOUND);
      expect(await ada.get(keysAt(second))).toMatchObject(NOT_FOUND);
      expect(await ada.expectOk.get(VERSION)).toMatchObject({ version: first });
      const third = await begin(ada, 'third');
      expect([first, second]).not.toContain(third);
      expect(await ada.expectOk.get(keysAt(third))).toEqual({ rooms: {} });
      expect(await ada.delete(`${VERSION}/${Number(third) + 1}`)).toMatchObject(NOT_FOUND);
    });

    test('of very many the oldest are forgotten, never the newest', async () => {
      const ada = somebody();
      const versions: string[] = [];
      for (let index = 0; index < 22; index += 1) versions.push(await begin(ada, `${index}`));
      const statuses = await Promise.all(
        versions.map(async (version) => (await ada.get(`${VERSION}/${version}`)).status),
      );
      expect(statuses).toEqual([404, 404, ...Array.from({ length: 20 }, () => 200)]);
    });
  });

  describe('its keys', () => {
    test('are put, read and deleted one by one, by room, and all', async () => {
      const ada = somebody();
      const version = await begin(ada);
      const all = {
        rooms: {
          [ROOM]: { sessions: { [SESSION]: key('a'), other: key('b') } },
          [OTHER_ROOM]: { sessions: { third: key('c') } },
        },
      };
      expect(await ada.expectOk.put(keysAt(version), all)).toEqual({ count: 3, etag: '1' });
      const fourth = { sessions: { fourth: key('d') } };
      expect(await ada.expectOk.put(keysAt(version, OTHER_ROOM), fourth)).toEqual({ count: 4, etag: '2' });
      expect(await ada.expectOk.put(keysAt(version, ROOM, 'fi%th'), key('e'))).toEqual({ count: 5, etag: '3' });
      expect(await ada.expectOk.get(VERSION)).toMatchObject({ count: 5, etag: '3' });

      const read = getKeys.answer.parse(await ada.expectOk.get(keysAt(version)));
      expect(read).toEqual({
        rooms: {
          [ROOM]: { sessions: { ...all.rooms[ROOM]?.sessions, 'fi%th': key('e') } },
          [OTHER_ROOM]: { sessions: { third: key('c'), fourth: key('d') } },
        },
      });
      const ofRoom = await ada.expectOk.get(keysAt(version, OTHER_ROOM));
      expect(getRoomKeys.answer.parse(ofRoom)).toEqual({ sessions: { third: key('c'), fourth: key('d') } });
      expect(await ada.expectOk.get(keysAt(version, ROOM, SESSION))).toEqual(key('a'));

      expect(await ada.expectOk.delete(keysAt(version, ROOM, SESSION))).toEqual({ count: 4, etag: '4' });
      expect(await ada.get(keysAt(version, ROOM, SESSION))).toMatchObject(NOT_FOUND);
      expect(await ada.expectOk.delete(keysAt(version, ROOM, SESSION))).toEqual({ count: 4, etag: '4' });
      expect(await ada.expectOk.delete(keysAt(version, OTHER_ROOM))).toEqual({ count: 2, etag: '5' });
      expect(await ada.expectOk.get(keysAt(version, OTHER_ROOM))).toEqual({ sessions: {} });
      expect(await ada.expectOk.delete(keysAt(version))).toEqual({ count: 0, etag: '6' });
      expect(await ada.expectOk.get(keysAt(version))).toEqual({ rooms: {} });
    });

    test.each([
      ['a verified one takes the place', key('kept'), key('new', { is_verified: true, first_message_index: 9 }), 'new'],
      [
        'an unverified one does not',
        key('kept', { is_verified: true }),
        key('new', { first_message_index: 0 }),
        'kept',
      ],
      ['one that opens more takes the place', key('kept'), key('new', { first_message_index: 0 }), 'new'],
      ['one that opens less does not', key('kept'), key('new', { first_message_index: 2, forwarded_count: 0 }), 'kept'],
      ['one that was passed on less takes the place', key('kept'), key('new', { forwarded_count: 0 }), 'new'],
      ['one that is as good does not', key('kept'), key('new'), 'kept'],
    ])('of two for one session the better one stays: %s', async (_which, before, offered, stays) => {
      const ada = somebody();
      const version = await begin(ada);
      const path = keysAt(version, ROOM, SESSION);
      await ada.expectOk.put(path, before);
      const contents = await ada.expectOk.put(path, offered);
      expect(contents).toEqual({ count: 1, etag: stays === 'new' ? '2' : '1' });
      expect(await ada.expectOk.get(path)).toMatchObject({ session_data: { ciphertext: stays } });
    });

    test('a put of many keeps the better of each, and counts only those that are new', async () => {
      const ada = somebody();
      const version = await begin(ada);
      await ada.expectOk.put(keysAt(version, ROOM), { sessions: { one: key('1'), two: key('2') } });
      const better = { first_message_index: 0 };
      const sessions = { one: key('worse', { first_message_index: 5 }), two: key('better', better), three: key('new') };
      const rooms = { [ROOM]: { sessions }, [OTHER_ROOM]: { sessions: { one: key('of another room') } } };
      expect(await ada.expectOk.put(keysAt(version), { rooms })).toEqual({ count: 4, etag: '2' });
      expect(await ada.expectOk.get(keysAt(version))).toMatchObject({
        rooms: {
          [ROOM]: {
            sessions: {
              one: { session_data: { ciphertext: '1' } },
              two: { session_data: { ciphertext: 'better' }, ...better },
              three: { session_data: { ciphertext: 'new' } },
            },
          },
          [OTHER_ROOM]: { sessions: { one: { session_data: { ciphertext: 'of another room' } } } },
        },
      });
      expect(await ada.expectOk.put(keysAt(version), { rooms })).toEqual({ count: 4, etag: '2' });
    });

    test('can be added to the newest backup only; older ones can be read and emptied', async () => {
      const ada = somebody();
      const old = await begin(ada, 'old');
      await ada.expectOk.put(keysAt(old, ROOM, SESSION), key('k'));
      const current = await begin(ada, 'new');
      const puts: Promise<Reply>[] = [
        ada.put(keysAt(old), { rooms: {} }),
        ada.put(keysAt(old, ROOM), { sessions: { other: key('x') } }),
        ada.put(keysAt(old, ROOM, 'other'), key('x')),
        ada.put(keysAt('made-up', ROOM, 'other'), key('x')),
      ];
      for (const reply of await Promise.all(puts))
        expect(reply).toMatchObject({
          status: 403,
          body: { errcode: 'M_WRONG_ROOM_KEYS_VERSION', current_version: current },
        });
      expect(await ada.expectOk.get(keysAt(old, ROOM))).toEqual({ sessions: { [SESSION]: key('k') } });
      expect(await ada.expectOk.get(keysAt(current))).toEqual({ rooms: {} });
      expect(await ada.expectOk.delete(keysAt(old))).toMatchObject({ count: 0 });
    });

    test('are each user’s own', async () => {
      const [ada, bob] = [somebody(), somebody()];
      const [hers, his] = [await begin(ada), await begin(bob)];
      expect(hers).toBe(his);
      await ada.expectOk.put(keysAt(hers, ROOM, SESSION), key('hers'));
      expect(await bob.expectOk.get(keysAt(his))).toEqual({ rooms: {} });
      await bob.expectOk.delete(keysAt(his));
      await bob.expectOk.delete(`${VERSION}/${his}`);
      expect(await ada.expectOk.get(keysAt(hers, ROOM, SESSION))).toEqual(key('hers'));
    });

    test('very many are all read back, in however many rooms', async () => {
      const ada = somebody();
      const version = await begin(ada);
      const expected: Record<string, { sessions: Record<string, unknown> }> = {};
      for (let part = 0; part < 3; part += 1) {
        const rooms = Object.fromEntries(
          Array.from({ length: 7 }, (_, room) => [
            `!room${room}`,
            {
              sessions: Object.fromEntries(
                Array.from({ length: 110 }, (_each, session) => [
                  `${part}-${session}`,
                  key(`${part}-${room}-${session}`),
                ]),
              ),
            },
          ]),
        );
        for (const [roomId, { sessions }] of Object.entries(rooms))
          expected[roomId] = { sessions: { ...expected[roomId]?.sessions, ...sessions } };
        await ada.expectOk.put(keysAt(version), { rooms });
      }
      expect(await ada.expectOk.get(VERSION)).toMatchObject({ count: 2_310, etag: '3' });
      expect(await ada.expectOk.get(keysAt(version))).toEqual({ rooms: expected });
    });
  });

  describe('what happens at once', () => {
    test('keys that come at once are all counted, and of each the best stays', async () => {
      const ada = somebody();
      const version = await begin(ada);
      const indexes = [7, 3, 9, 0, 5, 2, 8];
      await Promise.all(
        indexes.map((first_message_index) =>
          ada.expectOk.put(keysAt(version, ROOM), {
            sessions: {
              shared: key(`${first_message_index}`, { first_message_index }),
              [`own${first_message_index}`]: key('own'),
            },
          }),
        ),
      );
      expect(await ada.expectOk.get(VERSION)).toMatchObject({ count: indexes.length + 1, etag: `${indexes.length}` });
      expect(await ada.expectOk.get(keysAt(version, ROOM, 'shared'))).toMatchObject({ first_message_index: 0 });
    });

    test('backups that are begun at once have versions of their own', async () => {
      const ada = somebody();
      const versions = await Promise.all(Array.from({ length: 5 }, (_, index) => begin(ada, `${index}`)));
      expect(new Set(versions).size).toBe(5);
      const newest = versions.toSorted((left, right) => Number(right) - Number(left))[0];
      expect(await ada.expectOk.get(VERSION)).toMatchObject({ version: newest });
    });

    test('keys that come while the backup is deleted leave nothing behind', async () => {
      const ada = somebody();
      const version = await begin(ada);
      const put = (session: number) => ada.put(keysAt(version, ROOM, `s${session}`), key('k'));
      const replies = await Promise.all([put(1), put(2), ada.delete(`${VERSION}/${version}`), put(3), put(4)]);
      expect(replies[2]?.status).toBe(200);
      for (const { status } of replies) expect([200, 404]).toContain(status);
      const left = await server.engine.reader
        .withTables<{ backed_up_keys: { user_id: string } }>()
        .selectFrom('backed_up_keys')
        .selectAll()
        .where('user_id', '=', `@person${people}:byline.test`)
        .execute();
      expect(left).toEqual([]);
    });
  });

  describe('bad input', () => {
    test.each<[string, string, (version: string) => string, unknown, string]>([
      ['no algorithm', 'POST', () => VERSION, { auth_data: {} }, 'M_MISSING_PARAM'],
      ['no auth_data', 'POST', () => VERSION, { algorithm: ALGORITHM }, 'M_MISSING_PARAM'],
      ['auth_data that is no object', 'POST', () => VERSION, { algorithm: ALGORITHM, auth_data: [] }, 'M_BAD_JSON'],
      ['no version', 'PUT', () => KEYS, { rooms: {} }, 'M_MISSING_PARAM'],
      ['no rooms', 'PUT', (version) => keysAt(version), {}, 'M_MISSING_PARAM'],
      ['a room that is none', 'PUT', (version) => keysAt(version), { rooms: { x: { sessions: {} } } }, 'M_BAD_JSON'],
      ['no sessions', 'PUT', (version) => keysAt(version, ROOM), {}, 'M_MISSING_PARAM'],
      [
        'a negative index',
        'PUT',
        (version) => keysAt(version, ROOM, 's'),
        key('x', { first_message_index: -1 }),
        'M_BAD_JSON',
      ],
      [
        'half a count',
        'PUT',
        (version) => keysAt(version, ROOM, 's'),
        key('x', { forwarded_count: 0.5 }),
        'M_BAD_JSON',
      ],
      [
        'a count past all bounds',
        'PUT',
        (version) => keysAt(version, ROOM, 's'),
        key('x', { forwarded_count: 1e300 }),
        'M_BAD_JSON',
      ],
      [
        'a yes that is text',
        'PUT',
        (version) => keysAt(version, ROOM, 's'),
        key('x', { is_verified: 'yes' }),
        'M_BAD_JSON',
      ],
      [
        'a key that is text',
        'PUT',
        (version) => keysAt(version, ROOM, 's'),
        key('x', { session_data: 'x' }),
        'M_BAD_JSON',
      ],
    ])('%s is refused', async (_what, method, path, body, errcode) => {
      const ada = somebody();
      const version = await begin(ada);
      const reply = await (method === 'POST' ? ada.post(path(version), body) : ada.put(path(version), body));
      expect(reply).toMatchObject({ status: 400, body: { errcode } });
      expect(await ada.expectOk.get(VERSION)).toMatchObject({ version, count: 0, etag: '0' });
    });

    test('of many keys with one bad one none is kept', async () => {
      const ada = somebody();
      const version = await begin(ada);
      const huge = key('x', { session_data: { ciphertext: 'x'.repeat(40_000) } });
      const put = ada.put(keysAt(version, ROOM), { sessions: { good: key('good'), huge } });
      expect(await put).toMatchObject({ status: 413, body: { errcode: 'M_TOO_LARGE' } });
      expect(await ada.expectOk.get(VERSION)).toMatchObject({ count: 0, etag: '0' });
      const auth_data = { public_key: 'x'.repeat(70_000) };
      expect(await ada.post(VERSION, { algorithm: ALGORITHM, auth_data })).toMatchObject({ status: 413 });
    });

    test('what no engine could keep as it came is kept as it came', async () => {
      const ada = somebody();
      const version = await begin(ada);
      const odd = key('\0 \ud800 \u{1f511}', {
        session_data: { '\0': '\ud800', ['__proto__']: { deep: [null, 1e21] } },
      });
      await ada.expectOk.put(keysAt(version, ROOM, 's'), odd);
      expect(await ada.expectOk.get(keysAt(version, ROOM, 's'))).toEqual(odd);
      expect(await ada.expectOk.get(keysAt(version, ROOM))).toEqual({ sessions: { s: odd } });
    });

    test('versions that could be none are not found', async () => {
      const ada = somebody();
      await begin(ada);
      for (const version of ['0', '-1', '01', '1e0', '9'.repeat(30), 'x', '%00'])
        expect(await ada.get(`${VERSION}/${version}`)).toMatchObject(NOT_FOUND);
    });
  });

  test('all is forgotten with the account', async () => {
    const ada = somebody();
    const userId = UserId.parse(`@person${people}:byline.test`);
    const version = await begin(ada);
    await ada.expectOk.put(keysAt(version, ROOM, SESSION), key('k'));
    await backups.forget(userId);
    expect(await ada.get(VERSION)).toMatchObject(NOT_FOUND);
    expect(await ada.get(keysAt(version))).toMatchObject(NOT_FOUND);
    await backups.forget(userId);
  });

  test('nobody reads without signing in', async () => {
    for (const path of [VERSION, `${VERSION}/1`, keysAt('1')])
      expect(await caller({ url }).get(path)).toMatchObject({ status: 401, body: { errcode: 'M_MISSING_TOKEN' } });
  });
});
