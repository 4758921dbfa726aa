import { caller, type Person, signUp } from '@byline/testkit/person.ts';
import type { TestServer } from '@byline/testkit/byline.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import { openAccount, openOffice } from './publisher.ts';
import { act, client, readState, refusal, setState } from './room-calls.ts';
import { createRoom, join, roomPath, say } from './syncing.ts';
import { startWholeServer } from './whole-server.ts';

interface SpaceRoom {
  readonly room_id: string;
  readonly name?: string;
  readonly children_state: readonly Readonly<Record<string, unknown>>[];
}

interface Page {
  readonly rooms: readonly SpaceRoom[];
  readonly next_batch?: string;
}

const hierarchyPath = (roomId: string, query = ''): string =>
  `/_matrix/client/v1/rooms/${encodeURIComponent(roomId)}/hierarchy?${query}`;

const walk = (person: Person, roomId: string, query = ''): Promise<Page> =>
  person.expectOk.get<Page>(hierarchyPath(roomId, query));

const names = ({ rooms }: Page): unknown[] => rooms.map(({ name }) => name);

const rules = (rule: object) => [{ type: 'm.room.join_rules', content: rule }];
const visible = (visibility: string) => [
  { type: 'm.room.history_visibility', content: { history_visibility: visibility } },
];

