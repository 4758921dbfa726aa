import type { EventId, RoomId, UserId } from './ids.ts';
import type { JsonObject } from './json.ts';

/** A persistent data unit: an event as servers exchange and store it (room versions 3 to 12). Its id is its reference hash. */
export interface Pdu {
  /** Absent on the create event of a version 12 room, whose room id is made of its hash. */
  readonly room_id?: RoomId;
  readonly type: string;
  readonly state_key?: string;
  readonly sender: UserId;
  readonly content: JsonObject;
  readonly depth: number;
  readonly prev_events: readonly EventId[];
  readonly auth_events: readonly EventId[];
  readonly origin_server_ts: number;
  readonly hashes: { readonly sha256: string };
  readonly signatures: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Room versions before 11 keep it here; from 11 on it is in `content`. */
  readonly redacts?: EventId;
  readonly unsigned?: JsonObject;
}

/** A PDU before it has a hash and a signature. */
export type UnsignedPdu = Omit<Pdu, 'hashes' | 'signatures'>;

/** An event as clients read it (specification, client-server API: "Room event format"). */
export interface ClientEvent {
  readonly event_id: EventId;
  readonly room_id: RoomId;
  readonly type: string;
  readonly state_key?: string;
  readonly sender: UserId;
  readonly content: JsonObject;
  readonly origin_server_ts: number;
  readonly redacts?: EventId;
  readonly unsigned?: JsonObject;
}

/** What a person sees of a room before being in it (specification: "Stripped state"). */
export interface StrippedEvent {
  readonly type: string;
  readonly state_key: string;
  readonly sender: UserId;
  readonly content: JsonObject;
}

export const ROOM_VERSIONS = ['3', '4', '5', '6', '7', '8', '9', '10', '11', '12'] as const;
export type RoomVersion = (typeof ROOM_VERSIONS)[number];
export const DEFAULT_ROOM_VERSION: RoomVersion = '12';
