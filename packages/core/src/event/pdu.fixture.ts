import type { Pdu } from '@byline/protocol/event.ts';
import { EventId, RoomId, UserId } from '@byline/protocol/ids.ts';

/** What a test says about an event; ids may be plain strings, everything else has a default. */
export interface PduParts extends Partial<Omit<Pdu, 'sender' | 'room_id' | 'redacts' | 'prev_events' | 'auth_events'>> {
  readonly sender?: string;
  readonly room_id?: string | undefined;
  readonly redacts?: string;
  readonly prev_events?: readonly string[];
  readonly auth_events?: readonly string[];
}

export const ROOM = RoomId.parse('!VJpaTaPqG5VBYSv9ZE0q6qMHvpBQSwoWlqH2bNf6XpA');

/** An event for tests of pure rules; its hash and signature are made up. */
export const pduOf = ({ sender, room_id, redacts, prev_events, auth_events, ...parts }: PduParts): Pdu => ({
  room_id: ROOM,
  type: 'm.room.message',
  content: {},
  depth: 5,
  origin_server_ts: 1_700_000_000_000,
  hashes: { sha256: 'made-up' },
  signatures: { 'example.org': { 'ed25519:1': 'made-up' } },
  ...parts,
  sender: UserId.parse(sender ?? '@alice:example.org'),
  prev_events: (prev_events ?? ['$previous']).map((id) => EventId.parse(id)),
  auth_events: (auth_events ?? []).map((id) => EventId.parse(id)),
  ...(room_id === undefined ? {} : { room_id: RoomId.parse(room_id) }),
  ...(redacts === undefined ? {} : { redacts: EventId.parse(redacts) }),
});
