import { type DeviceId, DomainError, type UserId } from '@byline/protocol';
import { UserIdentifier } from '@byline/protocol/matrix/user-identifier.ts';
import type { AuthenticationData } from '@byline/protocol/matrix/user-interactive-auth.ts';
import { z } from 'zod';
import { parseAt } from '../../platform/http/parsing.ts';
import type { Session } from '../../platform/http/session.ts';
import type { Users } from '../users/service.ts';
import type { LoginTokens } from './login-tokens.ts';
import type { Sessions } from './service.ts';
import { namedUser, PASSWORD_LOGIN } from './sign-in.ts';
import type { Stage, UserInteractiveAuthentication } from './uia.ts';

interface Guarded {
  readonly auth?: AuthenticationData | undefined;
}

/** What somebody may do to their own account only after showing the password once more. */
export class Account {
  readonly #users: Users;
  readonly #sessions: Sessions;
  readonly #authentication: UserInteractiveAuthentication;
  readonly #loginTokens: LoginTokens;

  constructor(parts: {
    readonly users: Users;
    readonly sessions: Sessions;
    readonly authentication: UserInteractiveAuthentication;
    readonly loginTokens: LoginTokens;
  }) {
    this.#users = parts.users;
    this.#sessions = parts.sessions;
    this.#authentication = parts.authentication;
    this.#loginTokens = parts.loginTokens;
  }

  /** Changes the password; the other devices are signed out unless it is asked not to. Throws `M_WEAK_PASSWORD`. */
  async changePassword(
    session: Session,
    body: Guarded & { readonly new_password?: string | undefined; readonly logout_devices?: boolean | undefined },
  ): Promise<void> {
    const { new_password: password, logout_devices } = await this.confirm('change password', session, body);
    if (password === undefined) throw new DomainError('M_MISSING_PARAM', '"new_password" is missing.');
    await this.#users.setPassword(session.userId, password);
    if (logout_devices !== false) await this.#sessions.removeAllDevices(session.userId, session.deviceId);
  }

  /** Closes the account for good. */
  async deactivate(session: Session, body: Guarded & { readonly erase?: boolean | undefined }): Promise<void> {
    const { erase } = await this.confirm('deactivate', session, body);
    await this.#users.deactivate(session.userId, erase === true);
  }

  /** A token with which another device can sign in. The password is asked for each time. */
  async makeLoginToken(session: Session, body: Guarded): Promise<string> {
    await this.confirm('make a login token', session, body);
    return this.#loginTokens.issue(session);
  }

  /** Signs devices out and forgets them. */
  async deleteDevices(
    session: Session,
    body: Guarded & { readonly devices?: readonly DeviceId[] | undefined },
  ): Promise<void> {
    const { devices } = await this.confirm('delete devices', session, body);
    if (devices === undefined) throw new DomainError('M_MISSING_PARAM', '"devices" is missing.');
    await this.#sessions.removeDevices(session.userId, devices);
  }

  /**
   * Resolves once the password was shown for this operation, with what was asked for then and before. Throws
   * `AuthenticationChallenge` until it was.
   */
  confirm<Body extends Guarded>(operation: string, { userId }: Session, body: Body): Promise<Omit<Body, 'auth'>> {
    return this.#authentication.require({ operation, caller: userId, body, stages: [this.#password(userId)] });
  }

  #password(userId: UserId): Stage {
    return {
      type: PASSWORD_LOGIN,
      complete: async (auth) => {
        const { password, ...names } = parseAt('body', PasswordProof, auth);
        const named =
          names.identifier === undefined && names.user === undefined ? userId : namedUser(names, this.#users);
        await this.#users.requirePassword(named === userId ? userId : undefined, password);
      },
    };
  }
}

const PasswordProof = z.object({
  identifier: UserIdentifier.optional(),
  user: z.string().optional(),
  password: z.string().max(1_024),
});
