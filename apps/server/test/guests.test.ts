import type { TestServer } from '@byline/testkit/byline.ts';
import { type Caller, caller, type Person, signUp, signUpAdministrator } from '@byline/testkit/person.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import { createRoom, roomPath } from './syncing.ts';
import { startWholeServer } from './whole-server.ts';

const CLIENT = '/_matrix/client/v3';
const FORBIDDEN = { status: 403, body: { errcode: 'M_GUEST_ACCESS_FORBIDDEN' } };

interface Guest extends Caller {
  readonly userId: string;
  readonly token: string;
  readonly deviceId: string;
}

const comeAsGuest = async (server: TestServer, body: object = {}): Promise<Guest> => {
  const { user_id, access_token, device_id } = await caller(server).expectOk.post<
    Readonly<Record<'user_id' | 'access_token' | 'device_id', string>>
  >(`${CLIENT}/register?kind=guest`, body);
  return { ...caller(server, access_token), userId: user_id, token: access_token, deviceId: device_id };
};

const localpartOf = ({ userId }: Guest): string => userId.slice(1, userId.indexOf(':'));

const openHouse = (owner: Person, guest_access = 'can_join'): Promise<string> =>
  createRoom(owner, {
    preset: 'public_chat',
    initial_state: [{ type: 'm.room.guest_access', state_key: '', content: { guest_access } }],
  });

const membershipOf = async (owner: Person, roomId: string, { userId }: Guest): Promise<unknown> =>
  (await owner.get(roomPath(roomId, `/state/m.room.member/${encodeURIComponent(userId)}`))).body['membership'];

const joinAs = (guest: Caller, roomId: string) => guest.post(roomPath(roomId, '/join'));
const sayAs = (guest: Caller, roomId: string, transaction: string) =>
  guest.put(roomPath(roomId, `/send/m.room.message/${transaction}`), { msgtype: 'm.text', body: 'hello' });

