import type { RoomVersion } from '@byline/protocol/event.ts';
import type { Numbers } from './canonical-json.ts';

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
  /** How the reference hash is written, which is the event's id. */
  readonly eventIdIn: 'base64' | 'base64url';
  /** Which numbers an event may hold: `any` where canonical JSON is not strictly enforced. */
  readonly numbers: Numbers;
  /** How power levels are written: `loose` takes text and fractions too, as far as `numbers` allows those. */
  readonly levels: 'integers' | 'loose';
  /** Whether the levels of notifications are guarded as those of events are. */
  readonly notificationLevels: 'free' | 'guarded';
  /** `by-server`: a server's users say its aliases, members or not, under the server's name. */
  readonly aliasEvents: 'as-any' | 'by-server';
  /** Whether a join may name the member who lets the user in (`join_authorised_via_users_server`). */
  readonly vouchedJoins: boolean;
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

const KEPT_CONTENT_SINCE_6: readonly (readonly [type: string, kept: KeptContent])[] = [
  ['m.room.member', ['membership']],
  ['m.room.create', ['creator']],
  ['m.room.join_rules', ['join_rule']],
  ['m.room.power_levels', KEPT_POWER_LEVELS],
  ['m.room.history_visibility', ['history_visibility']],
];

const PUBLIC_AND_INVITE: readonly (readonly [name: string, rule: JoinRule])[] = [
  ['public', { admits: 'anyone', knocking: false }],
  ['invite', { admits: 'invited', knocking: false }],
];
const KNOCK = ['knock', { admits: 'invited', knocking: true }] as const;
const RESTRICTED = ['restricted', { admits: 'invited-or-authorised', knocking: false }] as const;
const KNOCK_RESTRICTED = ['knock_restricted', { admits: 'invited-or-authorised', knocking: true }] as const;

const VERSION_3: RoomVersionRules = {
  eventIdIn: 'base64',
  numbers: 'any',
  levels: 'loose',
  notificationLevels: 'free',
  aliasEvents: 'by-server',
  vouchedJoins: false,
  keptKeys: new Set([...KEPT_KEYS_SINCE_11, 'prev_state', 'origin', 'membership']),
  keptContent: new Map([...KEPT_CONTENT_SINCE_6, ['m.room.aliases', ['aliases']]]),
  redactsIn: 'event',
  creatorIn: 'content',
  roomIdFrom: 'server',
  createInAuthEvents: true,
  creatorPower: 'listed',
  joinRules: new Map(PUBLIC_AND_INVITE),
};

const VERSION_4: RoomVersionRules = { ...VERSION_3, eventIdIn: 'base64url' };

/** How long other servers' keys are valid is all that version 5 changes. */
const VERSION_5: RoomVersionRules = VERSION_4;

const VERSION_6: RoomVersionRules = {
  ...VERSION_5,
  numbers: 'integers',
  notificationLevels: 'guarded',
  aliasEvents: 'as-any',
  keptContent: new Map(KEPT_CONTENT_SINCE_6),
};

const VERSION_7: RoomVersionRules = { ...VERSION_6, joinRules: new Map([...PUBLIC_AND_INVITE, KNOCK]) };

const VERSION_8: RoomVersionRules = {
  ...VERSION_7,
  vouchedJoins: true,
  keptContent: new Map([...VERSION_7.keptContent, ['m.room.join_rules', ['join_rule', 'allow']]]),
  joinRules: new Map([...VERSION_7.joinRules, RESTRICTED]),
};

const VERSION_9: RoomVersionRules = {
  ...VERSION_8,
  keptContent: new Map([
    ...VERSION_8.keptContent,
    ['m.room.member', ['membership', 'join_authorised_via_users_server']],
  ]),
};

const VERSION_10: RoomVersionRules = {
  ...VERSION_9,
  levels: 'integers',
  joinRules: new Map([...VERSION_9.joinRules, KNOCK_RESTRICTED]),
};

const VERSION_11: RoomVersionRules = {
  ...VERSION_10,
  keptKeys: new Set(KEPT_KEYS_SINCE_11),
  keptContent: new Map<string, KeptContent>([
    ...VERSION_10.keptContent,
    ['m.room.member', ['membership', 'join_authorised_via_users_server', ['third_party_invite', 'signed']]],
    ['m.room.create', 'all'],
    ['m.room.power_levels', [...KEPT_POWER_LEVELS, 'invite']],
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

/** NOTSPEC: not versions 1 and 2, whose event ids are no hashes; nobody makes such rooms any more. */
export const ROOM_VERSION_RULES: Readonly<Record<RoomVersion, RoomVersionRules>> = {
  '3': VERSION_3,
  '4': VERSION_4,
  '5': VERSION_5,
  '6': VERSION_6,
  '7': VERSION_7,
  '8': VERSION_8,
  '9': VERSION_9,
  '10': VERSION_10,
  '11': VERSION_11,
  '12': VERSION_12,
};
