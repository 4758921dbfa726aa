import type { RoomVersion } from '@byline/protocol/event.ts';
import type { UserId } from '@byline/protocol/ids.ts';
import type { JsonObject } from '@byline/protocol/json.ts';
import { ROOM_VERSION_RULES } from '../event/room-version.ts';

const OWNER = 100;
const MODERATOR = 50;
const EVERYONE = 0;
/** Above every level that a room hands out by itself: only a creator may replace a version 12 room. */
const CREATOR_ONLY = 150;

/** Who gets which power in a new room. */
export interface InitialPower {
  /** The creator and those who get the same power. */
  readonly equals: readonly UserId[];
  /** Where a room can be joined by invitation only, its members may bring in others. */
  readonly everyoneInvites: boolean;
  /** `owners`: a space is for its rooms, and nobody talks in it (client-server API: "Spaces"). */
  readonly talkers: 'everyone' | 'owners';
}

/** The power levels that a new room starts with (client-server API: `POST /createRoom`, step 3). */
export const initialPowerLevels = (
  version: RoomVersion,
  { equals, everyoneInvites, talkers }: InitialPower,
): JsonObject => {
  const infinite = ROOM_VERSION_RULES[version].creatorPower === 'infinite';
  return {
    // Creators whose power is infinite may not be listed.
    users: infinite ? {} : Object.fromEntries(equals.map((user) => [user, OWNER])),
    users_default: EVERYONE,
    events: {
      'm.room.name': MODERATOR,
      'm.room.avatar': MODERATOR,
      'm.room.canonical_alias': MODERATOR,
      'm.room.power_levels': OWNER,
      'm.room.history_visibility': OWNER,
      'm.room.encryption': OWNER,
      'm.room.server_acl': OWNER,
      'm.room.tombstone': infinite ? CREATOR_ONLY : OWNER,
      // By this state somebody says that they are in a call, and a call is for everyone who may talk.
      ...(talkers === 'everyone' ? { 'org.matrix.msc3401.call.member': EVERYONE } : {}),
    },
    events_default: talkers === 'everyone' ? EVERYONE : OWNER,
    state_default: MODERATOR,
    ban: MODERATOR,
    kick: MODERATOR,
    redact: MODERATOR,
    invite: everyoneInvites ? EVERYONE : MODERATOR,
  };
};
