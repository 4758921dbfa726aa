import { toClientEvent } from '@byline/core/event/client-event.ts';
import type { Membership } from '@byline/core/event/room-state.ts';
import type { ClientEvent, Json } from '@byline/protocol';
import type { EventEntry } from '../../platform/log/entry.ts';

/** What of an event's `unsigned` one reader sees and others do not. */
export interface OwnUnsigned {
  /** Of the device that sent it: what it called its request. */
  readonly transaction_id?: string;
  /** What the reader was in the room when it was sent. */
  readonly membership?: Membership;
}

/** An event as clients read it, the same for all its readers (specification, client-server API: "Room event format"). */
export const clientEvent = (entry: EventEntry): ClientEvent =>
  toClientEvent(entry.pdu, entry.eventId, entry.roomId, unsignedOf(entry));

/** The same as JSON text, which is made once for all its readers; `own` is added for one of them. */
export const clientJson = (entry: EventEntry, own?: OwnUnsigned): string => {
  const shared = texts.get(entry) ?? keep(entry, JSON.stringify(clientEvent(entry)));
  return own === undefined ? shared : withOwn(shared, unsignedOf(entry) !== undefined, own);
};

/** Entries never change, so their text lives exactly as long as they do. */
const texts = new WeakMap<EventEntry, string>();

const keep = (entry: EventEntry, text: string): string => {
  texts.set(entry, text);
  return text;
};

/** `unsigned` is the event's last member, so that what is added goes before the closing braces. */
const withOwn = (shared: string, hasUnsigned: boolean, own: OwnUnsigned): string => {
  const added = JSON.stringify(own).slice(1, -1);
  if (added === '') return shared;
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
