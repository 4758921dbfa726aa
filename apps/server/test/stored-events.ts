import { eventIdOf } from '@byline/core/event/hash.ts';
import { verifyEvent } from '@byline/core/event/signature.ts';
import { verifyKeyFrom } from '@byline/core/event/signing-key.ts';
import type { GraphTables } from '@byline/server/features/graph/tables.ts';
import { Engine } from '@byline/server/platform/engine/engine.ts';
import { readSigningKey } from '@byline/server/platform/signing-key.ts';
import type { TestServer } from '@byline/testkit/byline.ts';
import type { EventId, Pdu, RoomVersion } from '@byline/protocol';

export interface StoredEvent {
  readonly eventId: EventId;
  readonly roomId: string;
  readonly version: RoomVersion;
  readonly pdu: Pdu;
}

/** Every event of a server's conversations as its database has it, in the log's order. */
export const storedEvents = async ({ config }: TestServer): Promise<readonly StoredEvent[]> => {
  const engine = await Engine.open({ ...config, onConnectionLost: () => undefined });
  const rows = await engine.reader
    .withTables<GraphTables>()
    .selectFrom('events')
    .innerJoin('rooms', 'rooms.room_id', 'events.room_id')
    .select(['events.event_id', 'events.room_id', 'events.pdu', 'rooms.version'])
    .orderBy('events.position')
    .execute();
  await engine.close();
  return rows.map((row) => ({
    eventId: row.event_id as EventId,
    roomId: row.room_id,
    version: row.version as RoomVersion,
    pdu: JSON.parse(row.pdu) as Pdu,
  }));
};

/** Says of an event whether its id and its signature are right; redacted ones must be, too. */
export const makeVerifier = async ({ config }: TestServer) => {
  const key = await readSigningKey(config.dataFolder, config.serverName);
  const verifyKey = verifyKeyFrom(key.publicKey);
  if (verifyKey === undefined) throw new Error('The server has no public key.');
  return ({ eventId, pdu, version }: StoredEvent): boolean =>
    eventIdOf(pdu, version) === eventId && verifyEvent(pdu, version, key.serverName, key.keyId, verifyKey);
};
