import { deviceKeysOf, makeCrossSigning, makeKey } from '@byline/core/keys/keys.fixture.ts';
import type { TestServer } from '@byline/testkit/byline.ts';
import { type Person, signIn, signUp } from '@byline/testkit/person.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { claim, claimable, movedTo, publishDevice, queryKeys, uploadKeys } from './encryption-calls.ts';
import { ENGINES } from './feature-server.ts';
import { nothingNew, sync } from './syncing.ts';
import { startWholeServer } from './whole-server.ts';

/** How many one-time keys a device has left, and which fallback keys were not used yet. */
const counts = async (person: Person) => {
  const { device_one_time_keys_count, device_unused_fallback_key_types } = await sync(person);
  return [device_one_time_keys_count, device_unused_fallback_key_types];
};

describe.each(ENGINES)('keys of devices on %s', (engine) => {
  let server: TestServer;
  let ada: Person;
  let bob: Person;

  let count = 0;

  beforeAll(async () => {
    server = await startWholeServer(engine);
    bob = await signUp(server, 'bob');
  });

  beforeEach(async () => {
    count += 1;
    ada = await signUp(server, `ada${count}`);
  });

  afterAll(() => server.dispose());

  test('are found by others as they were published, with the name of the device', async () => {
    const device_keys = { ...deviceKeysOf(ada.userId, ada.deviceId, makeKey()), unsigned: { told: 'by a client' } };
    expect(await uploadKeys(ada, { device_keys })).toEqual({ status: 200, body: { one_time_key_counts: {} } });
    await ada.expectOk.put(`/_matrix/client/v3/devices/${ada.deviceId}`, { display_name: 'Ada’s phone' });
    const unsigned = { device_display_name: 'Ada’s phone' };
    const found = await queryKeys(bob, ada.userId, bob.userId, '@nobody:byline.test');
    expect(found).toEqual({
      device_keys: { [ada.userId]: { [ada.deviceId]: { ...device_keys, unsigned } }, [bob.userId]: {} },
      master_keys: {},
      self_signing_keys: {},
      user_signing_keys: {},
      failures: {},
    });
  });

  test('are found of some devices, and those of other servers are failures', async () => {
    const laptop = await signIn(server, ada.name);
    await Promise.all([publishDevice(ada), publishDevice(laptop)]);
    const query = { [ada.userId]: [laptop.deviceId, 'UNKNOWN'], '@eve:elsewhere.test': [] };
    const found = await bob.expectOk.post<Awaited<ReturnType<typeof queryKeys>>>('/_matrix/client/v3/keys/query', {
      device_keys: query,
      timeout: 10_000,
    });
    expect(Object.keys(found.device_keys[ada.userId] ?? {})).toEqual([laptop.deviceId]);
    expect(Object.keys(found.device_keys)).toEqual([ada.userId]);
    expect(Object.keys(found.failures)).toEqual(['elsewhere.test']);
  });

  test('that are of another, or that the device has not signed, are refused', async () => {
    const key = makeKey();
    const own = deviceKeysOf(ada.userId, ada.deviceId, key);
    for (const [device_keys, errcode] of [
      [deviceKeysOf(bob.userId, ada.deviceId, key), 'M_INVALID_PARAM'],
      [deviceKeysOf(ada.userId, 'OTHER', key), 'M_INVALID_PARAM'],
      [{ ...own, signatures: {} }, 'M_INVALID_SIGNATURE'],
      [{ ...own, algorithms: ['changed'] }, 'M_INVALID_SIGNATURE'],
      [{ ...own, version: 1.5 }, 'M_BAD_JSON'],
      [{ user_id: ada.userId }, 'M_MISSING_PARAM'],
    ]) {
      const one_time_keys = claimable(1);
      expect(await uploadKeys(ada, { device_keys, one_time_keys })).toMatchObject({ status: 400, body: { errcode } });
    }
    expect((await queryKeys(bob, ada.userId)).device_keys).toEqual({ [ada.userId]: {} });
    expect(await claim(bob, ada)).toBeUndefined();
  });

  test('another identity takes the old one’s one-time keys away', async () => {
    await publishDevice(ada);
    await uploadKeys(ada, { one_time_keys: claimable(5), fallback_keys: claimable(1, 100) });
    const device_keys = deviceKeysOf(ada.userId, ada.deviceId, makeKey());
    expect(await uploadKeys(ada, { device_keys, one_time_keys: claimable(1, 7) })).toMatchObject({
      body: { one_time_key_counts: { signed_curve25519: 1 } },
    });
    expect(await claim(bob, ada)).toBe('signed_curve25519:KEY7');
    expect(await claim(bob, ada)).toBeUndefined();
    expect(await counts(ada)).toEqual([{ signed_curve25519: 0 }, []]);
  });

  test('one-time keys are given once, the oldest first, and then the fallback key', async () => {
    await uploadKeys(ada, { one_time_keys: claimable(1, 9), fallback_keys: claimable(1, 100) });
    expect(await uploadKeys(ada, { one_time_keys: claimable(2) })).toEqual({
      status: 200,
      body: { one_time_key_counts: { signed_curve25519: 3 } },
    });
    expect(await counts(ada)).toEqual([{ signed_curve25519: 3 }, ['signed_curve25519']]);
    expect(await claim(bob, ada, 'curve25519')).toBeUndefined();
    expect(await claim(bob, ada)).toBe('signed_curve25519:KEY9');
    const others = new Set([await claim(bob, ada), await claim(bob, ada)]);
    expect(others).toEqual(new Set(['signed_curve25519:KEY0', 'signed_curve25519:KEY1']));
    expect(await counts(ada)).toEqual([{ signed_curve25519: 0 }, ['signed_curve25519']]);
    expect(await claim(bob, ada)).toBe('signed_curve25519:KEY100');
    expect(await claim(bob, ada)).toBe('signed_curve25519:KEY100');
    expect(await counts(ada)).toEqual([{ signed_curve25519: 0 }, []]);
    await uploadKeys(ada, { fallback_keys: claimable(1, 100) });
    expect(await counts(ada)).toEqual([{ signed_curve25519: 0 }, []]);
    await uploadKeys(ada, { fallback_keys: claimable(1, 101) });
    expect(await counts(ada)).toEqual([{ signed_curve25519: 0 }, ['signed_curve25519']]);
    expect(await claim(bob, ada)).toBe('signed_curve25519:KEY101');
  });

  test('the same key once more is kept once, another under its id is refused with all that came with it', async () => {
    await uploadKeys(ada, { one_time_keys: { ...claimable(2), 'curve25519:A': 'bare' } });
    const again = { ...claimable(3), 'curve25519:A': 'bare' };
    expect(await uploadKeys(ada, { one_time_keys: again })).toEqual({
      status: 200,
      body: { one_time_key_counts: { signed_curve25519: 3, curve25519: 1 } },
    });
    const other = { 'signed_curve25519:KEY1': { key: 'another', signatures: {} }, ...claimable(1, 50) };
    expect(await uploadKeys(ada, { one_time_keys: other })).toMatchObject({
      status: 400,
      body: { errcode: 'M_INVALID_PARAM' },
    });
    expect(await counts(ada)).toEqual([{ signed_curve25519: 3, curve25519: 1 }, []]);
    const names = ['nothing', ':KEY', 'alg:', 'alg:\u0000', `alg:${'x'.repeat(256)}`];
    for (const name of names)
      expect(await uploadKeys(ada, { one_time_keys: { [name]: 'key' } })).toMatchObject({ status: 400 });
    expect(await uploadKeys(ada, { fallback_keys: claimable(2) })).toMatchObject({ status: 400 });
    expect(await uploadKeys(ada, { one_time_keys: claimable(998, 10) })).toMatchObject({ status: 413 });
    expect(await uploadKeys(ada, { one_time_keys: { 'constructor:A': 'a', '__proto__:A': 'a' } })).toMatchObject({
      body: { one_time_key_counts: { constructor: 1, signed_curve25519: 3 } },
    });
  });

  test('keys that are too large, or nested too deep, are refused', async () => {
    const deep = JSON.parse(`${'['.repeat(1_000)}${']'.repeat(1_000)}`) as unknown;
    const oneTimeKey = { key: 'key', signatures: {} };
    const device = deviceKeysOf(ada.userId, ada.deviceId, makeKey());
    for (const [body, status] of [
      [{ one_time_keys: { 'a:KEY': { ...oneTimeKey, deep } } }, 400],
      [{ one_time_keys: { 'a:KEY': { ...oneTimeKey, more: 'x'.repeat(9_000) } } }, 413],
      [{ fallback_keys: { 'a:KEY': { ...oneTimeKey, deep } } }, 400],
      [{ device_keys: { ...device, more: 'x'.repeat(66_000) } }, 413],
      [{ device_keys: { ...device, deep } }, 400],
    ])
      expect(await uploadKeys(ada, body as object)).toMatchObject({ status });
    const { uploaded } = makeCrossSigning(ada.userId);
    const path = '/_matrix/client/v3/keys/device_signing/upload';
    expect(await ada.post(path, { master_key: { ...uploaded.master_key, deep } })).toMatchObject({ status: 400 });
    const more = 'x'.repeat(66_000);
    expect(await ada.post(path, { master_key: { ...uploaded.master_key, more } })).toMatchObject({ status: 413 });
    expect(await counts(ada)).toEqual([{ signed_curve25519: 0 }, []]);
    expect(await queryKeys(ada, ada.userId)).toMatchObject({ device_keys: { [ada.userId]: {} }, master_keys: {} });
  });

  test('a hundred who claim at once get each key once', async () => {
    await uploadKeys(ada, { one_time_keys: claimable(50) });
    const claimed = await Promise.all(Array.from({ length: 100 }, () => claim(bob, ada)));
    const given = claimed.filter((key) => key !== undefined);
    expect(given).toHaveLength(50);
    expect(new Set(given).size).toBe(50);
    expect(await counts(ada)).toEqual([{ signed_curve25519: 0 }, []]);
  });

  test('keys of several devices are claimed together, and those of other servers are failures', async () => {
    const laptop = await signIn(server, ada.name);
    await Promise.all([ada, laptop].map((device) => uploadKeys(device, { one_time_keys: claimable(1) })));
    const wanted = { [ada.deviceId]: 'signed_curve25519', [laptop.deviceId]: 'signed_curve25519', NONE: 'curve25519' };
    const claims = { one_time_keys: { [ada.userId]: wanted, '@eve:elsewhere.test': { A: 'signed_curve25519' } } };
    const key = claimable(1);
    expect(await bob.expectOk.post('/_matrix/client/v3/keys/claim', claims)).toEqual({
      one_time_keys: { [ada.userId]: { [ada.deviceId]: key, [laptop.deviceId]: key } },
      failures: { 'elsewhere.test': expect.anything() },
    });
  });

  test('who waits is told at once that keys were claimed or uploaded', async () => {
    await uploadKeys(ada, { one_time_keys: claimable(2) });
    const { next_batch: token } = await sync(ada);
    const waiting = sync(ada, token, { timeout: 20_000 });
    await claim(bob, ada);
    const told = await waiting;
    expect(told).toMatchObject({ device_one_time_keys_count: { signed_curve25519: 1 } });
    const more = sync(ada, told.next_batch, { timeout: 20_000 });
    await uploadKeys(ada, { fallback_keys: claimable(1, 100) });
    const { next_batch: newest, ...last } = await more;
    expect(last).toMatchObject({ device_unused_fallback_key_types: ['signed_curve25519'] });
    expect(await sync(ada, newest)).toEqual({
      ...nothingNew(newest),
      device_one_time_keys_count: { signed_curve25519: 1 },
      device_unused_fallback_key_types: ['signed_curve25519'],
    });
  });

  test('survive a restart', async () => {
    await publishDevice(ada);
    await uploadKeys(ada, { one_time_keys: claimable(2), fallback_keys: claimable(1, 100) });
    const published = await queryKeys(bob, ada.userId);
    const first = await claim(bob, ada);
    await server.stop();
    server = await server.restart();
    [ada, bob] = [movedTo(server, ada), movedTo(server, bob)];
    expect(await queryKeys(bob, ada.userId)).toEqual(published);
    expect(await counts(ada)).toEqual([{ signed_curve25519: 1 }, ['signed_curve25519']]);
    const second = await claim(bob, ada);
    expect(new Set([first, second])).toEqual(new Set(['signed_curve25519:KEY0', 'signed_curve25519:KEY1']));
    expect(await claim(bob, ada)).toBe('signed_curve25519:KEY100');
  });

  test('go with the device', async () => {
    const laptop = await signIn(server, ada.name);
    await publishDevice(laptop);
    await uploadKeys(laptop, { one_time_keys: claimable(1), fallback_keys: claimable(1, 100) });
    await laptop.expectOk.post('/_matrix/client/v3/logout');
    expect((await queryKeys(bob, ada.userId)).device_keys).toEqual({ [ada.userId]: {} });
    expect(await claim(bob, laptop)).toBeUndefined();
  });

  test('nobody is anybody without a token', async () => {
    for (const path of ['upload', 'query', 'claim', 'device_signing/upload', 'signatures/upload']) {
      const response = await fetch(`${server.url}/_matrix/client/v3/keys/${path}`, { method: 'POST', body: '{}' });
      expect(response.status).toBe(401);
    }
  });
});
