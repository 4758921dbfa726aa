import type { RoomVersion } from '@byline/protocol/event.ts';
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
  const { version } = state;
  return levelIn(levels['users'], user, version) ?? levelIn(levels, 'users_default', version) ?? DEFAULT_USER_LEVEL;
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
  levelIn(levelsOf(state), action, state.version) ?? DEFAULT_LEVELS[action];

/** The level that sending an event of this type needs. Membership events have rules of their own. */
export const levelToSend = (type: string, isState: boolean, state: RoomState): number => {
  const levels = levelsOf(state);
  const { version } = state;
  const ofType = levelIn(levels?.['events'], type, version);
  if (ofType !== undefined) return ofType;
  return isState
    ? (levelIn(levels, 'state_default', version) ?? DEFAULT_STATE_LEVEL)
    : (levelIn(levels, 'events_default', version) ?? DEFAULT_EVENT_LEVEL);
};

/** The level that a notification such as `room` (`@room`) needs. */
export const levelToNotify = (notification: string, state: RoomState): number =>
  levelIn(levelsOf(state)?.['notifications'], notification, state.version) ?? DEFAULT_NOTIFICATION_LEVEL;

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

/** An own entry of an object, if it is a level. */
export const levelIn = (levels: Json | undefined, key: string, version: RoomVersion): number | undefined =>
  levelOf(entryOf(levels, key), version);

/** A level as the room's version writes it: an integer, before version 10 also as text, before version 6 also a fraction. */
export const levelOf = (value: Json | undefined, version: RoomVersion): number | undefined => {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  const { levels, numbers } = ROOM_VERSION_RULES[version];
  if (levels === 'integers') return undefined;
  if (typeof value === 'string') return LEVEL_AS_TEXT.test(value) ? safeInteger(Number(value.trim())) : undefined;
  return typeof value === 'number' && numbers === 'any' ? safeInteger(Math.trunc(value)) : undefined;
};

const LEVEL_AS_TEXT = /^\s*[+-]?[0-9]+\s*$/;

/** Adding zero makes 0 of -0, which would count as another level. */
const safeInteger = (value: number): number | undefined => (Number.isSafeInteger(value) ? value + 0 : undefined);

const outranks = (user: string, target: string, state: RoomState): boolean =>
  powerOf(target, state) < powerOf(user, state);

const isIn = (user: string, state: RoomState): boolean => membershipOf(user, state) === 'join';

const levelsOf = (state: RoomState): JsonObject | undefined => state.get('m.room.power_levels', '')?.content;
