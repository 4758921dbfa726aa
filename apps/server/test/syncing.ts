import type { Person } from '@byline/testkit/person.ts';

/** An event as a test reads it. */
export interface SyncedEvent {
  readonly event_id: string;
  readonly type: string;
  readonly state_key?: string;
  readonly sender: string;
  readonly content: Readonly<Record<string, unknown>>;
  readonly unsigned?: Readonly<Record<string, unknown>>;
}

interface Events {
  readonly events: readonly SyncedEvent[];
}

interface Counts {
  readonly notification_count: number;
  readonly highlight_count: number;
}

export interface SyncedRoom {
  readonly timeline: Events & { readonly limited: boolean; readonly prev_batch: string };
  readonly state?: Events;
  readonly state_after?: Events;
  readonly 'org.matrix.msc4222.state_after'?: Events;
  readonly ephemeral?: Events;
  readonly account_data?: Events;
  readonly summary?: Readonly<Record<string, unknown>>;
  readonly unread_notifications?: Counts;
  readonly unread_thread_notifications?: Readonly<Record<string, Counts>>;
}

export interface Synced {
  readonly next_batch: string;
  readonly rooms?: {
    readonly join?: Readonly<Record<string, SyncedRoom>>;
    readonly invite?: Readonly<Record<string, { readonly invite_state: Events }>>;
    readonly knock?: Readonly<Record<string, { readonly knock_state: Events }>>;
    readonly leave?: Readonly<Record<string, SyncedRoom>>;
  };
  readonly account_data?: Events;
  readonly presence?: Events;
  readonly to_device?: { readonly events: readonly ToDeviceEvent[] };
  readonly device_lists?: { readonly changed: readonly string[]; readonly left: readonly string[] };
  readonly device_one_time_keys_count: Readonly<Record<string, number>>;
  readonly device_unused_fallback_key_types: readonly string[];
}

export interface ToDeviceEvent {
  readonly type: string;
  readonly sender: string;
  readonly content: Readonly<Record<string, unknown>>;
}

/** What a device without keys is told when there is nothing to tell. */
export const nothingNew = (token: string) => ({
  next_batch: token,
  device_one_time_keys_count: { signed_curve25519: 0 },
  device_unused_fallback_key_types: [],
});

type Options = Readonly<Record<string, string | number>>;

/** One sync. */
export const sync = (person: Person, since?: string, options: Options = {}): Promise<Synced> => {
  const query = new URLSearchParams({ ...(since === undefined ? {} : { since }), timeout: '0' });
  for (const [name, value] of Object.entries(options)) query.set(name, String(value));
  return person.expectOk.get<Synced>(`/_matrix/client/v3/sync?${query.toString()}`);
};

export const createRoom = async (creator: Person, options: object = {}): Promise<string> =>
  (await creator.expectOk.post<{ room_id: string }>('/_matrix/client/v3/createRoom', options)).room_id;

export const join = (person: Person, roomId: string): Promise<unknown> =>
  person.expectOk.post(`/_matrix/client/v3/join/${encodeURIComponent(roomId)}`);

let sent = 0;

/** Says something in a room; the event id. */
export const say = async (person: Person, roomId: string, body: string): Promise<string> => {
  sent += 1;
  const path = `/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}/send/m.room.message/txn${sent}`;
  return (await person.expectOk.put<{ event_id: string }>(path, { msgtype: 'm.text', body })).event_id;
};

/** What was said in a room's timeline. */
export const bodiesOf = (room: SyncedRoom | undefined): unknown[] =>
  (room?.timeline.events ?? []).filter(({ type }) => type === 'm.room.message').map(({ content }) => content['body']);

/** `/_matrix/client/v3/rooms/ROOM` and the rest. */
export const roomPath = (roomId: string, rest: string): string =>
  `/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}${rest}`;
