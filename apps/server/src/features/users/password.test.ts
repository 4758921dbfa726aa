import { expect, test } from 'vitest';
import { hashPassword, isPassword, requireStrongPassword } from './password.ts';

test('a hash says how it was made, and never twice the same', async () => {
  const [one, other] = [await hashPassword('a good password'), await hashPassword('a good password')];
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  expect(other).not.toBe(one);
});

test('only the password that was hashed is the password', async () => {
  const hash = await hashPassword('a good pässword');
  expect(await isPassword('a good pässword', hash)).toBe(true);
  expect(await isPassword('a good pässword'.normalize('NFD'), hash)).toBe(true);
  expect(await isPassword('a good password', hash)).toBe(false);
  expect(await isPassword('', hash)).toBe(false);
  expect(await isPassword('a good pässword', null)).toBe(false);
});

test('a hash that was made at another cost is still read', async () => {
  // Of "password" with the nonce "somesalt", 64 MiB, two passes, one lane: a published vector of the reference implementation.
  const hash = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
  expect(await isPassword('password', hash)).toBe(true);
  expect(await isPassword('passwort', hash)).toBe(false);
});

test.each(['', 'seven77', '一二三四五六七'])('"%s" is too short', (password) => {
  expect(() => requireStrongPassword(password)).toThrow(expect.objectContaining({ code: 'M_WEAK_PASSWORD' }));
});

test('a password may be long, but not without end', () => {
  expect(() => requireStrongPassword('x'.repeat(512))).not.toThrow();
  expect(() => requireStrongPassword('x'.repeat(513))).toThrow(expect.objectContaining({ code: 'M_INVALID_PARAM' }));
});
