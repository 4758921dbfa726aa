import type { Json, JsonObject } from '@byline/protocol/json.ts';
import { entryOf, stringsOf } from '../json.ts';
import { membershipOf } from './room-state.ts';
import type { RoomState } from './room-state.ts';
import { ROOM_VERSION_RULES } from './room-version.ts';

/** What `m.room.power_levels` names a level for, besides the sending of events. */
export type Action = 'ban' | 'kick' | 'invite' | 'redact';

/** The levels that hold where the room says nothing (client-server API: `m.room.power_levels`). */
const DEFAULT_LEVELS: Readonly<Record<Action, number>> = { ban: 50, kick: 50, invite: 0, redact: 50 };
const DEFAULT_STATE_LEVEL = 50;
const DEFAULT_EVENT_LEVEL = 0;
const DEFAULT_USER_LEVEL = 0;
const DEFAULT_NOTIFICATION_LEVEL = 50;
/** A listed creator's level while the room has no power levels event. */
const CREATOR_LEVEL = 100;

/** A user's power level; infinite for the creators of a version 12 room. */
export const powerOf = (user: string, state: RoomState): number => {
  const infinite = ROOM_VERSION_RULES[state.version].creatorPower === 'infinite';
  if (infinite && isCreator(user, state)) return Infinity;
  const levels = levelsOf(state);
  if (levels === undefined) return !infinite && isCreator(user, state) ? CREATOR_LEVEL : DEFAULT_USER_LEVEL;
  return levelIn(levels['users'], user) ?? levelIn(levels, 'users_default') ?? DEFAULT_USER_LEVEL;
};

/** Those who made the room. Before version 12 that is one. */
export const creatorsOf = (state: RoomState): readonly string[] => {
  const create = state.get('m.room.create', '');
  if (create === undefined) return [];
  const { creatorIn, creatorPower } = ROOM_VERSION_RULES[state.version];
  if (creatorIn === 'content') return stringsOf([create.content['creator'] ?? null]);
  if (creatorPower === 'listed') return [create.sender];
  return [create.sender, ...stringsOf(create.content['additional_creators'])];
};

const isCreator = (user: string, state: RoomState): boolean => creatorsOf(state).includes(user);

/** The level that an action on a person, or on someone else's event, needs. */
export const levelToDo = (action: Action, state: RoomState): number =>
  levelIn(levelsOf(state), action) ?? DEFAULT_LEVELS[action];

/** The level that sending an event of this type needs. Membership events have rules of their own. */
export const levelToSend = (type: string, isState: boolean, state: RoomState): number => {
  const levels = levelsOf(state);
  const ofType = levelIn(levels?.['events'], type);
  if (ofType !== undefined) return ofType;
  return isState
    ? (levelIn(levels, 'state_default') ?? DEFAULT_STATE_LEVEL)
    : (levelIn(levels, 'events_default') ?? DEFAULT_EVENT_LEVEL);
};

/** The level that a notification such as `room` (`@room`) needs. */
export const levelToNotify = (notification: string, state: RoomState): number =>
  levelIn(levelsOf(state)?.['notifications'], notification) ?? DEFAULT_NOTIFICATION_LEVEL;

/** Whether a user is in the room and stands high enough to send this. The authorisation rules have the last word. */
export const maySend = (user: string, type: string, isState: boolean, state: RoomState): boolean =>
  isIn(user, state) && powerOf(user, state) >= levelToSend(type, isState, state);

export const mayInvite = (user: string, state: RoomState): boolean =>
  isIn(user, state) && powerOf(user, state) >= levelToDo('invite', state);

export const mayKick = (user: string, target: string, state: RoomState): boolean =>
  isIn(user, state) && powerOf(user, state) >= levelToDo('kick', state) && outranks(user, target, state);

export const mayBan = (user: string, target: string, state: RoomState): boolean =>
  isIn(user, state) && powerOf(user, state) >= levelToDo('ban', state) && outranks(user, target, state);

/** Lifting a ban is a kick of somebody who is banned, so it needs both levels. */
export const mayUnban = (user: string, target: string, state: RoomState): boolean =>
  mayBan(user, target, state) && mayKick(user, target, state);

/**
 * Whether a user of this server may redact an event that `author` sent: one's own, or anyone's from the redact level on.
 * A redaction must also be sent, so `m.room.redaction` needs its own level.
 */
export const mayRedact = (user: string, author: string, state: RoomState): boolean =>
  maySend(user, 'm.room.redaction', false, state) &&
  (user === author || powerOf(user, state) >= levelToDo('redact', state));

/** An own entry of an object, if it is an integer. */
const levelIn = (levels: Json | undefined, key: string): number | undefined => {
  const level = entryOf(levels, key);
  return typeof level === 'number' && Number.isSafeInteger(level) ? level : undefined;
};

const outranks = (user: string, target: string, state: RoomState): boolean =>
  powerOf(target, state) < powerOf(user, state);

const isIn = (user: string, state: RoomState): boolean => membershipOf(user, state) === 'join';

const levelsOf = (state: RoomState): JsonObject | undefined => state.get('m.room.power_levels', '')?.content;
