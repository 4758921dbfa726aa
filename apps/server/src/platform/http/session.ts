import type { DeviceId, UserId } from '@byline/protocol';

/** Who calls: a signed-in device. */
export interface Session {
  readonly userId: UserId;
  readonly deviceId: DeviceId;
}

/** Knows whose access token it is. Throws `M_UNKNOWN_TOKEN` (with `soft_logout` where a refresh would help). */
export interface Authenticator {
  authenticate(accessToken: string): Promise<Session> | Session;
}
