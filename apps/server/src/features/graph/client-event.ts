import { toClientEvent } from '@byline/core/event/client-event.ts';
import type { Membership } from '@byline/core/event/room-state.ts';
import type { ClientEvent, DeviceId, Json, UserId } from '@byline/protocol';
import type { EventEntry } from '../../platform/log/entry.ts';

/** An event as clients read it, the same for all its readers (specification, client-server API: "Room event format"). */
export const clientEvent = (entry: EventEntry): ClientEvent =>
  toClientEvent(entry.pdu, entry.eventId, entry.roomId, unsignedOf(entry));

/** The same as JSON text, which is made once for all its readers. */
export const clientJson = (entry: EventEntry): string =>
  texts.get(entry) ?? keep(entry, JSON.stringify(clientEvent(entry)));

/**
 * The same for one reader: the device that sent it learns what it called its request; `membership`, where it is known,
 * is what the reader was in the room when it was sent; `relations`, as JSON, is what the server says of what relates to it.
 */
export const clientJsonFor = (
  entry: EventEntry,
  reader: Reader,
  membership?: Membership,
  relations?: string,
): string => {
  const { transaction } = entry;
  const isSender = transaction?.deviceId === reader.deviceId && transaction.userId === reader.userId;
  const own = JSON.stringify({ ...(isSender ? { transaction_id: transaction.transactionId } : {}), membership });
  return withOwn(entry, [own.slice(1, -1), relations === undefined ? '' : `"m.relations":${relations}`]);
};

/** The text that all readers share, with what the server says of what relates to the event, as JSON. */
export const clientJsonWith = (entry: EventEntry, relations: string | undefined): string =>
  relations === undefined ? clientJson(entry) : withOwn(entry, [`"m.relations":${relations}`]);

/** Which device reads. */
export interface Reader {
  readonly userId: UserId;
  readonly deviceId: DeviceId;
}

/** Entries never change, so their text lives exactly as long as they do. */
const texts = new WeakMap<EventEntry, string>();

const keep = (entry: EventEntry, text: string): string => {
  texts.set(entry, text);
  return text;
};

/** `unsigned` is the event's last member, so that what is added goes before the closing braces. */
const withOwn = (entry: EventEntry, members: readonly string[]): string => {
  const shared = clientJson(entry);
  const added = members.filter((member) => member !== '').join(',');
  if (added === '') return shared;
  const hasUnsigned = unsignedOf(entry) !== undefined;
  return hasUnsigned ? `${shared.slice(0, -2)},${added}}}` : `${shared.slice(0, -1)},"unsigned":{${added}}}`;
};

const unsignedOf = ({ roomId, redactedBy, replaces }: EventEntry): Record<string, Json> | undefined => {
  if (redactedBy === undefined && replaces === undefined) return undefined;
  return {
    ...(replaces === undefined
      ? {}
      : { replaces_state: replaces.eventId, prev_content: replaces.pdu.content, prev_sender: replaces.pdu.sender }),
    ...(redactedBy === undefined
      ? {}
      : { redacted_because: { ...toClientEvent(redactedBy.pdu, redactedBy.eventId, roomId) } }),
  };
};
