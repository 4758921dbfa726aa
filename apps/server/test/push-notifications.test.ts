import type { TestServer } from '@byline/testkit/byline.ts';
import { type Person, signUp } from '@byline/testkit/person.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import { answerInThread, ignore, type RelatedEvent, send, text } from './relating.ts';
import { readState, redact, setState } from './room-calls.ts';
import { createRoom, join, roomPath, say } from './syncing.ts';
import { startWholeServer } from './whole-server.ts';

interface Listed {
  readonly notifications: readonly {
    readonly actions: readonly unknown[];
    readonly event: RelatedEvent;
    readonly read: boolean;
    readonly room_id: string;
    readonly ts: number;
  }[];
  readonly next_token?: string;
}

const list = (person: Person, query = ''): Promise<Listed> =>
  person.expectOk.get<Listed>(`/_matrix/client/v3/notifications${query}`);

const idsOf = ({ notifications }: Listed): string[] => notifications.map(({ event }) => event.event_id);

describe.each(ENGINES)('what one was notified of on %s', (engine) => {
  let server: TestServer;
  let ada: Person;
  let bob: Person;
  let [here, there] = ['', ''];

  beforeEach(async () => {
    server = await startWholeServer(engine);
    [ada, bob] = await Promise.all([signUp(server, 'ada'), signUp(server, 'bob')]);
    for (const create of [
      () => createRoom(ada, { preset: 'public_chat' }),
      () => createRoom(ada, { preset: 'public_chat' }),
    ]) {
      [here, there] = [await create(), here];
      await join(bob, here);
    }
  });
  afterEach(() => server.dispose());

  const mention = () => send(ada, here, 'm.room.message', text('bob', { 'm.mentions': { user_ids: [bob.userId] } }));

  test('the newest of all rooms first, with what was to be done, and whether it is read', async () => {
    const one = await say(ada, here, 'one');
    const two = await say(ada, there, 'two');
    await send(ada, here, 'm.room.message', { msgtype: 'm.notice', body: 'silent' });
    await say(bob, there, 'one’s own');
    const three = await mention();
    expect(idsOf(await list(bob))).toEqual([three, two, one]);
    expect(idsOf(await list(bob, '?only=highlight'))).toEqual([three]);
    await bob.expectOk.post(roomPath(here, `/receipt/m.read/${encodeURIComponent(one)}`));
    const { notifications } = await list(bob);
    expect(notifications.map(({ read, room_id: roomId }) => [read, roomId])).toEqual([
      [false, here],
      [false, there],
      [true, here],
    ]);
    expect(notifications[0]).toMatchObject({
      actions: ['notify', { set_tweak: 'sound', value: 'default' }, { set_tweak: 'highlight' }],
      event: { event_id: three, content: { body: 'bob' } },
      ts: expect.any(Number),
    });
    expect(await list(ada)).toMatchObject({ notifications: [{ room_id: there }] });
  });

  test('page by page, also where most events are nothing to be told of', async () => {
    const said: string[] = [];
    for (let index = 0; index < 60; index += 1) {
      const roomId = index % 3 === 0 ? here : there;
      if (index % 2 === 0) said.unshift(await say(ada, roomId, `${index}`));
      else await send(ada, roomId, 'm.room.message', { msgtype: 'm.notice', body: 'silent' });
    }
    const pages: string[] = [];
    for (let from: string | undefined = ''; from !== undefined;) {
      const page = await list(bob, `?limit=7${from === '' ? '' : `&from=${from}`}`);
      expect(page.notifications.length).toBeLessThanOrEqual(7);
      pages.push(...idsOf(page));
      from = page.next_token;
    }
    expect(pages).toEqual(said);
  });

  test('an event is judged as the room was then, on whatever page it comes', async () => {
    const levels = async (room: number) => {
      const { body } = await readState(ada, here, 'm.room.power_levels');
      await setState(ada, here, 'm.room.power_levels', { ...body, notifications: { room } });
    };
    await levels(0);
    const loud = await send(bob, here, 'm.room.message', text('all', { 'm.mentions': { room: true } }));
    const plain = await say(bob, here, 'words');
    const first = await list(ada, '?limit=1');
    expect(idsOf(first)).toEqual([plain]);
    await levels(50);
    const quiet = await send(bob, here, 'm.room.message', text('all', { 'm.mentions': { room: true } }));
    expect(idsOf(await list(ada))).toEqual([quiet, plain, loud]);
    expect(idsOf(await list(ada, '?only=highlight'))).toEqual([loud]);
    expect(idsOf(await list(ada, `?only=highlight&from=${first.next_token}`))).toEqual([loud]);
  });

  test('nothing that is redacted, ignored, muted, or was said while one was away', async () => {
    const gone = await say(ada, here, 'gone');
    const root = await say(ada, here, 'root');
    const kept = await answerInThread(ada, here, root, 'kept');
    await redact(ada, here, gone);
    expect(idsOf(await list(bob))).toEqual([kept, root]);
    await bob.expectOk.put(`/_matrix/client/v3/pushrules/global/room/${encodeURIComponent(here)}`, { actions: [] });
    expect(await list(bob)).toEqual({ notifications: [] });
    await bob.expectOk.delete(`/_matrix/client/v3/pushrules/global/room/${encodeURIComponent(here)}`);
    await ignore(bob, ada);
    expect(await list(bob)).toEqual({ notifications: [] });
    await ignore(bob);
    await bob.expectOk.post(roomPath(here, '/leave'));
    await say(ada, here, 'away');
    await join(bob, here);
    const back = await say(ada, here, 'back');
    expect(idsOf(await list(bob))).toEqual([back]);
  });

  test('what is wrong is refused', async () => {
    expect((await bob.get('/_matrix/client/v3/notifications?from=x')).status).toBe(400);
    expect((await bob.get('/_matrix/client/v3/notifications?limit=0')).status).toBe(400);
    expect((await list(bob, '?only=something')).notifications).toEqual([]);
  });
});
