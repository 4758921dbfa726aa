import type { TestServer } from '@byline/testkit/byline.ts';
import { type Person, signIn, signUp } from '@byline/testkit/person.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { encryptedRoom, movedTo, publishCrossSigning, publishDevice } from './encryption-calls.ts';
import { ENGINES } from './feature-server.ts';
import { createRoom, join, nothingNew, roomPath, say, sync } from './syncing.ts';
import { startWholeServer } from './whole-server.ts';

interface Lists {
  readonly changed: readonly string[];
  readonly left: readonly string[];
}

const changed = (...people: Person[]): Lists => ({ changed: people.map(({ userId }) => userId).toSorted(), left: [] });
const left = (...people: Person[]): Lists => ({ changed: [], left: people.map(({ userId }) => userId).toSorted() });

const leave = (person: Person, roomId: string) => person.expectOk.post(roomPath(roomId, '/leave'));
const encrypt = (person: Person, roomId: string) =>
  person.expectOk.put(roomPath(roomId, '/state/m.room.encryption/'), { algorithm: 'm.megolm.v1.aes-sha2' });

const inOrder = (lists: Lists): Lists => ({ changed: lists.changed.toSorted(), left: lists.left.toSorted() });

const NOBODY: Lists = { changed: [], left: [] };

describe.each(ENGINES)('device lists on %s', (engine) => {
  let server: TestServer;
  let ada: Person;
  let bob: Person;
  let eve: Person;
  let since: string;
  let count = 0;

  beforeAll(async () => {
    server = await startWholeServer(engine);
  });

  beforeEach(async () => {
    count += 1;
    [ada, bob, eve] = await Promise.all([
      signUp(server, `ada${count}`),
      signUp(server, `bob${count}`),
      signUp(server, `eve${count}`),
    ]);
  });

  afterAll(() => server.dispose());

  const mark = async (person = ada): Promise<void> => {
    since = (await sync(person)).next_batch;
  };

  /** Of /sync and of `/keys/changes`, which must say the same; in order. */
  const lists = async (person = ada): Promise<Lists> => {
    const { device_lists: told = NOBODY, next_batch: to } = await sync(person, since);
    const asked = await person.expectOk.get<Lists>(`/_matrix/client/v3/keys/changes?from=${since}&to=${to}`);
    expect(inOrder(asked)).toEqual(inOrder(told));
    return inOrder(told);
  };

  const restart = async (): Promise<void> => {
    await server.stop();
    server = await server.restart();
    [ada, bob, eve] = [movedTo(server, ada), movedTo(server, bob), movedTo(server, eve)];
  };

  test('name who shares an encrypted room and changes keys, and oneself; nobody else', async () => {
    await encryptedRoom(ada, bob);
    await createRoom(ada, { preset: 'private_chat', invite: [eve.userId] }).then((roomId) => join(eve, roomId));
    await mark();
    await Promise.all([publishDevice(bob), publishDevice(eve)]);
    expect(await lists()).toEqual(changed(bob));
    await mark();
    await publishDevice(ada);
    expect(await lists()).toEqual(changed(ada));
    await mark();
    await publishCrossSigning(bob);
    expect(await lists()).toEqual(changed(bob));
    await mark();
    expect(await lists()).toEqual(NOBODY);
  });

  test('name who comes into an encrypted room, and all who are in one that one comes into', async () => {
    const roomId = await encryptedRoom(ada, bob);
    await mark(bob);
    await ada.expectOk.post(roomPath(roomId, '/invite'), { user_id: eve.userId });
    await join(eve, roomId);
    expect(await lists(bob)).toEqual(changed(eve));
    const other = await encryptedRoom(ada);
    await ada.expectOk.post(roomPath(other, '/invite'), { user_id: bob.userId });
    await mark(bob);
    await join(bob, other);
    // He shared a room with her already.
    expect(await lists(bob)).toEqual(NOBODY);
    const fay = await signUp(server, `fay${count}`);
    await ada.expectOk.post(roomPath(roomId, '/invite'), { user_id: fay.userId });
    await mark(fay);
    await join(fay, roomId);
    expect(await lists(fay)).toEqual(changed(ada, bob, eve));
  });

  test('name who is invited, because what is said is meant for them too', async () => {
    const roomId = await encryptedRoom(ada);
    await mark();
    await ada.expectOk.post(roomPath(roomId, '/invite'), { user_id: bob.userId });
    expect(await lists()).toEqual(changed(bob));
    await mark();
    await publishDevice(bob);
    expect(await lists()).toEqual(changed(bob));
    await mark();
    await join(bob, roomId);
    expect(await lists()).toEqual(NOBODY);
    await leave(bob, roomId);
    expect(await lists()).toEqual(left(bob));
  });

  test('name all in a room that becomes encrypted', async () => {
    const roomId = await createRoom(ada, { preset: 'private_chat', invite: [bob.userId, eve.userId] });
    for (const person of [bob, eve]) await join(person, roomId);
    await mark(bob);
    await publishDevice(eve);
    expect(await lists(bob)).toEqual(NOBODY);
    await encrypt(ada, roomId);
    expect(await lists(bob)).toEqual(changed(ada, eve));
  });

  test('name who shares no encrypted room any more, and only then', async () => {
    const [one, two] = [await encryptedRoom(ada, bob, eve), await encryptedRoom(ada, bob)];
    await mark();
    await leave(bob, one);
    expect(await lists()).toEqual(NOBODY);
    await leave(eve, one);
    expect(await lists()).toEqual(left(eve));
    await mark();
    await publishDevice(eve);
    expect(await lists()).toEqual(NOBODY);
    await leave(ada, two);
    expect(await lists()).toEqual(left(bob));
    await mark();
    await publishDevice(bob);
    expect(await lists()).toEqual(NOBODY);
  });

  test('miss no change of who came and went between', async () => {
    const one = await encryptedRoom(ada, bob);
    const two = await encryptedRoom(ada);
    await ada.expectOk.post(roomPath(two, '/invite'), { user_id: bob.userId });
    await leave(bob, two);
    await mark();
    await leave(bob, one);
    await publishDevice(bob);
    await ada.expectOk.post(roomPath(two, '/invite'), { user_id: bob.userId });
    await join(bob, two);
    expect(await lists()).toEqual(changed(bob));
    await mark();
    await leave(bob, two);
    await ada.expectOk.post(roomPath(two, '/invite'), { user_id: bob.userId });
    await join(bob, two);
    expect(await lists()).toEqual(NOBODY);
  });

  test('name whose device is signed out or deleted, and whose account is closed', async () => {
    await encryptedRoom(ada, bob);
    const [laptop, tablet] = [await signIn(server, bob.name), await signIn(server, bob.name)];
    for (const device of [bob, laptop, tablet]) await publishDevice(device);
    await publishCrossSigning(bob);
    await mark();
    await laptop.expectOk.post('/_matrix/client/v3/logout');
    expect(await lists()).toEqual(changed(bob));
    await mark();
    const auth = { type: 'm.login.password', user: bob.name, password: bob.password };
    await bob.expectOk.delete(`/_matrix/client/v3/devices/${tablet.deviceId}`, { auth });
    expect(await lists()).toEqual(changed(bob));
    await mark();
    await bob.expectOk.post('/_matrix/client/v3/logout');
    expect(await lists()).toEqual(changed(bob));
    const again = await signIn(server, bob.name);
    await mark();
    await again.expectOk.post('/_matrix/client/v3/account/deactivate', { auth });
    expect((await lists()).left).toEqual([bob.userId]);
  });

  test('wake who waits, in encrypted rooms alone', async () => {
    await encryptedRoom(ada, bob);
    const plain = await createRoom(eve, { preset: 'private_chat', invite: [bob.userId] });
    await join(bob, plain);
    const [{ next_batch: adas }, { next_batch: eves }] = [await sync(ada), await sync(eve)];
    const waiting = sync(ada, adas, { timeout: 20_000 });
    await publishDevice(bob);
    expect((await waiting).device_lists).toEqual(changed(bob));
    expect(await sync(eve, eves)).toMatchObject(nothingNew(expect.any(String)));
    expect((await sync(eve, eves)).device_lists).toBeUndefined();
  });

  test('are exact across a restart', async () => {
    const [one, two] = [await encryptedRoom(ada, bob), await encryptedRoom(ada, eve)];
    const fay = await signUp(server, `fay${count}`);
    const plain = await createRoom(ada, { preset: 'private_chat', invite: [fay.userId] });
    await join(fay, plain);
    await mark();
    await publishDevice(bob);
    await publishDevice(fay);
    await leave(eve, two);
    await restart();
    await say(ada, one, 'after');
    expect(await lists()).toEqual({ changed: [bob.userId], left: [eve.userId] });
    await encrypt(ada, plain);
    await leave(bob, one);
    expect(await lists()).toEqual({ changed: [fay.userId], left: [bob.userId, eve.userId].toSorted() });
    await restart();
    expect(await lists()).toEqual({ changed: [fay.userId], left: [bob.userId, eve.userId].toSorted() });
    await mark();
    await restart();
    expect(await lists()).toEqual(NOBODY);
  });

  test('between two tokens, and not beyond the second', async () => {
    const roomId = await encryptedRoom(ada, bob);
    await mark();
    const { next_batch: to } = await sync(ada, since);
    await leave(bob, roomId);
    const path = '/_matrix/client/v3/keys/changes';
    expect(await ada.expectOk.get(`${path}?from=${since}&to=${to}`)).toEqual(NOBODY);
    const { next_batch: now } = await sync(ada);
    expect(await ada.expectOk.get(`${path}?from=${since}&to=${now}`)).toEqual(left(bob));
    for (const query of [
      `from=${now}&to=${since}`,
      'from=s999999999999&to=s999999999999',
      `from=${now}`,
      `from=x&to=${now}`,
    ])
      expect((await ada.get(`${path}?${query}`)).status).toBe(400);
  });
});
