import type { DeviceKeys } from '@byline/protocol/matrix/keys.ts';
import { describe, expect, test } from 'vitest';
import { faultOfDeviceKeys, isSameKey } from './device-keys.ts';
import { deviceKeysOf, makeKey, signedBy } from './keys.fixture.ts';

const ADA = '@ada:byline.test';
const key = makeKey();
const phone = deviceKeysOf(ADA, 'PHONE', key);
const { signatures: _signatures, ...unsigned } = phone;

const CASES: readonly (readonly [name: string, keys: DeviceKeys, fault: string | undefined])[] = [
  ['signed by the device', phone, undefined],
  [
    'with a member that nobody knows yet',
    signedBy({ ...unsigned, dehydrated: true }, ADA, 'ed25519:PHONE', key),
    undefined,
  ],
  ['signed by others as well', signedBy(phone, ADA, 'ed25519:OTHER', makeKey()), undefined],
  ['of another user', deviceKeysOf('@bob:byline.test', 'PHONE', key), 'of another user'],
  ['of another device', deviceKeysOf(ADA, 'LAPTOP', key), 'of another device'],
  ['not signed', { ...phone, signatures: {} }, 'not signed by the device'],
  ['signed by another key', signedBy(phone, ADA, 'ed25519:PHONE', makeKey()), 'not signed by the device'],
  ['changed after it was signed', { ...phone, algorithms: [] }, 'not signed by the device'],
  ['without a key to sign by', { ...phone, keys: {} }, 'not signed by the device'],
  [
    'signed in the name of another',
    signedBy({ ...phone, signatures: {} }, '@bob:byline.test', 'ed25519:PHONE', key),
    'not signed by the device',
  ],
  [
    'with a signature that is no base64',
    { ...phone, signatures: { [ADA]: { 'ed25519:PHONE': '\0' } } },
    'not signed by the device',
  ],
];

test.each(CASES)('device keys: %s', (_name, keys, fault) => {
  expect(faultOfDeviceKeys(keys, { userId: ADA, deviceId: 'PHONE' })).toBe(fault);
});

describe('two keys are the same', () => {
  test('whoever has signed them, and whatever a server adds', () => {
    expect(isSameKey(phone, { ...phone, signatures: {}, unsigned: { device_display_name: 'Phone' } })).toBe(true);
  });

  test('unless they say something else', () => {
    expect(isSameKey(phone, { ...phone, algorithms: [] })).toBe(false);
  });
});
