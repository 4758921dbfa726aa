import type { AuthenticationData } from '@byline/protocol/matrix/user-interactive-auth.ts';
import { ApiError, type ApiErrorCode, AuthenticationNeeded } from '../api/errors.ts';

/** The password that was given is not that of the account. */
export class WrongPassword extends Error {
  override readonly name = 'WrongPassword';
}

const PASSWORD = 'm.login.password';
const EXPECTED: readonly string[] = ['M_LIMIT_EXCEEDED', 'M_USER_DEACTIVATED'] satisfies readonly ApiErrorCode[];
const isExpected = (code: string): code is ApiErrorCode => EXPECTED.includes(code);

/**
 * Asks for what the server grants only to who shows the password once more (specification: "User-Interactive
 * Authentication API"). `ask` is called without proof first, then with it.
 * @throws WrongPassword, and whatever `ask` throws
 */
export async function withPassword<Answer>(
  { userId, password }: { readonly userId: string; readonly password: string },
  ask: (auth?: AuthenticationData) => Promise<Answer>,
): Promise<Answer> {
  let session: string;
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof AuthenticationNeeded)) throw error;
    if (!error.challenge.flows.some(({ stages }) => stages.length === 1 && stages[0] === PASSWORD))
      throw new ApiError('M_UNRECOGNIZED', 'This server asks for something that this app does not know.');
    session = error.challenge.session;
  }
  try {
    return await ask({ type: PASSWORD, session, identifier: { type: 'm.id.user', user: userId }, password });
  } catch (error) {
    if (!(error instanceof AuthenticationNeeded)) throw error;
    const code = error.challenge.errcode ?? '';
    throw isExpected(code) ? new ApiError(code, error.message) : new WrongPassword();
  }
}
