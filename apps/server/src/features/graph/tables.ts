import type { Audience } from '../../platform/log/entry.ts';

/** The tables of the event graph. The two sets have one shape; a store is made for one of them and cannot reach the other. */
export type GraphTables = {
  rooms: RoomsTable;
  events: EventsTable;
  room_state: RoomStateTable;
  account_rooms: RoomsTable;
  account_events: EventsTable;
  account_room_state: RoomStateTable;
};

export interface RoomsTable {
  room_id: string;
  version: string;
}

export interface EventsTable {
  position: number;
  event_id: string;
  room_id: string;
  type: string;
  state_key: string | null;
  /** The event as JSON. */
  pdu: string;
  /** The event id of the redaction that took its content away. */
  redacted_by: string | null;
  /** The event id of the state that it took the place of. */
  replaces: string | null;
  /** The client's name for its request, so that the same request is done once. */
  transaction_key: string | null;
}

/** The present state: which event stands at each type and state key. */
export interface RoomStateTable {
  room_id: string;
  type: string;
  state_key: string;
  position: number;
  /** Of member events, so that a user's rooms can be found. */
  membership: string | null;
}

export interface TableSet {
  readonly rooms: 'rooms' | 'account_rooms';
  readonly events: 'events' | 'account_events';
  readonly state: 'room_state' | 'account_room_state';
  readonly audience: Audience;
}

/** People's own rooms. */
export const CONVERSATIONS: TableSet = { rooms: 'rooms', events: 'events', state: 'room_state', audience: 'members' };

/** The rooms of public accounts. */
export const ACCOUNT_ROOMS: TableSet = {
  rooms: 'account_rooms',
  events: 'account_events',
  state: 'account_room_state',
  audience: 'subscribers',
};
