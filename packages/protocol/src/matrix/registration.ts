import { z } from 'zod';
import { DeviceId, UserId } from '../ids.ts';
import { clientPaths, operation } from '../operation.ts';
import { text } from '../text.ts';
import { AuthenticationData } from './user-interactive-auth.ts';

/** What a client says of the device that it wants a session for. */
export const NewDevice = z.object({
  device_id: DeviceId.optional(),
  initial_device_display_name: text(255).optional(),
  refresh_token: z.boolean().optional(),
});
export type NewDevice = z.output<typeof NewDevice>;

export const Tokens = z.object({
  access_token: z.string(),
  refresh_token: z.string().optional(),
  /** Milliseconds. */
  expires_in_ms: z.int().optional(),
});
export type Tokens = z.output<typeof Tokens>;

export const register = operation({
  method: 'POST',
  paths: clientPaths('/register'),
  auth: 'none',
  limit: 'sign-up',
  summary: 'Open an account',
  query: z.object({ kind: z.string().default('user') }),
  body: NewDevice.extend({
    auth: AuthenticationData.optional(),
    username: z.string().max(1_024).optional(),
    password: z.string().max(1_024).optional(),
    inhibit_login: z.boolean().optional(),
    /** Of a guest who wants to stay, under the name that they have (specification: "Guest Access"). */
    guest_access_token: z.string().max(1_024).optional(),
  }),
  answer: Tokens.partial().extend({ user_id: UserId, device_id: DeviceId.optional() }),
});

export const usernameAvailable = operation({
  method: 'GET',
  paths: clientPaths('/register/available'),
  auth: 'none',
  limit: 'public',
  summary: 'Ask whether a username is free',
  query: z.object({ username: z.string() }),
  answer: z.object({ available: z.boolean() }),
});

/** Specification, client-server API: "Token-authenticated registration". */
export const registrationTokenValidity = operation({
  method: 'GET',
  paths: clientPaths('/register/m.login.registration_token/validity', ['v1']),
  auth: 'none',
  limit: 'sign-in',
  summary: 'Ask whether a token lets one sign up',
  query: z.object({ token: z.string().max(200) }),
  answer: z.object({ valid: z.boolean() }),
});
