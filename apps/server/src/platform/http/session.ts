import type { DeviceId, UserId } from '@byline/protocol';

/** Who calls: a signed-in device. */
export interface Session {
  readonly userId: UserId;
  readonly deviceId: DeviceId;
  /** Somebody who has not signed up, and may do little. */
  readonly isGuest?: true;
}

/** Knows whose access token it is. */
export interface Authenticator {
  /** At once, where the database need not be asked. Throws `M_UNKNOWN_TOKEN` (with `soft_logout` where a refresh would help). */
  recognise(accessToken: string): Session | undefined;
  /** The same, by the database. */
  authenticate(accessToken: string): Promise<Session>;
}
