import { z } from 'zod';
import { DeviceId } from '../ids.ts';
import { clientPaths, operation } from '../operation.ts';
import { text } from '../text.ts';
import { AuthenticationData } from './user-interactive-auth.ts';

/**
 * `last_seen_ip` is never told, because addresses are not kept: where people are when they talk is nobody's business, and what
 * is not kept can't be demanded or stolen.
 */
export const Device = z.object({
  device_id: DeviceId,
  display_name: z.string().optional(),
  /** Milliseconds since the epoch; up to ten minutes old. */
  last_seen_ts: z.int().optional(),
});
export type Device = z.output<typeof Device>;

const params = z.object({ deviceId: DeviceId });

export const listDevices = operation({
  method: 'GET',
  paths: clientPaths('/devices'),
  auth: 'required',
  limit: 'read',
  summary: "List the caller's devices",
  answer: z.object({ devices: z.array(Device) }),
});

export const getDevice = operation({
  method: 'GET',
  paths: clientPaths('/devices/:deviceId'),
  auth: 'required',
  limit: 'read',
  summary: "Read one of the caller's devices",
  params,
  answer: Device,
});

export const updateDevice = operation({
  method: 'PUT',
  paths: clientPaths('/devices/:deviceId'),
  auth: 'required',
  limit: 'write',
  summary: 'Rename a device',
  params,
  body: z.object({ display_name: text(255).optional() }),
});

export const deleteDevice = operation({
  method: 'DELETE',
  paths: clientPaths('/devices/:deviceId'),
  auth: 'required',
  limit: 'sign-in',
  summary: 'Sign a device out and forget it',
  params,
  body: z.object({ auth: AuthenticationData.optional() }),
});

export const deleteDevices = operation({
  method: 'POST',
  paths: clientPaths('/delete_devices'),
  auth: 'required',
  limit: 'sign-in',
  summary: 'Sign several devices out and forget them',
  body: z.object({ auth: AuthenticationData.optional(), devices: z.array(DeviceId).optional() }),
});
