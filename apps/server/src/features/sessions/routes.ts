import { changePassword, deactivateAccount, thirdPartyIdentifiers, whoAmI } from '@byline/protocol/matrix/account.ts';
import { deleteDevice, deleteDevices, getDevice, listDevices, updateDevice } from '@byline/protocol/matrix/devices.ts';
import { getLoginToken, login, loginFlows, logout, logoutAll, refresh } from '@byline/protocol/matrix/login.ts';
import { whoIs as readWhoIs } from '@byline/protocol/matrix/who-is.ts';
import { register, registrationTokenValidity, usernameAvailable } from '@byline/protocol/matrix/registration.ts';
import type { Edge } from '../../platform/http/edge.ts';
import type { Account } from './account.ts';
import { LOGIN_TOKEN_LIFETIME } from './login-tokens.ts';
import type { Sessions } from './service.ts';
import { PASSWORD_LOGIN, type SignIn, TOKEN_LOGIN } from './sign-in.ts';
import type { SignUp } from './sign-up.ts';
import type { WhoIs } from './who-is.ts';

/** Sign-up, sign-in, tokens, devices, and the account itself. */
export const serveSessions = (
  edge: Edge,
  {
    sessions,
    signUp,
    signIn,
    account,
    whoIs,
  }: {
    readonly sessions: Sessions;
    readonly signUp: SignUp;
    readonly signIn: SignIn;
    readonly account: Account;
    readonly whoIs: WhoIs;
  },
): void => {
  edge.serve(register, ({ query, body }) => signUp.register(query.kind, body));
  edge.serve(usernameAvailable, async ({ query }) => {
    await signUp.requireAvailable(query.username);
    return { available: true };
  });

  edge.serve(registrationTokenValidity, async ({ query }) => ({ valid: await signUp.isValidToken(query.token) }));

  edge.serve(loginFlows, () => ({
    flows: [{ type: PASSWORD_LOGIN }, { type: TOKEN_LOGIN, get_login_token: true }],
  }));
  edge.serve(login, ({ body }) => signIn.login(body));
  edge.serve(getLoginToken, async ({ caller, body }) => ({
    login_token: await account.makeLoginToken(caller, body),
    expires_in_ms: LOGIN_TOKEN_LIFETIME,
  }));
  edge.serve(refresh, ({ body }) => sessions.refresh(body.refresh_token));
  edge.serve(logout, async ({ caller }) => {
    await sessions.removeDevices(caller.userId, [caller.deviceId]);
    return {};
  });
  edge.serve(logoutAll, async ({ caller }) => {
    await sessions.removeAllDevices(caller.userId);
    return {};
  });

  edge.serve(whoAmI, ({ caller }) => ({
    user_id: caller.userId,
    device_id: caller.deviceId,
    is_guest: caller.isGuest === true,
  }));
  edge.serve(thirdPartyIdentifiers, () => ({ threepids: [] }));
  edge.serve(changePassword, async ({ caller, body }) => {
    await account.changePassword(caller, body);
    return {};
  });
  edge.serve(deactivateAccount, async ({ caller, body }) => {
    await account.deactivate(caller, body);
    return { id_server_unbind_result: 'success' };
  });

  edge.serve(readWhoIs, async ({ caller, params: { userId } }) => {
    const devices = await whoIs.devices(caller.userId, userId);
    return {
      user_id: userId,
      devices: Object.fromEntries(
        devices.map(({ device_id, last_seen_ts }) => [
          device_id,
          { sessions: [{ connections: last_seen_ts === undefined ? [] : [{ last_seen: last_seen_ts }] }] },
        ]),
      ),
    };
  });
  edge.serve(listDevices, async ({ caller }) => ({ devices: await sessions.devices(caller.userId) }));
  edge.serve(getDevice, ({ caller, params }) => sessions.device(caller.userId, params.deviceId));
  edge.serve(updateDevice, async ({ caller, params, body }) => {
    await sessions.renameDevice(caller.userId, params.deviceId, body.display_name);
    return {};
  });
  edge.serve(deleteDevice, async ({ caller, params, body }) => {
    await account.deleteDevices(caller, { ...body, devices: [params.deviceId] });
    return {};
  });
  edge.serve(deleteDevices, async ({ caller, body }) => {
    await account.deleteDevices(caller, body);
    return {};
  });
};
