import type { UserId } from '@byline/protocol';
import { register } from '@byline/protocol/matrix/registration.ts';
import { z } from 'zod';
import { Caller, Refused } from './caller.ts';

/** Somebody of Linden, signed in. */
export class Resident extends Caller {
  readonly userId: UserId;

  private constructor(url: string, token: string, userId: UserId) {
    super(url, token);
    this.userId = userId;
  }

  /** Opens an account, agreeing to the rules, as any app does: asked by asked (user-interactive authentication). */
  static async signUp(url: string, username: string, password: string): Promise<Resident> {
    const anyone = new Caller(url);
    const account = { username, password };
    const session = await sessionOf(anyone.call(register, { body: account }));
    const shown = (type: string) => anyone.call(register, { body: { ...account, auth: { type, session } } });
    await sessionOf(shown('m.login.terms'));
    const { access_token: token, user_id: userId } = await shown('m.login.dummy');
    if (token === undefined) throw new Error('Somebody signed up and was not signed in.');
    return new Resident(url, token, userId);
  }
}

const Challenge = z.object({ session: z.string() });

/** The session of a request that asks for more. */
const sessionOf = async (asked: Promise<unknown>): Promise<string> => {
  try {
    await asked;
  } catch (error) {
    if (error instanceof Refused && error.status === 401) return Challenge.parse(error.body).session;
    throw error;
  }
  throw new Error('An account was opened without agreeing to the rules.');
};
