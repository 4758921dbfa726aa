import { type Pdu, ROOM_VERSIONS, type RoomVersion } from '@byline/protocol/event.ts';
import { EventId, RoomId } from '@byline/protocol/ids.ts';
import type { JsonObject } from '@byline/protocol/json.ts';
import { pduOf } from './pdu.fixture.ts';
import type { AuthState, Membership } from './room-state.ts';
import { ROOM_VERSION_RULES } from './room-version.ts';
import type { Verdict } from './verdict.ts';

/** What a test says about a room; everything else has a default. `@carol` made it and `@alice` and `@bob` are in it. */
export interface RoomParts {
  readonly version?: RoomVersion;
  readonly create?: JsonObject;
  readonly members?: Readonly<Record<string, Membership>>;
  readonly levels?: JsonObject;
  readonly joinRule?: string;
  readonly more?: readonly Pdu[];
}

export const CAROL = '@carol:example.org';
export const ALICE = '@alice:example.org';
export const BOB = '@bob:example.org';
export const EVE = '@eve:example.org';
export const CREATE_ID = EventId.parse('$createdcreatedcreatedcreatedcreatedcreated0');

export const roomIdFor = (version: RoomVersion): RoomId =>
  RoomId.parse(version === '12' ? `!${CREATE_ID.slice(1)}` : '!room:example.org');

/** What a create event says of its creator. */
export const creatorNamed = (version: RoomVersion): JsonObject =>
  ROOM_VERSION_RULES[version].creatorIn === 'content' ? { creator: CAROL } : {};

/** The versions from one on. */
export const versionsSince = (first: RoomVersion): readonly RoomVersion[] =>
  ROOM_VERSIONS.slice(ROOM_VERSIONS.indexOf(first));

/** A room that has all the state that the parts tell, and no more. */
export const roomOf = ({
  version = '12',
  create = {},
  members = {},
  levels,
  joinRule,
  more = [],
}: RoomParts): AuthState => {
  const roomId = roomIdFor(version);
  const state = (type: string, stateKey: string, content: JsonObject, sender = CAROL): Pdu =>
    pduOf({ type, state_key: stateKey, content, sender, room_id: roomId });
  const events = [
    state('m.room.create', '', { room_version: version, ...creatorNamed(version), ...create }),
    ...Object.entries({ [CAROL]: 'join', [ALICE]: 'join', [BOB]: 'join', ...members }).map(([user, membership]) =>
      state('m.room.member', user, { membership }, user),
    ),
    ...(levels === undefined ? [] : [state('m.room.power_levels', '', levels)]),
    ...(joinRule === undefined ? [] : [state('m.room.join_rules', '', { join_rule: joinRule })]),
    ...more,
  ];
  return {
    version,
    roomId,
    createEventId: CREATE_ID,
    get: (type, stateKey) => events.findLast((event) => event.type === type && event.state_key === stateKey),
  };
};

/** A room before its first event. */
export const noRoom = (version: RoomVersion): AuthState => ({ version, get: () => undefined });

/** A verdict as a table writes it. */
export const outcomeOf = (verdict: Verdict): string => (verdict.allowed ? 'allowed' : verdict.reason);
