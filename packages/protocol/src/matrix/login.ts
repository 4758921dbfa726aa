import { z } from 'zod';
import { DeviceId, UserId } from '../ids.ts';
import { clientPaths, operation } from '../operation.ts';
import { NewDevice, Tokens } from './registration.ts';
import { AuthenticationData } from './user-interactive-auth.ts';
import { UserIdentifier } from './user-identifier.ts';

export const loginFlows = operation({
  method: 'GET',
  paths: clientPaths('/login'),
  auth: 'none',
  limit: 'public',
  summary: 'List the ways to sign in',
  answer: z.object({ flows: z.array(z.looseObject({ type: z.string() })) }),
});

export const login = operation({
  method: 'POST',
  paths: clientPaths('/login'),
  auth: 'none',
  limit: 'sign-in',
  summary: 'Sign in',
  body: NewDevice.extend({
    type: z.string(),
    identifier: UserIdentifier.optional(),
    user: z.string().optional(),
    password: z.string().max(1_024).optional(),
    token: z.string().max(1_024).optional(),
  }),
  answer: Tokens.extend({ user_id: UserId, device_id: DeviceId }),
});

/** Specification, client-server API: "Token-based user login". */
export const getLoginToken = operation({
  method: 'POST',
  paths: clientPaths('/login/get_token', ['v1']),
  auth: 'required',
  limit: 'sign-in',
  summary: 'Get a token with which another device can sign in',
  body: z.object({ auth: AuthenticationData.optional() }),
  answer: z.object({ login_token: z.string(), expires_in_ms: z.int() }),
});

export const refresh = operation({
  method: 'POST',
  paths: clientPaths('/refresh', ['v3']),
  auth: 'none',
  limit: 'write',
  summary: 'Exchange a refresh token for new tokens',
  body: z.object({ refresh_token: z.string() }),
  answer: Tokens,
});

export const logout = operation({
  method: 'POST',
  paths: clientPaths('/logout'),
  auth: 'required',
  limit: 'write',
  summary: 'Sign this device out',
});

export const logoutAll = operation({
  method: 'POST',
  paths: clientPaths('/logout/all'),
  auth: 'required',
  limit: 'write',
  summary: 'Sign all devices out',
});