describe.each(ENGINES)('spaces on %s', (engine) => {
  let server: TestServer;
  let ada: Person;
  let bob: Person;

  beforeAll(async () => {
    server = await startWholeServer(engine);
    ada = await signUp(server, 'ada');
    bob = await signUp(server, 'bob');
  });
  afterAll(() => server.dispose());

  const room = (name: string, options: object = {}): Promise<string> =>
    createRoom(ada, { preset: 'public_chat', name, ...options });
  const space = (name: string, options: object = {}): Promise<string> =>
    room(name, { creation_content: { type: 'm.space' }, ...options });
  const put = async (parent: string, child: string, content: object = {}): Promise<void> => {
    const set = await setState(ada, parent, 'm.space.child', { via: ['byline.test'], ...content }, child);
    expect(set.status).toBe(200);
  };

  test('a space is a room in which nobody but its owners talks', async () => {
    const roomId = await space('Club', { room_version: '11' });
    await join(bob, roomId);
    expect((await readState(bob, roomId, 'm.room.power_levels')).body).toMatchObject({ events_default: 100 });
    const path = roomPath(roomId, '/send/m.room.message/inspace');
    expect(await bob.put(path, { msgtype: 'm.text', body: 'hello' })).toMatchObject(refusal(403, 'M_FORBIDDEN'));
    expect(await say(ada, roomId, 'hello')).toMatch(/^\$/);
    const child = await setState(bob, roomId, 'm.space.child', { via: ['byline.test'] }, '!other:byline.test');
    expect(child).toMatchObject(refusal(403, 'M_FORBIDDEN'));
  });

  test('is walked depth first in the order of its children, each room once, loops and all', async () => {
    const [root, inner, deep] = [await space('root'), await space('inner'), await space('deep')];
    const [first, last, below] = [await room('first'), await room('last'), await room('below')];
    await put(root, last);
    await put(root, inner, { order: 'b' });
    await put(root, first, { order: 'a' });
    await put(inner, deep, { order: '1' });
    await put(inner, below, { order: '2' });
    await put(inner, first);
    await put(deep, root);
    await put(deep, deep);
    await put(root, '!unknown:byline.test', { order: 'c' });
    const page = await walk(bob, root);
    expect(names(page)).toEqual(['root', 'first', 'inner', 'deep', 'below', 'last']);
    expect(page.next_batch).toBeUndefined();
    expect(page.rooms[0]).toMatchObject({
      room_id: root,
      room_type: 'm.space',
      num_joined_members: 1,
      join_rule: 'public',
      guest_can_join: false,
      world_readable: false,
      room_version: '12',
    });
    const children = page.rooms[0]?.children_state ?? [];
    expect(children.map(({ state_key: child }) => child)).toEqual([first, inner, '!unknown:byline.test', last]);
    expect(Object.keys(children[0] ?? {}).toSorted()).toEqual([
      'content',
      'origin_server_ts',
      'sender',
      'state_key',
      'type',
    ]);
    expect(page.rooms[1]?.children_state).toEqual([]);
    expect(names(await walk(bob, inner))).toEqual(['inner', 'deep', 'root', 'last', 'below', 'first']);
    expect(names(await walk(bob, first))).toEqual(['first']);
  });

  test('a child is there as long as there is a way to it', async () => {
    const [root, child] = [await space('root'), await room('child')];
    await put(root, child);
    expect(names(await walk(bob, root))).toEqual(['root', 'child']);
    await setState(ada, root, 'm.space.child', {}, child);
    const page = await walk(bob, root);
    expect(names(page)).toEqual(['root']);
    expect(page.rooms[0]?.children_state).toEqual([]);
  });

  test('what a room that is no space says of children is nothing', async () => {
    const [odd, child] = [await room('odd'), await room('child')];
    await put(odd, child);
    const page = await walk(bob, odd);
    expect(names(page)).toEqual(['odd']);
    expect(page.rooms[0]?.children_state).toEqual([]);
  });

  test('is walked as deep as one wishes, and to suggested rooms only', async () => {
    const [root, inner, below] = [await space('root'), await space('inner'), await room('below')];
    const other = await room('other');
    await put(root, inner, { suggested: true, order: 'a' });
    await put(root, other, { order: 'b' });
    await put(inner, below, { suggested: true });
    expect(names(await walk(bob, root, 'max_depth=0'))).toEqual(['root']);
    const one = await walk(bob, root, 'max_depth=1');
    expect(names(one)).toEqual(['root', 'inner', 'other']);
    expect(one.rooms[1]?.children_state).toHaveLength(1);
    expect(names(await walk(bob, root, 'max_depth=2'))).toEqual(['root', 'inner', 'below', 'other']);
    const suggested = await walk(bob, root, 'suggested_only=true');
    expect(names(suggested)).toEqual(['root', 'inner', 'below']);
    expect(suggested.rooms[0]?.children_state).toHaveLength(1);
    expect(names(await walk(bob, root, 'suggested_only=false'))).toHaveLength(4);
  });

  test('is read page by page, as the first page was asked for', async () => {
    const root = await space('root');
    const all: string[] = ['root'];
    for (let index = 0; index < 6; index += 1) {
      await put(root, await room(`child ${index}`), { order: `${index}` });
      all.push(`child ${index}`);
    }
    for (const limit of [1, 3, 7, 100]) {
      const read: unknown[] = [];
      for (let from: string | undefined = ''; from !== undefined;) {
        const query: string = `max_depth=3&limit=${limit}${from === '' ? '' : `&from=${from}`}`;
        const page: Page = await walk(bob, root, query);
        expect(page.rooms.length).toBeLessThanOrEqual(limit);
        read.push(...names(page));
        from = page.next_batch;
      }
      expect(read).toEqual(all);
    }
    const { next_batch: next = '' } = await walk(bob, root, 'limit=2&max_depth=3');
    const invalid = refusal(400, 'M_INVALID_PARAM');
    expect(await bob.get(hierarchyPath(root, `from=${next}&max_depth=2`))).toMatchObject(invalid);
    expect(await bob.get(hierarchyPath(root, `from=${next}`))).toMatchObject(invalid);
    expect(await bob.get(hierarchyPath(root, `from=${next}&max_depth=3&suggested_only=true`))).toMatchObject(invalid);
    expect(await bob.get(hierarchyPath(root, 'from=elsewhere'))).toMatchObject(invalid);
    expect((await bob.get(hierarchyPath(root, 'limit=0'))).status).toBe(400);
    expect((await bob.get(hierarchyPath(root, 'max_depth=-1'))).status).toBe(400);
  });

  describe('shows of its rooms those that one is in or could come into', () => {
    const closed = { preset: 'private_chat' };

    test.each<[what: string, options: object, before: (roomId: string) => Promise<unknown>, shown: boolean]>([
      ['a public one', {}, async () => undefined, true],
      ['a closed one', closed, async () => undefined, false],
      [
        'a closed one that anyone may read',
        { ...closed, initial_state: visible('world_readable') },
        async () => undefined,
        true,
      ],
      ['one to knock at', { initial_state: rules({ join_rule: 'knock' }) }, async () => undefined, true],
      [
        'one to knock at, of a version without knocking',
        { room_version: '6', initial_state: rules({ join_rule: 'knock' }) },
        async () => undefined,
        false,
      ],
      ['one with another join rule', { initial_state: rules({ join_rule: 'private' }) }, async () => undefined, false],
      ['one that one is invited to', closed, (roomId) => act(ada, roomId, 'invite', bob), true],
      [
        'one that one has left',
        closed,
        async (roomId) => {
          await act(ada, roomId, 'invite', bob);
          await join(bob, roomId);
          await bob.expectOk.post(roomPath(roomId, '/leave'));
        },
        false,
      ],
    ])('%s: %#', async (_what, options, before, shown) => {
      const root = await space('root');
      const child = await room('child', options);
      await put(root, child);
      await before(child);
      expect(names(await walk(bob, root))).toEqual(shown ? ['root', 'child'] : ['root']);
      expect(names(await walk(ada, root))).toEqual(['root', 'child']);
    });

    test('one that is open to the members of another', async () => {
      const [root, club] = [await space('root'), await room('club')];
      const allow = [{ type: 'm.room_membership', room_id: club }];
      const restricted = await room('restricted', { initial_state: rules({ join_rule: 'restricted', allow }) });
      await put(root, restricted);
      expect(names(await walk(bob, root))).toEqual(['root']);
      await join(bob, club);
      const page = await walk(bob, root);
      expect(names(page)).toEqual(['root', 'restricted']);
      expect(page.rooms[1]).toMatchObject({ join_rule: 'restricted', allowed_room_ids: [club] });
    });

    test('the room of a public account', async () => {
      const root = await space('root');
      const office = await openOffice(server);
      const account = await openAccount(office, ada, 'gazette');
      await put(root, account.room_id);
      const page = await walk(bob, root);
      expect(page.rooms[1]).toMatchObject({ room_id: account.room_id, world_readable: true });
    });
  });

  test('is closed to who may not see it, as one that does not exist', async () => {
    const [open, closed] = [await space('open'), await space('closed', { preset: 'private_chat' })];
    const forbidden = refusal(403, 'M_FORBIDDEN');
    const refused = await bob.get(hierarchyPath(closed));
    expect(refused).toMatchObject(forbidden);
    expect(await bob.get(hierarchyPath('!nowhere:byline.test'))).toEqual(refused);
    await act(ada, open, 'ban', bob);
    expect(await bob.get(hierarchyPath(open))).toEqual(refused);
    expect((await caller(server).get(hierarchyPath(open))).status).toBe(401);
  });

  test('and its rooms are summarised also where older clients ask', async () => {
    const roomId = await room('Tea');
    const summary = await bob.expectOk.get(`/_matrix/client/v1/room_summary/${encodeURIComponent(roomId)}`);
    expect(summary).toMatchObject({ name: 'Tea', membership: 'leave', room_version: '12' });
    const unstable = '/_matrix/client/unstable/im.nheko.summary';
    expect(await bob.expectOk.get(`${unstable}/summary/${encodeURIComponent(roomId)}?via=x`)).toEqual(summary);
    expect(await bob.expectOk.get(`${unstable}/rooms/${encodeURIComponent(roomId)}/summary`)).toEqual(summary);
    const earlier = `/_matrix/client/unstable/org.matrix.msc2946/rooms/${encodeURIComponent(roomId)}/hierarchy`;
    expect(names(await bob.expectOk.get<Page>(earlier))).toEqual(['Tea']);
    expect((await bob.get(client('/rooms/x/hierarchy'))).status).toBe(404);
  });
});
