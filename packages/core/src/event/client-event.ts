import type { ClientEvent, Pdu, StrippedEvent } from '@byline/protocol/event.ts';
import { EventId } from '@byline/protocol/ids.ts';
import type { RoomId } from '@byline/protocol/ids.ts';
import type { JsonObject } from '@byline/protocol/json.ts';
import type { RoomState } from './room-state.ts';

/**
 * An event as clients read it (client-server API: "Room event format"). What only servers need is left out, and so is
 * the PDU's own `unsigned`: who serves the event knows its age and relations, not who sent it.
 */
export const toClientEvent = (pdu: Pdu, eventId: EventId, roomId: RoomId, unsigned?: JsonObject): ClientEvent => {
  const redacts = pdu.type === 'm.room.redaction' ? redactsAnywhere(pdu) : undefined;
  return {
    type: pdu.type,
    sender: pdu.sender,
    // Old and new clients look for the target at different places, whatever the room's version (version 11: "Event format").
    content: redacts === undefined ? pdu.content : { ...pdu.content, redacts },
    event_id: eventId,
    room_id: roomId,
    origin_server_ts: pdu.origin_server_ts,
    ...(pdu.state_key === undefined ? {} : { state_key: pdu.state_key }),
    ...(redacts === undefined ? {} : { redacts }),
    ...(unsigned === undefined ? {} : { unsigned }),
  };
};

/** What may be shown of a room to somebody who could join it (client-server API: "Stripped state"). */
const STRIPPED_STATE_TYPES = [
  'm.room.create',
  'm.room.name',
  'm.room.avatar',
  'm.room.topic',
  'm.room.join_rules',
  'm.room.canonical_alias',
  'm.room.encryption',
] as const;

/** A state event, stripped; an event without a state key is none. */
export const toStrippedEvent = ({ type, sender, content, state_key: stateKey }: Pdu): StrippedEvent | undefined =>
  stateKey === undefined ? undefined : { type, state_key: stateKey, sender, content };

/**
 * What somebody sees of a room that they are invited to or knock at: the stripped state and the memberships of `people`,
 * such as the invited and the inviter, as far as the room has them.
 */
export const strippedStateOf = (state: RoomState, people: readonly string[] = []): readonly StrippedEvent[] =>
  [
    ...STRIPPED_STATE_TYPES.map((type) => state.get(type, '')),
    ...people.map((person) => state.get('m.room.member', person)),
  ]
    .map((pdu) => (pdu === undefined ? undefined : toStrippedEvent(pdu)))
    .filter((event) => event !== undefined);

/** Which place counts is the version's to say (`redactsOf`); events of ours have only the right one. */
const redactsAnywhere = (pdu: Pdu): EventId | undefined =>
  pdu.redacts ?? EventId.safeParse(pdu.content['redacts']).data;
