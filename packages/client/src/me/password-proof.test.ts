import { expect, it } from 'vitest';
import { ApiError, AuthenticationNeeded } from '../api/errors.ts';
import { withPassword, WrongPassword } from './password-proof.ts';

const needed = (stages: readonly string[], errcode?: string) =>
  new AuthenticationNeeded({ session: 's', flows: [{ stages: [...stages] }], params: {}, completed: [], errcode });
const who = { userId: '@anna:town', password: 'a secret' };

it('asks once when nothing has to be shown', async () => {
  const proofs: unknown[] = [];
  const answer = await withPassword(who, async (auth) => {
    proofs.push(auth);
    return 'done';
  });
  expect([answer, proofs]).toEqual(['done', [undefined]]);
});

it('shows the password within the session that the server began', async () => {
  const answer = await withPassword(who, async (auth) => {
    if (auth === undefined) throw needed(['m.login.password']);
    return auth;
  });
  const identifier = { type: 'm.id.user', user: '@anna:town' };
  expect(answer).toEqual({ type: 'm.login.password', session: 's', identifier, password: 'a secret' });
});

it.each([
  ['a wrong password', 'M_FORBIDDEN', new WrongPassword()],
  [
    'too many attempts',
    'M_LIMIT_EXCEEDED',
    new ApiError('M_LIMIT_EXCEEDED', 'The server asks for a confirmation first.'),
  ],
])('tells %s', async (_, errcode, expected) => {
  const asked = withPassword(who, (auth) => Promise.reject(needed(['m.login.password'], auth && errcode)));
  await expect(asked).rejects.toEqual(expected);
});

it('does not send the password to who asks for something else', async () => {
  const proofs: unknown[] = [];
  const asked = withPassword(who, (auth) => {
    proofs.push(auth);
    return Promise.reject(needed(['m.login.sso']));
  });
  await expect(asked).rejects.toMatchObject({ code: 'M_UNRECOGNIZED' });
  expect(proofs).toEqual([undefined]);
});
