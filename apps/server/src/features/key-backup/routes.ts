import type { RoomId } from '@byline/protocol';
import {
  type BackedUpKey,
  createBackup,
  deleteBackup,
  deleteKeys,
  deleteRoomKeys,
  deleteSessionKey,
  getBackup,
  getCurrentBackup,
  getKeys,
  getRoomKeys,
  getSessionKey,
  putKeys,
  putRoomKeys,
  putSessionKey,
  updateBackup,
} from '@byline/protocol/matrix/key-backup.ts';
import { Serialised } from '../../platform/http/answer.ts';
import type { Edge } from '../../platform/http/edge.ts';
import { type KeyBackups, type PlacedKey, sessionsText } from './service.ts';

/** Each user's own backups of session keys. */
export const serveKeyBackup = (edge: Edge, backups: KeyBackups): void => {
  edge.serve(createBackup, async ({ caller, body }) => ({ version: await backups.create(caller.userId, body) }));
  edge.serve(getCurrentBackup, ({ caller }) => backups.current(caller.userId));
  edge.serve(getBackup, ({ caller, params }) => backups.backup(caller.userId, params.version));
  edge.serve(updateBackup, async ({ caller, params, body }) => {
    await backups.update(caller.userId, params.version, body);
    return {};
  });
  edge.serve(deleteBackup, async ({ caller, params }) => {
    await backups.delete(caller.userId, params.version);
    return {};
  });

  edge.serve(putKeys, ({ caller, query, body }) =>
    backups.put(
      caller.userId,
      query.version,
      entriesOf(body.rooms).flatMap(([roomId, { sessions }]) => placed(roomId, sessions)),
    ),
  );
  edge.serve(putRoomKeys, ({ caller, query, params, body }) =>
    backups.put(caller.userId, query.version, placed(params.roomId, body.sessions)),
  );
  edge.serve(putSessionKey, ({ caller, query, params, body }) =>
    backups.put(caller.userId, query.version, [{ ...params, key: body }]),
  );

  edge.serve(getKeys, async ({ caller, query }) => {
    const rooms = await backups.keysText(caller.userId, query);
    const texts = [...rooms].map(([roomId, text]) => `${JSON.stringify(roomId)}:${text}`);
    return new Serialised(`{"rooms":{${texts.join(',')}}}`);
  });
  edge.serve(getRoomKeys, async ({ caller, query, params }) => {
    const rooms = await backups.keysText(caller.userId, { ...query, ...params });
    return new Serialised(rooms.get(params.roomId) ?? sessionsText([]));
  });
  edge.serve(getSessionKey, ({ caller, query, params }) => backups.key(caller.userId, { ...query, ...params }));

  edge.serve(deleteKeys, ({ caller, query }) => backups.deleteKeys(caller.userId, query));
  edge.serve(deleteRoomKeys, ({ caller, query, params }) => backups.deleteKeys(caller.userId, { ...query, ...params }));
  edge.serve(deleteSessionKey, ({ caller, query, params }) =>
    backups.deleteKeys(caller.userId, { ...query, ...params }),
  );
};

const placed = (roomId: RoomId, sessions: Readonly<Record<string, BackedUpKey>>): PlacedKey[] =>
  Object.entries(sessions).map(([sessionId, key]) => ({ roomId, sessionId, key }));

/** The keys of a parsed record are parsed too, which the type of `Object.entries` does not say. */
const entriesOf = <Key extends string, Value>(record: Readonly<Record<Key, Value>>): [Key, Value][] =>
  Object.entries(record) as [Key, Value][];
