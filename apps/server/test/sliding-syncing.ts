import type { Person, Reply } from '@byline/testkit/person.ts';
import type { SyncedEvent } from './syncing.ts';

/** A room as a test reads it, in either dialect. */
export interface SlidRoom {
  readonly membership?: string;
  readonly lists?: readonly string[];
  readonly initial?: boolean;
  readonly name?: string | null;
  readonly avatar?: string | null;
  readonly heroes?: readonly { readonly user_id: string; readonly displayname?: string }[];
  readonly is_dm?: boolean;
  readonly required_state?: readonly SyncedEvent[];
  readonly timeline?: readonly SyncedEvent[];
  readonly prev_batch?: string;
  readonly limited?: boolean;
  readonly num_live?: number;
  readonly expanded_timeline?: boolean;
  readonly unstable_expanded_timeline?: boolean;
  readonly joined_count?: number;
  readonly invited_count?: number;
  readonly notification_count?: number;
  readonly highlight_count?: number;
  readonly bump_stamp?: number;
  readonly invite_state?: readonly SyncedEvent[];
  readonly stripped_state?: readonly SyncedEvent[];
}

export interface Slid {
  readonly pos: string;
  readonly txn_id?: string;
  readonly lists: Readonly<Record<string, { readonly count: number }>>;
  readonly rooms?: Readonly<Record<string, SlidRoom>>;
  readonly extensions?: {
    readonly to_device?: { readonly next_batch: string; readonly events: readonly SyncedEvent[] };
    readonly e2ee?: {
      readonly device_lists?: { readonly changed: readonly string[]; readonly left: readonly string[] };
      readonly device_one_time_keys_count: Readonly<Record<string, number>>;
      readonly device_unused_fallback_key_types: readonly string[];
    };
    readonly account_data?: {
      readonly global?: readonly SyncedEvent[];
      readonly rooms?: Readonly<Record<string, readonly SyncedEvent[]>>;
    };
    readonly receipts?: { readonly rooms: Readonly<Record<string, SyncedEvent>> };
    readonly typing?: { readonly rooms: Readonly<Record<string, SyncedEvent>> };
  };
}

const DEPLOYED = '/_matrix/client/unstable/org.matrix.simplified_msc3575/sync';
const MERGED = '/_matrix/client/v4/sync';

/** What a test asks as a deployed client; `pos` and `timeout` go where that puts them. */
type Asked = Readonly<Record<string, unknown>> & { readonly pos?: string; readonly timeout?: number };

const deployedPath = ({ pos, timeout = 0 }: Asked): string =>
  `${DEPLOYED}?${new URLSearchParams({ timeout: String(timeout), ...(pos === undefined ? {} : { pos }) }).toString()}`;

/** One sliding sync, as a deployed client asks. */
export const slide = (person: Person, { pos, timeout, ...body }: Asked): Promise<Slid> =>
  person.expectOk.post<Slid>(
    deployedPath({ ...(pos === undefined ? {} : { pos }), ...(timeout === undefined ? {} : { timeout }) }),
    { conn_id: 'test', ...body },
  );

/** The same, whatever comes of it. */
export const trySliding = (person: Person, { pos, timeout, ...body }: Asked): Promise<Reply> =>
  person.post(deployedPath({ ...(pos === undefined ? {} : { pos }), ...(timeout === undefined ? {} : { timeout }) }), {
    conn_id: 'test',
    ...body,
  });

/** One sliding sync as MSC4186 was accepted. */
export const slideMerged = (person: Person, body: object): Promise<Slid> => person.expectOk.post<Slid>(MERGED, body);

/** A list of all rooms, as many as a window shows. */
export const listOf = (size: number, options: object = {}) => ({
  all: { ranges: [[0, size - 1]], timeline_limit: 1, required_state: [], ...options },
});

/** What Element X asks of each room of its list. */
export const ELEMENT_X_STATE: readonly (readonly [string, string])[] = [
  ['m.room.name', ''],
  ['m.room.encryption', ''],
  ['m.room.member', '$LAZY'],
  ['m.room.member', '$ME'],
  ['m.room.topic', ''],
  ['m.room.avatar', ''],
  ['m.room.canonical_alias', ''],
  ['m.room.power_levels', ''],
  ['org.matrix.msc3401.call.member', '*'],
  ['m.room.join_rules', ''],
  ['m.room.tombstone', ''],
  ['m.room.create', ''],
  ['m.room.history_visibility', ''],
  ['io.element.functional_members', ''],
  ['m.space.parent', '*'],
  ['m.space.child', '*'],
];

export const bodiesIn = (room: SlidRoom | undefined): unknown[] =>
  (room?.timeline ?? []).filter(({ type }) => type === 'm.room.message').map(({ content }) => content['body']);

/** The state that came with a room, each as its type and state key. */
export const stateIn = (room: SlidRoom | undefined): string[] =>
  (room?.required_state ?? []).map(({ type, state_key: stateKey }) => `${type} ${stateKey}`.trim()).toSorted();
