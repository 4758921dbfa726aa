import type { Pdu, RoomVersion, UnsignedPdu } from '@byline/protocol/event.ts';
import { entryOf } from '../json.ts';
import { ROOM_VERSION_RULES } from './room-version.ts';
import { ALLOWED, allowedIf, refused } from './verdict.ts';
import type { Verdict } from './verdict.ts';

/** Names one piece of a room's state. */
export interface StateKey {
  readonly type: string;
  readonly stateKey: string;
}

/**
 * The pieces of state that an event must cite as its `auth_events`, as far as the room has them
 * (server-server API: "Auth events selection"). The create event cites none.
 */
export const authEventKeys = (event: Pdu | UnsignedPdu, version: RoomVersion): readonly StateKey[] => {
  if (event.type === 'm.room.create') return [];
  const keys = [
    ...(ROOM_VERSION_RULES[version].createInAuthEvents ? [{ type: 'm.room.create', stateKey: '' }] : []),
    { type: 'm.room.power_levels', stateKey: '' },
    { type: 'm.room.member', stateKey: event.sender },
    ...membershipKeys(event, version),
  ];
  return keys.filter((key, index) => keys.findIndex((other) => isSame(key, other)) === index);
};

/** What a membership event cites in addition. */
const membershipKeys = (event: Pdu | UnsignedPdu, version: RoomVersion): readonly StateKey[] => {
  if (event.type !== 'm.room.member' || event.state_key === undefined) return [];
  const { membership, join_authorised_via_users_server: authoriser } = event.content;
  const token = thirdPartyInviteToken(event);
  return [
    { type: 'm.room.member', stateKey: event.state_key },
    ...(isOneOf(membership, 'join', 'invite', 'knock') ? [{ type: 'm.room.join_rules', stateKey: '' }] : []),
    ...(membership === 'invite' && token !== undefined ? [{ type: 'm.room.third_party_invite', stateKey: token }] : []),
    ...(membership === 'join' && typeof authoriser === 'string' && ROOM_VERSION_RULES[version].vouchedJoins
      ? [{ type: 'm.room.member', stateKey: authoriser }]
      : []),
  ];
};

/** The token by which an invitation says which `m.room.third_party_invite` it answers. */
export const thirdPartyInviteToken = (event: Pdu | UnsignedPdu): string | undefined => {
  const token = entryOf(entryOf(event.content['third_party_invite'], 'signed'), 'token');
  return typeof token === 'string' ? token : undefined;
};

/**
 * Whether the events that an event cites as its `auth_events` are those that it must cite
 * (room versions: "Authorisation rules", "Considering the event's auth_events"). For events of other servers;
 * our own are built by `authEventKeys`. That none of them was rejected is the caller's to see.
 */
export const authoriseAuthEvents = (
  event: Pdu | UnsignedPdu,
  authEvents: readonly Pdu[],
  version: RoomVersion,
): Verdict => {
  if (event.type === 'm.room.create') return ALLOWED;
  const expected = authEventKeys(event, version);
  const cited = authEvents.map(stateKeyOf);
  if (cited.some((key, index) => cited.findIndex((other) => isSame(key, other)) !== index)) {
    return refused('The event cites the same piece of state twice.');
  }
  if (!cited.every((key) => expected.some((other) => isSame(key, other)))) {
    return refused('The event cites state that has no say about it.');
  }
  if (authEvents.some((cites) => cites.room_id !== event.room_id)) {
    return refused('The event cites an event of another room.');
  }
  const mustCiteCreate = ROOM_VERSION_RULES[version].createInAuthEvents;
  return allowedIf(
    !mustCiteCreate || cited.some(({ type }) => type === 'm.room.create'),
    'The event does not cite the creation of the room.',
  );
};

/** An event without a state key is no state; no expected key has such a type and key, so it never matches. */
const stateKeyOf = (pdu: Pdu): { readonly type: string; readonly stateKey: string | undefined } => ({
  type: pdu.type,
  stateKey: pdu.state_key,
});

const isSame = (
  left: { readonly type: string; readonly stateKey: string | undefined },
  right: { readonly type: string; readonly stateKey: string | undefined },
): boolean => left.type === right.type && left.stateKey === right.stateKey;

const isOneOf = (value: unknown, ...options: readonly string[]): boolean => options.some((option) => option === value);
