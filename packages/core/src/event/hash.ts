import { hash } from 'node:crypto';
import type { Pdu, RoomVersion, UnsignedPdu } from '@byline/protocol/event.ts';
import { EventId, RoomId } from '@byline/protocol/ids.ts';
import { canonicalJson } from './canonical-json.ts';
import type { Numbers } from './canonical-json.ts';
import { redact } from './redaction.ts';
import { ROOM_VERSION_RULES } from './room-version.ts';

/** SHA-256 of a text, as unpadded base64. */
export const sha256Base64 = (text: string): string => hash('sha256', text, 'base64').slice(0, 43);

/** SHA-256 of a text, as unpadded URL-safe base64. */
export const sha256Base64Url = (text: string): string => hash('sha256', text, 'base64url');

/** Covers the whole event, unpadded base64 (server-server API: "Calculating the content hash for an event"). */
export const contentHash = (event: Pdu | UnsignedPdu, numbers: Numbers = 'integers'): string =>
  sha256Base64(canonicalJson(without(event, 'unsigned', 'signatures', 'hashes'), numbers));

/** The id of an event: its reference hash (server-server API: "Calculating the reference hash for an event"). */
export const eventIdOf = (pdu: Pdu, version: RoomVersion): EventId =>
  eventIdOfSigned(signedJson(pdu, version), version);

/** The same of the text that `signedJson` gives; unpadded base64, URL-safe since version 4. */
export const eventIdOfSigned = (signed: string, version: RoomVersion): EventId => {
  const { eventIdIn } = ROOM_VERSION_RULES[version];
  return EventId.parse(`$${eventIdIn === 'base64' ? sha256Base64(signed) : sha256Base64Url(signed)}`);
};

/** The id of a room whose version makes it of the create event's hash (12 and later). */
export const roomIdOfCreate = (createEventId: EventId): RoomId => RoomId.parse(`!${createEventId.slice(1)}`);

/** The text that an event's signatures and its reference hash are both made of. */
export const signedJson = (event: Pdu, version: RoomVersion): string =>
  canonicalJson(without(redact(event, version), 'signatures', 'unsigned'), ROOM_VERSION_RULES[version].numbers);

const without = (event: Pdu | UnsignedPdu, ...keys: readonly string[]): Readonly<Record<string, unknown>> => {
  const rest: Record<string, unknown> = { ...event };
  for (const key of keys) delete rest[key];
  return rest;
};
