import { type Answer, DomainError, Localpart, UserId } from '@byline/protocol';
import type { login } from '@byline/protocol/matrix/login.ts';
import type { NewDevice } from '@byline/protocol/matrix/registration.ts';
import type { NamesUser } from '@byline/protocol/matrix/user-identifier.ts';
import type { Users } from '../users/service.ts';
import type { LoginTokens } from './login-tokens.ts';
import type { Sessions } from './service.ts';

export const PASSWORD_LOGIN = 'm.login.password';
export const TOKEN_LOGIN = 'm.login.token';

/** What somebody says who has an account. */
export interface SignInRequest extends NewDevice, NamesUser {
  readonly type: string;
  readonly password?: string | undefined;
  readonly token?: string | undefined;
}

/** Who somebody showed to be, and a way to ask whether what they showed still holds. */
interface Proof {
  readonly userId: UserId;
  readonly requireStill: () => Promise<void>;
}

/** Signs people in (specification, client-server API: "Login"). */
export class SignIn {
  readonly #users: Users;
  readonly #sessions: Sessions;
  readonly #tokens: LoginTokens;

  constructor(parts: { readonly users: Users; readonly sessions: Sessions; readonly loginTokens: LoginTokens }) {
    this.#users = parts.users;
    this.#sessions = parts.sessions;
    this.#tokens = parts.loginTokens;
  }

  /** Throws `M_FORBIDDEN` (the same for a wrong name and a wrong password), `M_USER_DEACTIVATED`, `M_UNKNOWN`, `M_MISSING_PARAM`. */
  async login(request: SignInRequest): Promise<Answer<typeof login>> {
    const { userId, requireStill } = await this.#prove(request);
    const opened = await this.#sessions.open(userId, request);
    try {
      // A change of the password, or the end of the account, has signed out only the devices that there were then.
      await requireStill();
    } catch (error) {
      await this.#sessions.removeDevices(userId, [opened.device_id]);
      throw error;
    }
    return { user_id: userId, ...opened };
  }

  #prove(request: SignInRequest): Promise<Proof> {
    switch (request.type) {
      case PASSWORD_LOGIN:
        if (request.password === undefined) throw new DomainError('M_MISSING_PARAM', '"password" is missing.');
        return this.#users.provePassword(namedUser(request, this.#users), request.password);
      case TOKEN_LOGIN:
        if (request.token === undefined) throw new DomainError('M_MISSING_PARAM', '"token" is missing.');
        return this.#tokens.redeem(request.token);
      default:
        throw new DomainError('M_UNKNOWN', 'One can sign in only by password, or by a device that is signed in.');
    }
  }
}

/** The user of this server that is named by user id or localpart; `undefined` when it can't be one. Throws `M_MISSING_PARAM`. */
export const namedUser = ({ identifier, user }: NamesUser, users: Users): UserId | undefined => {
  if (identifier === undefined && user === undefined)
    throw new DomainError('M_MISSING_PARAM', '"identifier" is missing.');
  if (identifier !== undefined && identifier.type !== 'm.id.user') return undefined;
  const name = (identifier === undefined ? user : identifier.user)?.toLowerCase();
  if (name === undefined) throw new DomainError('M_MISSING_PARAM', '"identifier.user" is missing.');
  if (name.startsWith('@')) return UserId.safeParse(name).data;
  const localpart = Localpart.safeParse(name).data;
  return localpart === undefined ? undefined : users.userIdOf(localpart);
};
