import { login } from '@byline/protocol/matrix/login.ts';
import type { Api } from '../api/api.ts';
import type { Credentials } from '../api/credentials.ts';
import { ApiError } from '../api/errors.ts';

export interface SignInRequest {
  /** The name before the colon, or the whole user id. */
  readonly username: string;
  readonly password: string;
  /** What the list of devices calls this one. */
  readonly deviceName: string;
}

/** Signs in by password. Throws `ApiError` (`M_FORBIDDEN` for a wrong name or password, `M_USER_DEACTIVATED`). */
export async function signIn(api: Api, request: SignInRequest, now: number): Promise<Credentials> {
  const answer = await api.call(login, {
    body: {
      type: 'm.login.password',
      identifier: { type: 'm.id.user', user: request.username },
      password: request.password,
      initial_device_display_name: request.deviceName,
      refresh_token: true,
    },
  });
  return credentialsOf(answer, now);
}

interface SignedInAnswer {
  readonly user_id: string;
  readonly device_id?: string | undefined;
  readonly access_token?: string | undefined;
  readonly refresh_token?: string | undefined;
  readonly expires_in_ms?: number | undefined;
}

export function credentialsOf(answer: SignedInAnswer, now: number): Credentials {
  const { user_id: userId, device_id: deviceId, access_token: accessToken, refresh_token, expires_in_ms } = answer;
  if (deviceId === undefined || accessToken === undefined)
    throw new ApiError('UNREADABLE', 'The server opened no session for this device.');
  return {
    userId,
    deviceId,
    accessToken,
    refreshToken: refresh_token,
    expiresAt: expires_in_ms === undefined ? undefined : now + expires_in_ms,
  };
}
