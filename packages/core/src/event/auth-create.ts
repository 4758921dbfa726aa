import type { Pdu, UnsignedPdu } from '@byline/protocol/event.ts';
import { serverOf, UserId } from '@byline/protocol/ids.ts';
import type { Json } from '@byline/protocol/json.ts';
import type { AuthState } from './room-state.ts';
import { ROOM_VERSION_RULES } from './room-version.ts';
import { ALLOWED, allowedIf, refused } from './verdict.ts';
import type { Verdict } from './verdict.ts';

/** The rules for `m.room.create`. */
export const authoriseCreate = (event: Pdu | UnsignedPdu, state: AuthState): Verdict => {
  const { roomIdFrom, creatorIn, creatorPower } = ROOM_VERSION_RULES[state.version];
  if (event.prev_events.length > 0 || state.get('m.room.create', '') !== undefined) {
    return refused('A room is created once, by its first event.');
  }
  const roomId = roomIdFrom === 'create-hash' ? withoutRoomId(event) : withRoomIdOfSender(event);
  if (!roomId.allowed) return roomId;
  // The rule asks for a version that is known; the one that we judge by is the one that it must be.
  if (event.content['room_version'] !== state.version) {
    return refused(`The room's version is not ${state.version}.`);
  }
  if (creatorIn === 'content' && event.content['creator'] === undefined) {
    return refused('The creation of a room must name its creator.');
  }
  if (creatorPower === 'listed') return ALLOWED;
  const additional = event.content['additional_creators'];
  return allowedIf(
    additional === undefined || areUserIds(additional),
    'The additional creators must be a list of user ids.',
  );
};

const withoutRoomId = (event: Pdu | UnsignedPdu): Verdict =>
  allowedIf(event.room_id === undefined, 'The room id is made of the creation event, so it must not be in it.');

const withRoomIdOfSender = (event: Pdu | UnsignedPdu): Verdict => {
  const server = event.room_id?.slice(event.room_id.indexOf(':') + 1);
  return allowedIf(server === serverOf(event.sender), 'A room id must be of the server that its creator belongs to.');
};

const areUserIds = (value: Json): boolean =>
  Array.isArray(value) && value.every((item) => UserId.safeParse(item).success);
