import type { RoomVersion } from '@byline/protocol/event.ts';

/** What a redacted `content` keeps: all of it, or these keys; a pair keeps one key within an object. */
export type KeptContent = 'all' | readonly (string | readonly [key: string, inner: string])[];

/** How a join rule lets people in. */
export interface JoinRule {
  /** Who may join: anyone; those invited; those invited or let in by a member who may invite. */
  readonly admits: 'anyone' | 'invited' | 'invited-or-authorised';
  readonly knocking: boolean;
}

/** What differs between room versions (specification: "Room Versions"). Another version is another row of `ROOM_VERSION_RULES`. */
export interface RoomVersionRules {
  /** The keys of an event that a redaction keeps, besides `content`, which it thins out by `keptContent`. */
  readonly keptKeys: ReadonlySet<string>;
  /** By event type; a type that is not here keeps nothing. */
  readonly keptContent: ReadonlyMap<string, KeptContent>;
  /** Where `m.room.redaction` names its target. */
  readonly redactsIn: 'event' | 'content';
  /** Where the create event names the creator. */
  readonly creatorIn: 'content' | 'sender';
  /** `create-hash`: the room id is the create event's id with another sigil, and the create event carries none. */
  readonly roomIdFrom: 'server' | 'create-hash';
  /** Whether events cite the create event among their auth events; where the room id is its hash, that says it already. */
  readonly createInAuthEvents: boolean;
  /** `infinite`: creators stand above every level, and `additional_creators` are creators too. */
  readonly creatorPower: 'listed' | 'infinite';
  readonly joinRules: ReadonlyMap<string, JoinRule>;
}

const KEPT_KEYS_SINCE_11 = [
  'event_id',
  'type',
  'room_id',
  'sender',
  'state_key',
  'content',
  'hashes',
  'signatures',
  'depth',
  'prev_events',
  'auth_events',
  'origin_server_ts',
];

const KEPT_POWER_LEVELS = [
  'ban',
  'events',
  'events_default',
  'kick',
  'redact',
  'state_default',
  'users',
  'users_default',
];

const JOIN_RULES_SINCE_10: ReadonlyMap<string, JoinRule> = new Map<string, JoinRule>([
  ['public', { admits: 'anyone', knocking: false }],
  ['invite', { admits: 'invited', knocking: false }],
  ['knock', { admits: 'invited', knocking: true }],
  ['restricted', { admits: 'invited-or-authorised', knocking: false }],
  ['knock_restricted', { admits: 'invited-or-authorised', knocking: true }],
]);

const VERSION_10: RoomVersionRules = {
  keptKeys: new Set([...KEPT_KEYS_SINCE_11, 'prev_state', 'origin', 'membership']),
  keptContent: new Map<string, KeptContent>([
    ['m.room.member', ['membership', 'join_authorised_via_users_server']],
    ['m.room.create', ['creator']],
    ['m.room.join_rules', ['join_rule', 'allow']],
    ['m.room.power_levels', KEPT_POWER_LEVELS],
    ['m.room.history_visibility', ['history_visibility']],
  ]),
  redactsIn: 'event',
  creatorIn: 'content',
  roomIdFrom: 'server',
  createInAuthEvents: true,
  creatorPower: 'listed',
  joinRules: JOIN_RULES_SINCE_10,
};

const VERSION_11: RoomVersionRules = {
  ...VERSION_10,
  keptKeys: new Set(KEPT_KEYS_SINCE_11),
  keptContent: new Map<string, KeptContent>([
    ['m.room.member', ['membership', 'join_authorised_via_users_server', ['third_party_invite', 'signed']]],
    ['m.room.create', 'all'],
    ['m.room.join_rules', ['join_rule', 'allow']],
    ['m.room.power_levels', [...KEPT_POWER_LEVELS, 'invite']],
    ['m.room.history_visibility', ['history_visibility']],
    ['m.room.redaction', ['redacts']],
  ]),
  redactsIn: 'content',
  creatorIn: 'sender',
};

const VERSION_12: RoomVersionRules = {
  ...VERSION_11,
  roomIdFrom: 'create-hash',
  createInAuthEvents: false,
  creatorPower: 'infinite',
};

export const ROOM_VERSION_RULES: Readonly<Record<RoomVersion, RoomVersionRules>> = {
  '10': VERSION_10,
  '11': VERSION_11,
  '12': VERSION_12,
};
