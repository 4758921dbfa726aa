import { DeviceId, UserId } from '@byline/protocol';
import { expect, test } from 'vitest';
import { type KnownToken, KnownTokens } from './known-tokens.ts';

const session = { userId: UserId.parse('@ada:byline.test'), deviceId: DeviceId.parse('PHONE') };
const token = (): KnownToken => ({ session, expiresAt: null, seenAt: 0 });

test('a token is looked up once, and again after it was revoked', async () => {
  const known = new KnownTokens();
  let queries = 0;
  const find = async (): Promise<KnownToken> => {
    queries += 1;
    return token();
  };
  expect(known.get('hash')).toBeUndefined();
  const found = await known.load('hash', find);
  expect(known.get('hash')).toBe(found);
  known.revoke(['other']);
  expect(known.get('hash')).toBe(found);
  known.revoke(['hash']);
  expect(known.get('hash')).toBeUndefined();
  expect(queries).toBe(1);
});

test('a token that is revoked while it is looked up is not kept', async () => {
  const known = new KnownTokens();
  const { promise: row, resolve: giveRow } = Promise.withResolvers<KnownToken | undefined>();
  const answers = [row, Promise.resolve(undefined)];
  const asked = Promise.withResolvers<void>();
  const find = async (): Promise<KnownToken | undefined> => {
    asked.resolve();
    return answers.shift();
  };
  const loading = known.load('hash', find);
  await asked.promise;
  known.revoke(['hash']);
  giveRow(token());
  expect(await loading).toBeUndefined();
  expect(known.get('hash')).toBeUndefined();
  expect(answers).toEqual([]);
});

test('who asks while a token is looked up waits for the same query', async () => {
  const known = new KnownTokens();
  let queries = 0;
  const find = async (): Promise<KnownToken> => {
    queries += 1;
    return token();
  };
  const [one, other] = await Promise.all([known.load('hash', find), known.load('hash', find)]);
  expect(one).toBe(other);
  expect(queries).toBe(1);
});

test('a query that fails is made again by who asks next', async () => {
  const known = new KnownTokens();
  const found = token();
  await expect(known.load('hash', () => Promise.reject(new Error('no connection')))).rejects.toThrow('no connection');
  expect(await known.load('hash', async () => found)).toBe(found);
});
