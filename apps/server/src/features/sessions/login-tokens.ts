import { DomainError, type UserId } from '@byline/protocol';
import type { Clock } from '../../platform/clock.ts';
import type { Session } from '../../platform/http/session.ts';
import { ShortLivedTokens } from '../../platform/short-lived-tokens.ts';
import type { Sessions } from './service.ts';

/** As long as the specification recommends. */
export const LOGIN_TOKEN_LIFETIME = 120_000;
const MOST_TOKENS = 10_000;

/** Lets a signed-in device sign another one in (specification, client-server API: "Token-based user login"). */
export class LoginTokens {
  readonly #sessions: Sessions;
  readonly #tokens: ShortLivedTokens<Session>;

  constructor({ sessions, clock }: { readonly sessions: Sessions; readonly clock: Clock }) {
    this.#sessions = sessions;
    this.#tokens = new ShortLivedTokens({ clock, lifetime: LOGIN_TOKEN_LIFETIME, most: MOST_TOKENS });
  }

  /** A token with which one device can sign in, once. Only after its owner has shown the password again. */
  issue(session: Session): string {
    return this.#tokens.issue(session);
  }

  /**
   * Spends a token. Throws `M_FORBIDDEN` when it is not known, was spent, has expired, or the device that it was given to
   * is signed out by now: so it ends with the account, and with a change of the password.
   */
  async redeem(token: string): Promise<{ readonly userId: UserId; readonly requireStill: () => Promise<void> }> {
    const session = this.#tokens.take(token);
    if (session === undefined) throw notValid();
    const requireStill = async (): Promise<void> => {
      const devices = await this.#sessions.devices(session.userId);
      if (!devices.some(({ device_id }) => device_id === session.deviceId)) throw notValid();
    };
    await requireStill();
    return { userId: session.userId, requireStill };
  }
}

const notValid = (): DomainError =>
  new DomainError('M_FORBIDDEN', 'This token is not valid any more. Please make a new one on the other device.');
