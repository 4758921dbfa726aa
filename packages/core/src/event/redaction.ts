import type { Pdu, RoomVersion, UnsignedPdu } from '@byline/protocol/event.ts';
import type { Json, JsonObject } from '@byline/protocol/json.ts';
import { entryOf, isJsonObject } from '../json.ts';
import { ROOM_VERSION_RULES } from './room-version.ts';
import type { KeptContent } from './room-version.ts';

/**
 * What is left of an event when it is redacted: what the room needs to go on working (room versions: "Redactions").
 * Hashes and signatures cover exactly this, so a redacted event keeps its id and still verifies.
 */
export const redact = <Event extends Pdu | UnsignedPdu>(event: Event, version: RoomVersion): Event => {
  const { keptKeys } = ROOM_VERSION_RULES[version];
  const redacted = { ...event, content: redactedContent(event.type, event.content, version) };
  for (const key of Object.keys(redacted)) {
    if (!keptKeys.has(key)) Reflect.deleteProperty(redacted, key);
  }
  return redacted;
};

/** What a redaction leaves of the content of an event of this type. */
export const redactedContent = (type: string, content: JsonObject, version: RoomVersion): JsonObject => {
  const kept = ROOM_VERSION_RULES[version].keptContent.get(type);
  if (kept === undefined) return {};
  return kept === 'all' ? content : pick(content, kept);
};

/** The event that a redaction asks to redact, if this is one and names one. */
export const redactsOf = (event: Pdu | UnsignedPdu, version: RoomVersion): string | undefined => {
  if (event.type !== 'm.room.redaction') return undefined;
  const target = ROOM_VERSION_RULES[version].redactsIn === 'event' ? event.redacts : event.content['redacts'];
  return typeof target === 'string' ? target : undefined;
};

const pick = (content: JsonObject, kept: Exclude<KeptContent, 'all'>): JsonObject => {
  const picked: Record<string, Json> = {};
  for (const rule of kept) {
    const key = typeof rule === 'string' ? rule : rule[0];
    const value = entryOf(content, key);
    if (value === undefined) continue;
    if (typeof rule === 'string') picked[key] = value;
    // A value that is no object has no inner key to keep; an object stays, empty if need be, as other servers hash it so.
    else if (isJsonObject(value)) picked[key] = pick(value, [rule[1]]);
  }
  return picked;
};