describe.each(ENGINES)('guests on %s', (engine) => {
  let server: TestServer;
  let chief: Person;
  let ada: Person;

  beforeAll(async () => {
    server = await startWholeServer(engine, { settings: { BYLINE_GUESTS: 'on' } });
    chief = await signUpAdministrator(server, 'chief');
    ada = await signUp(server, 'ada');
  });
  afterAll(() => server.dispose());

  test('are let in without a password, and choose no more than the name of their device', async () => {
    const guest = await comeAsGuest(server, {
      username: 'ada2',
      password: 'a good password',
      device_id: 'MINE',
      initial_device_display_name: 'A phone',
    });
    expect(guest.userId).toMatch(/^@guest-[a-z]{12}:byline\.test$/);
    expect(guest.deviceId).not.toBe('MINE');
    const who = { user_id: guest.userId, device_id: guest.deviceId, is_guest: true };
    expect(await guest.expectOk.get(`${CLIENT}/account/whoami`)).toEqual(who);
    expect(await ada.expectOk.get(`${CLIENT}/account/whoami`)).toMatchObject({ is_guest: false });
    expect(await guest.expectOk.get(`${CLIENT}/devices`)).toMatchObject({ devices: [{ display_name: 'A phone' }] });
    const login = { type: 'm.login.password', user: guest.userId, password: 'a good password' };
    expect((await caller(server).post(`${CLIENT}/login`, login)).status).toBe(403);
  });

  test('join and talk where a room lets guests in, and nowhere else', async () => {
    const guest = await comeAsGuest(server);
    const [open, shut] = [await openHouse(ada), await openHouse(ada, 'forbidden')];
    const silent = await createRoom(ada, { preset: 'public_chat' });
    expect((await joinAs(guest, open)).status).toBe(200);
    expect((await sayAs(guest, open, 't1')).status).toBe(200);
    for (const roomId of [shut, silent]) {
      expect(await joinAs(guest, roomId)).toMatchObject(FORBIDDEN);
      expect(await guest.post(`${CLIENT}/join/${encodeURIComponent(roomId)}`)).toMatchObject(FORBIDDEN);
      const member = roomPath(roomId, `/state/m.room.member/${encodeURIComponent(guest.userId)}`);
      expect(await guest.put(member, { membership: 'join' })).toMatchObject(FORBIDDEN);
      expect((await sayAs(guest, roomId, 't2')).status).toBe(403);
    }
    // They are not there to be invited either.
    expect((await ada.post(roomPath(shut, '/invite'), { user_id: guest.userId })).status).toBe(404);
    const { rooms } = await guest.expectOk.get<{ rooms: { join: object } }>(`${CLIENT}/sync?timeout=0`);
    expect(Object.keys(rooms.join)).toEqual([open]);
    await guest.expectOk.post(roomPath(open, '/leave'));
  });

  test.each<[string, (owner: Person, roomId: string) => Promise<unknown>]>([
    [
      'says so',
      (owner, roomId) =>
        owner.expectOk.put(roomPath(roomId, '/state/m.room.guest_access'), { guest_access: 'forbidden' }),
    ],
    [
      'takes back that it did',
      async (owner, roomId) => {
        const state = await owner.expectOk.get<{ event_id: string; type: string }[]>(roomPath(roomId, '/state'));
        const { event_id = '' } = state.find(({ type }) => type === 'm.room.guest_access') ?? {};
        await owner.expectOk.put(roomPath(roomId, `/redact/${encodeURIComponent(event_id)}/r`));
      },
    ],
  ])('have to go when a room that let them in %s; others stay', async (_how, shut) => {
    const [guest, other] = [await comeAsGuest(server), await comeAsGuest(server)];
    const roomId = await openHouse(ada);
    for (const one of [guest, other]) expect((await joinAs(one, roomId)).status).toBe(200);
    expect((await joinAs(chief, roomId)).status).toBe(200);
    await shut(ada, roomId);
    for (const one of [guest, other]) expect(await membershipOf(ada, roomId, one)).toBe('leave');
    const { joined } = await ada.expectOk.get<{ joined: object }>(roomPath(roomId, '/joined_members'));
    expect(Object.keys(joined).toSorted()).toEqual([ada.userId, chief.userId].toSorted());
    expect(await joinAs(guest, roomId)).toMatchObject(FORBIDDEN);
  });

  test('none stays behind who joins at the moment when a room shuts', async () => {
    const guests = await Promise.all(Array.from({ length: 4 }, () => comeAsGuest(server)));
    const roomId = await openHouse(ada);
    const shut = ada.expectOk.put(roomPath(roomId, '/state/m.room.guest_access'), { guest_access: 'forbidden' });
    await Promise.all([...guests.map((guest) => joinAs(guest, roomId)), shut]);
    for (const guest of guests) expect(await membershipOf(ada, roomId, guest)).not.toBe('join');
  });

  test('change their name and no other field', async () => {
    const guest = await comeAsGuest(server);
    const field = (name: string) => `${CLIENT}/profile/${encodeURIComponent(guest.userId)}/${name}`;
    await guest.expectOk.put(field('displayname'), { displayname: 'Somebody' });
    expect(await guest.put(field('avatar_url'), { avatar_url: 'mxc://byline.test/a' })).toMatchObject(FORBIDDEN);
    expect(await guest.delete(field('org.example.field'))).toMatchObject(FORBIDDEN);
    await guest.expectOk.delete(field('displayname'));
  });

  test('do nothing else', async () => {
    const guest = await comeAsGuest(server);
    const replies = [
      await guest.post(`${CLIENT}/createRoom`),
      await guest.post(`${CLIENT}/account/password`, { new_password: 'a good password' }),
      await guest.post(`${CLIENT}/account/deactivate`),
      await guest.post(`${CLIENT}/user_directory/search`, { search_term: 'ada' }),
      await guest.get(`${CLIENT}/room_keys/version`),
      await guest.post('/_matrix/media/v3/upload'),
      await guest.delete(`${CLIENT}/devices/${guest.deviceId}`),
      await guest.get('/_byline/v1/me'),
      await guest.post('/_byline/v1/applications'),
    ];
    for (const reply of replies) expect(reply).toMatchObject(FORBIDDEN);
    await guest.expectOk.post(`${CLIENT}/logout`);
    expect((await guest.get(`${CLIENT}/account/whoami`)).status).toBe(401);
  });

  describe('who want to stay', () => {
    const REGISTER = `${CLIENT}/register`;
    const stayAs = async (body: object) => {
      const { body: challenge } = await caller(server).post<{ session: string }>(REGISTER, body);
      const auth = (type: string) => ({ ...body, auth: { type, session: challenge.session } });
      await caller(server).post(REGISTER, auth('m.login.terms'));
      return caller(server).post<{ user_id: string; access_token: string }>(REGISTER, auth('m.login.dummy'));
    };

    test('sign up under the name that they have, and keep their rooms', async () => {
      const guest = await comeAsGuest(server);
      const roomId = await openHouse(ada);
      expect((await joinAs(guest, roomId)).status).toBe(200);
      const account = { username: localpartOf(guest), password: 'a good password', guest_access_token: guest.token };
      const { status, body } = await stayAs(account);
      expect({ status, userId: body.user_id }).toEqual({ status: 200, userId: guest.userId });
      const person = caller(server, body.access_token);
      expect(await person.expectOk.get(`${CLIENT}/account/whoami`)).toMatchObject({ is_guest: false });
      expect(await person.expectOk.get(`${CLIENT}/joined_rooms`)).toEqual({ joined_rooms: [roomId] });
      await createRoom({ ...ada, ...person });
      expect((await guest.get(`${CLIENT}/account/whoami`)).status).toBe(401);
      await ada.expectOk.put(roomPath(roomId, '/state/m.room.guest_access'), { guest_access: 'forbidden' });
      expect(await membershipOf(ada, roomId, guest)).toBe('join');
      expect((await caller(server).post(REGISTER, account)).status).toBe(401);
    });

    test('can do so for nobody but themselves', async () => {
      const [guest, other] = [await comeAsGuest(server), await comeAsGuest(server)];
      const password = 'a good password';
      for (const token of [other.token, ada.token])
        expect(
          await caller(server).post(REGISTER, { username: localpartOf(guest), password, guest_access_token: token }),
        ).toMatchObject({ status: 400, body: { errcode: 'M_USER_IN_USE' } });
      expect(
        await caller(server).post(REGISTER, { username: 'ada', password, guest_access_token: ada.token }),
      ).toMatchObject({ status: 400, body: { errcode: 'M_USER_IN_USE' } });
      expect(
        await caller(server).post(REGISTER, { username: localpartOf(guest), password, guest_access_token: 'made up' }),
      ).toMatchObject({ status: 401, body: { errcode: 'M_UNKNOWN_TOKEN' } });
    });
  });

  test('are guests still after a restart, and after their tokens were exchanged', async () => {
    const register = `${CLIENT}/register?kind=guest`;
    const tokens = await caller(server).expectOk.post<{ refresh_token: string }>(register, { refresh_token: true });
    const { access_token } = await caller(server).expectOk.post<{ access_token: string }>(`${CLIENT}/refresh`, {
      refresh_token: tokens.refresh_token,
    });
    await server.stop();
    server = await server.restart();
    const guest = caller(server, access_token);
    expect(await guest.expectOk.get(`${CLIENT}/account/whoami`)).toMatchObject({ is_guest: true });
    expect(await guest.post(`${CLIENT}/createRoom`)).toMatchObject(FORBIDDEN);
    [chief, ada] = [chief, ada].map((person) => ({ ...person, ...caller(server, person.token) })) as [Person, Person];
  });

  test('do not talk where everybody shows who they are', async () => {
    const guest = await comeAsGuest(server);
    const [roomId, other] = [await openHouse(ada), await openHouse(ada)];
    expect((await joinAs(guest, roomId)).status).toBe(200);
    await chief.expectOk.put('/_byline/v1/policy/identity.required', { value: 'everyone' });
    for (const reply of [await sayAs(guest, roomId, 't'), await joinAs(guest, other)])
      expect(reply).toMatchObject({ status: 403, body: { errcode: 'BYLINE_IDENTITY_REQUIRED' } });
  });
});

describe('where there are no guests', () => {
  test('nobody comes as one, and who came before does nothing any more', async () => {
    const server = await startWholeServer('sqlite', { settings: { BYLINE_GUESTS: 'on' } });
    const guest = await comeAsGuest(server);
    await server.stop();
    const without = await server.restart({ guests: 'off' });
    expect(await caller(without).post(`${CLIENT}/register?kind=guest`)).toMatchObject(FORBIDDEN);
    expect(await caller(without, guest.token).get(`${CLIENT}/sync?timeout=0`)).toMatchObject(FORBIDDEN);
    await without.dispose();
  });
});
