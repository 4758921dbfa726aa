import { z } from 'zod';
import { RoomId } from '../ids.ts';
import { JsonObject } from '../json.ts';
import { clientPaths, operation } from '../operation.ts';
import { text } from '../text.ts';

/** Specification, client-server API: "Server-side key backups". What is backed up is sealed by the client; it is kept as it came. */

const SessionId = text(255).min(1, { error: 'may not be empty' });

/** A session key in a backup. */
export const BackedUpKey = z.object({
  first_message_index: z.int().nonnegative(),
  forwarded_count: z.int().nonnegative(),
  is_verified: z.boolean(),
  session_data: JsonObject,
});
export type BackedUpKey = z.output<typeof BackedUpKey>;

const RoomKeys = z.object({ sessions: z.record(SessionId, BackedUpKey) });
const AllKeys = z.object({ rooms: z.record(RoomId, RoomKeys) });

/** How a backup is sealed, for the client alone to understand. */
const Sealing = z.object({ algorithm: text(255), auth_data: JsonObject });

const Contents = z.object({
  /** How many keys are in the backup. */
  count: z.int(),
  /** Another one whenever the keys have changed. */
  etag: z.string(),
});

const Backup = Sealing.extend({ ...Contents.shape, version: z.string() });
export type Backup = z.output<typeof Backup>;

const paths = (rest: string) => clientPaths(`/room_keys${rest}`, ['v3', 'r0', 'unstable']);
const reading = { auth: 'required', limit: 'read' } as const;
const writing = { auth: 'required', limit: 'write' } as const;

export const createBackup = operation({
  method: 'POST',
  paths: paths('/version'),
  ...writing,
  summary: 'Begin a key backup',
  body: Sealing,
  answer: z.object({ version: z.string() }),
});

export const getCurrentBackup = operation({
  method: 'GET',
  paths: paths('/version'),
  ...reading,
  summary: 'Read about the newest key backup',
  answer: Backup,
});

const version = { params: z.object({ version: z.string() }) };

export const getBackup = operation({
  method: 'GET',
  paths: paths('/version/:version'),
  ...reading,
  summary: 'Read about a key backup',
  ...version,
  answer: Backup,
});

export const updateBackup = operation({
  method: 'PUT',
  paths: paths('/version/:version'),
  ...writing,
  summary: 'Change what the clients know a key backup by',
  ...version,
  body: Sealing.extend({ version: z.string().optional() }),
});

export const deleteBackup = operation({
  method: 'DELETE',
  paths: paths('/version/:version'),
  ...writing,
  summary: 'Delete a key backup and all keys in it',
  ...version,
});

const ofVersion = { query: z.object({ version: z.string() }) };
const ofRoom = { params: z.object({ roomId: RoomId }), ...ofVersion };
const ofSession = { params: z.object({ roomId: RoomId, sessionId: SessionId }), ...ofVersion };

export const putKeys = operation({
  method: 'PUT',
  paths: paths('/keys'),
  ...writing,
  summary: 'Back up keys',
  ...ofVersion,
  body: AllKeys,
  answer: Contents,
});

export const getKeys = operation({
  method: 'GET',
  paths: paths('/keys'),
  ...reading,
  summary: 'Read all keys of a backup',
  ...ofVersion,
  answer: AllKeys,
});

export const deleteKeys = operation({
  method: 'DELETE',
  paths: paths('/keys'),
  ...writing,
  summary: 'Delete all keys of a backup',
  ...ofVersion,
  answer: Contents,
});

export const putRoomKeys = operation({
  method: 'PUT',
  paths: paths('/keys/:roomId'),
  ...writing,
  summary: 'Back up keys of a room',
  ...ofRoom,
  body: RoomKeys,
  answer: Contents,
});

export const getRoomKeys = operation({
  method: 'GET',
  paths: paths('/keys/:roomId'),
  ...reading,
  summary: "Read a room's keys of a backup",
  ...ofRoom,
  answer: RoomKeys,
});

export const deleteRoomKeys = operation({
  method: 'DELETE',
  paths: paths('/keys/:roomId'),
  ...writing,
  summary: "Delete a room's keys of a backup",
  ...ofRoom,
  answer: Contents,
});

export const putSessionKey = operation({
  method: 'PUT',
  paths: paths('/keys/:roomId/:sessionId'),
  ...writing,
  summary: 'Back up the key of a session',
  ...ofSession,
  body: BackedUpKey,
  answer: Contents,
});

export const getSessionKey = operation({
  method: 'GET',
  paths: paths('/keys/:roomId/:sessionId'),
  ...reading,
  summary: "Read a session's key of a backup",
  ...ofSession,
  answer: BackedUpKey,
});

export const deleteSessionKey = operation({
  method: 'DELETE',
  paths: paths('/keys/:roomId/:sessionId'),
  ...writing,
  summary: "Delete a session's key of a backup",
  ...ofSession,
  answer: Contents,
});
