import {
  type ClientKey,
  crossSigningKeyOf,
  deviceKeysOf,
  makeCrossSigning,
  makeKey,
} from '@byline/core/keys/keys.fixture.ts';
import type { TestServer } from '@byline/testkit/byline.ts';
import { type Person, signIn, signUp } from '@byline/testkit/person.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  encryptedRoom,
  movedTo,
  publishCrossSigning,
  publishDevice,
  queryKeys,
  signedAlone,
  uploadKeys,
  uploadSignatures,
} from './encryption-calls.ts';
import { ENGINES } from './feature-server.ts';
import { sync } from './syncing.ts';
import { startWholeServer } from './whole-server.ts';

const UPLOAD = '/_matrix/client/v3/keys/device_signing/upload';
const FLOWS = [{ stages: ['m.login.password'] }];

const keyName = (key: ClientKey): string => `ed25519:${key.publicKey}`;

describe.each(ENGINES)('cross-signing on %s', (engine) => {
  let server: TestServer;
  let ada: Person;
  let bob: Person;
  let count = 0;

  beforeAll(async () => {
    server = await startWholeServer(engine);
  });

  beforeEach(async () => {
    count += 1;
    [ada, bob] = await Promise.all([signUp(server, `ada${count}`), signUp(server, `bob${count}`)]);
  });

  afterAll(() => server.dispose());

  const proof = (session?: string) => ({
    type: 'm.login.password',
    identifier: { type: 'm.id.user', user: ada.name },
    password: ada.password,
    ...(session === undefined ? {} : { session }),
  });

  test('the first keys need no password, nor do the same once more', async () => {
    const { uploaded } = await publishCrossSigning(ada);
    expect(await ada.post(UPLOAD, uploaded)).toEqual({ status: 200, body: {} });
    expect(await ada.post(UPLOAD, { master_key: uploaded.master_key })).toEqual({ status: 200, body: {} });
    const { userId } = ada;
    expect(await queryKeys(ada, userId)).toMatchObject({
      master_keys: { [userId]: uploaded.master_key },
      self_signing_keys: { [userId]: uploaded.self_signing_key },
      user_signing_keys: { [userId]: uploaded.user_signing_key },
    });
    expect((await queryKeys(bob, userId)).user_signing_keys).toEqual({});
  });

  test('other keys need the password', async () => {
    await publishCrossSigning(ada);
    const { uploaded } = makeCrossSigning(ada.userId);
    const asked = await ada.post(UPLOAD, uploaded);
    expect(asked).toMatchObject({ status: 401, body: { flows: FLOWS, session: expect.any(String) } });
    const wrong = { ...proof(String(asked.body['session'])), password: 'a guess' };
    expect(await ada.post(UPLOAD, { ...uploaded, auth: wrong })).toMatchObject({
      status: 401,
      body: { errcode: 'M_FORBIDDEN', flows: FLOWS },
    });
    const auth = proof(String(asked.body['session']));
    expect(await ada.post(UPLOAD, { ...uploaded, auth })).toEqual({ status: 200, body: {} });
    expect((await queryKeys(bob, ada.userId)).master_keys[ada.userId]).toEqual({
      ...uploaded.master_key,
      signatures: {},
    });
  });

  test('the password may come without a session, at the path of before the specification', async () => {
    await publishCrossSigning(ada);
    const { uploaded } = makeCrossSigning(ada.userId);
    const unstable = '/_matrix/client/unstable/keys/device_signing/upload';
    expect(await ada.post(unstable, { ...uploaded, auth: proof() })).toEqual({ status: 200, body: {} });
    expect((await queryKeys(ada, ada.userId)).master_keys[ada.userId]?.keys).toEqual(uploaded.master_key.keys);
  });

  test('a request without keys is how clients ask whether there is a password', async () => {
    for (let time = 0; time < 2; time += 1) {
      expect(await ada.post(UPLOAD, {})).toMatchObject({ status: 401, body: { flows: FLOWS } });
      expect(await ada.post(UPLOAD, { auth: { type: 'm.login.dummy' } })).toMatchObject({ status: 401 });
      if (time === 0) await publishCrossSigning(ada);
    }
    expect(
      await bob.post(UPLOAD, { auth: { ...proof(), identifier: undefined, password: bob.password } }),
    ).toMatchObject({
      status: 400,
      body: { errcode: 'M_MISSING_PARAM' },
    });
  });

  test('of two who are first at once one is', async () => {
    const tries = [makeCrossSigning(ada.userId), makeCrossSigning(ada.userId)];
    const replies = await Promise.all(tries.map(({ uploaded }) => ada.post(UPLOAD, uploaded)));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200, 401]));
    const first = tries[replies.findIndex(({ status }) => status === 200)];
    const kept = await queryKeys(ada, ada.userId);
    expect(kept.master_keys[ada.userId]?.keys).toEqual(first?.uploaded.master_key.keys);
    expect(kept.self_signing_keys[ada.userId]?.keys).toEqual(first?.uploaded.self_signing_key.keys);
  });

  test('keys that are not sound are refused', async () => {
    const { uploaded } = makeCrossSigning(ada.userId);
    const other = makeCrossSigning(ada.userId).uploaded;
    const notSigned = crossSigningKeyOf(ada.userId, 'user_signing', makeKey());
    const refused: readonly (readonly [body: object, errcode: string])[] = [
      [{ self_signing_key: uploaded.self_signing_key }, 'M_MISSING_PARAM'],
      [{ ...uploaded, self_signing_key: other.self_signing_key }, 'M_INVALID_SIGNATURE'],
      [{ ...uploaded, user_signing_key: notSigned }, 'M_INVALID_SIGNATURE'],
      [{ master_key: makeCrossSigning(bob.userId).uploaded.master_key }, 'M_INVALID_PARAM'],
      [{ master_key: uploaded.self_signing_key }, 'M_INVALID_PARAM'],
      [{ master_key: { ...uploaded.master_key, keys: {} } }, 'M_INVALID_PARAM'],
      [{ master_key: {} }, 'M_MISSING_PARAM'],
    ];
    for (const [body, errcode] of refused)
      expect(await ada.post(UPLOAD, body)).toMatchObject({ status: 400, body: { errcode } });
    expect((await queryKeys(ada, ada.userId)).master_keys).toEqual({});
  });

  test('no key bears the name of a device, nor a device that of a key', async () => {
    const { uploaded, master } = makeCrossSigning(ada.userId);
    const named = await signInAs(master.publicKey);
    const refused = { status: 403, body: { errcode: 'M_FORBIDDEN' } };
    expect(await ada.post(UPLOAD, uploaded)).toMatchObject(refused);
    await named.expectOk.post('/_matrix/client/v3/logout');
    expect(await ada.post(UPLOAD, uploaded)).toEqual({ status: 200, body: {} });
    const late = await signInAs(master.publicKey);
    const device_keys = deviceKeysOf(ada.userId, late.deviceId, master);
    expect(await uploadKeys(late, { device_keys })).toMatchObject(refused);
  });

  /** Ada on a device of that name. */
  const signInAs = async (deviceId: string): Promise<Person> => {
    const login = { type: 'm.login.password', user: ada.name, password: ada.password, device_id: deviceId };
    const { access_token: token } = await ada.expectOk.post<{ access_token: string }>(
      '/_matrix/client/v3/login',
      login,
    );
    return movedTo(server, { ...ada, token, deviceId });
  };

  test('a device that is cross-signed is so for everybody, and its owner’s friends are told', async () => {
    await encryptedRoom(bob, ada);
    await publishDevice(ada);
    const { selfSigning } = await publishCrossSigning(ada);
    const { next_batch: since } = await sync(bob);
    const published = (await queryKeys(bob, ada.userId)).device_keys[ada.userId]?.[ada.deviceId] ?? {};
    const signed = signedAlone(published, ada.userId, keyName(selfSigning), selfSigning);
    expect(await uploadSignatures(ada, { [ada.userId]: { [ada.deviceId]: signed } })).toEqual({
      status: 200,
      body: { failures: {} },
    });
    expect((await sync(bob, since)).device_lists).toEqual({ changed: [ada.userId], left: [] });
    const seen = (await queryKeys(bob, ada.userId)).device_keys[ada.userId]?.[ada.deviceId];
    expect(Object.keys(seen?.signatures?.[ada.userId] ?? {}).toSorted()).toEqual(
      [`ed25519:${ada.deviceId}`, keyName(selfSigning)].toSorted(),
    );
    // The same once more is nothing new.
    const { next_batch: later } = await sync(bob);
    await uploadSignatures(ada, { [ada.userId]: { [ada.deviceId]: signed } });
    expect((await sync(bob, later)).device_lists).toBeUndefined();
  });

  test('whom somebody trusts, nobody else sees', async () => {
    const eve = await signUp(server, `eve${count}`);
    const device = await publishDevice(bob);
    const { userSigning } = await publishCrossSigning(ada);
    const bobs = await publishCrossSigning(bob);
    const [{ next_batch: adas }, { next_batch: bobsToken }] = [await sync(ada), await sync(bob)];
    const master = bobs.master.publicKey;
    const byAda = signedAlone(bobs.uploaded.master_key, ada.userId, keyName(userSigning), userSigning);
    const byDevice = signedAlone(bobs.uploaded.master_key, bob.userId, `ed25519:${bob.deviceId}`, device);
    expect((await uploadSignatures(ada, { [bob.userId]: { [master]: byAda } })).body.failures).toEqual({});
    expect((await sync(ada, adas)).device_lists).toEqual({ changed: [bob.userId], left: [] });
    expect((await sync(bob, bobsToken)).device_lists).toBeUndefined();
    expect((await uploadSignatures(bob, { [bob.userId]: { [master]: byDevice } })).body.failures).toEqual({});
    const signersFor = async (viewer: Person) =>
      Object.keys((await queryKeys(viewer, bob.userId)).master_keys[bob.userId]?.signatures ?? {}).toSorted();
    expect(await signersFor(ada)).toEqual([ada.userId, bob.userId].toSorted());
    expect(await signersFor(bob)).toEqual([bob.userId]);
    expect(await signersFor(eve)).toEqual([bob.userId]);
    await server.stop();
    server = await server.restart();
    expect(await signersFor(movedTo(server, ada))).toEqual([ada.userId, bob.userId].toSorted());
    const changes = await movedTo(server, ada).expectOk.get(
      `/_matrix/client/v3/keys/changes?from=${adas}&to=s999999999`,
    );
    expect(changes).toEqual({ changed: [bob.userId], left: [] });
  });

  test('what can not be kept is named, each by itself', async () => {
    const deviceKey = await publishDevice(ada);
    const { master, selfSigning, userSigning, uploaded } = await publishCrossSigning(ada);
    const bobs = await publishCrossSigning(bob);
    const published = (await queryKeys(ada, ada.userId)).device_keys[ada.userId]?.[ada.deviceId] ?? {};
    const signed = signedAlone(published, ada.userId, keyName(selfSigning), selfSigning);
    const replies = await uploadSignatures(ada, {
      [ada.userId]: {
        [ada.deviceId]: { ...signed, algorithms: ['others'] },
        [master.publicKey]: signedAlone(uploaded.master_key, ada.userId, `ed25519:${ada.deviceId}`, deviceKey),
        UNKNOWN: signed,
        NOT_SIGNED: {},
      },
      [bob.userId]: {
        [bobs.master.publicKey]: signedAlone(bobs.uploaded.master_key, ada.userId, keyName(userSigning), selfSigning),
        [bobs.selfSigning.publicKey]: signedAlone(
          bobs.uploaded.self_signing_key,
          ada.userId,
          keyName(userSigning),
          userSigning,
        ),
        [bob.deviceId]: { ...signed, fraction: 0.5 },
      },
      '@eve:elsewhere.test': { A: {} },
    });
    expect(replies).toMatchObject({ status: 200 });
    expect(replies.body.failures).toEqual({
      [ada.userId]: {
        [ada.deviceId]: expect.objectContaining({ errcode: 'M_INVALID_SIGNATURE' }),
        UNKNOWN: expect.objectContaining({ errcode: 'M_NOT_FOUND' }),
        NOT_SIGNED: expect.objectContaining({ errcode: 'M_NOT_FOUND' }),
      },
      [bob.userId]: {
        [bobs.master.publicKey]: expect.objectContaining({ errcode: 'M_INVALID_SIGNATURE' }),
        [bobs.selfSigning.publicKey]: expect.objectContaining({ errcode: 'M_NOT_FOUND' }),
        [bob.deviceId]: expect.objectContaining({ errcode: 'M_NOT_FOUND' }),
      },
      '@eve:elsewhere.test': { A: expect.objectContaining({ errcode: 'M_NOT_FOUND' }) },
    });
    const kept = (await queryKeys(bob, ada.userId)).master_keys[ada.userId]?.signatures;
    expect(Object.keys(kept?.[ada.userId] ?? {})).toEqual([`ed25519:${ada.deviceId}`]);
  });

  test('a new master key ends what the old one stood for', async () => {
    await publishDevice(ada);
    const old = await publishCrossSigning(ada);
    const { userSigning } = await publishCrossSigning(bob);
    const published = (await queryKeys(ada, ada.userId)).device_keys[ada.userId]?.[ada.deviceId] ?? {};
    const signed = signedAlone(published, ada.userId, keyName(old.selfSigning), old.selfSigning);
    await uploadSignatures(ada, { [ada.userId]: { [ada.deviceId]: signed } });
    const byBob = signedAlone(old.uploaded.master_key, bob.userId, keyName(userSigning), userSigning);
    await uploadSignatures(bob, { [ada.userId]: { [old.master.publicKey]: byBob } });
    const { uploaded } = makeCrossSigning(ada.userId);
    await ada.expectOk.post(UPLOAD, { master_key: uploaded.master_key, auth: proof() });
    const found = await queryKeys(bob, ada.userId);
    expect(found.master_keys[ada.userId]).toEqual({ ...uploaded.master_key, signatures: {} });
    expect(found.self_signing_keys).toEqual({});
    const signers = found.device_keys[ada.userId]?.[ada.deviceId]?.signatures?.[ada.userId] ?? {};
    expect(Object.keys(signers)).toEqual([`ed25519:${ada.deviceId}`]);
    expect(await ada.post(UPLOAD, { self_signing_key: uploaded.self_signing_key })).toMatchObject({ status: 401 });
    await ada.expectOk.post(UPLOAD, { self_signing_key: uploaded.self_signing_key, auth: proof() });
    expect((await queryKeys(bob, ada.userId)).self_signing_keys[ada.userId]?.keys).toEqual(
      uploaded.self_signing_key.keys,
    );
  });

  test('an account that is closed leaves no keys', async () => {
    await publishDevice(ada);
    await publishCrossSigning(ada);
    const laptop = await signIn(server, ada.name);
    await laptop.expectOk.post('/_matrix/client/v3/account/deactivate', { auth: proof() });
    const found = await queryKeys(bob, ada.userId);
    expect([found.device_keys, found.master_keys, found.self_signing_keys]).toEqual([{}, {}, {}]);
  });
});
