import type { RoomVersion } from '@byline/protocol/event.ts';
import { UserId } from '@byline/protocol/ids.ts';
import type { Json, JsonObject } from '@byline/protocol/json.ts';
import { creatorsOf, levelOf } from '../event/power-levels.ts';
import type { RoomState } from '../event/room-state.ts';
import { ROOM_VERSION_RULES } from '../event/room-version.ts';
import { isJsonObject } from '../json.ts';

const SINGLE_LEVELS = new Set(['users_default', 'events_default', 'state_default', 'ban', 'redact', 'kick', 'invite']);
const LEVELS_BY_NAME = new Set(['events', 'notifications', 'users']);

const OWNER = 100;
const DEFAULT_STATE_LEVEL = 50;
const MODERATOR = 50;
/** Above every level that rooms hand out by themselves, so that only a creator replaces the room. */
const CREATOR_ONLY = 150;

/** The power levels of a room as its replacement has them: written as its version writes them, for its creators. */
export const upgradedPowerLevels = (
  old: RoomState,
  version: RoomVersion,
  newCreators: ReadonlySet<string>,
): JsonObject => {
  const levels = asIntegers(old.get('m.room.power_levels', '')?.content ?? {}, old.version);
  const users = { ...levelsIn(levels['users']), ...powerOfOldCreators(old, version, levels) };
  if (ROOM_VERSION_RULES[version].creatorPower === 'listed') return { ...levels, users };
  const others = Object.entries(users).filter(([user]) => !newCreators.has(user));
  return { ...levels, users: Object.fromEntries(others), events: withGuardedTombstone(levels) };
};

/**
 * What keeps people from going on in a room that was replaced ("Room Upgrades", step 6).
 *
 * @param power of who says so; `undefined` where that is too little, or nothing is to be changed
 */
export const closedPowerLevels = (old: RoomState, power: number): JsonObject | undefined => {
  const content = old.get('m.room.power_levels', '')?.content;
  // A room without them rests on its creators, who would lose their power by the first.
  if (content === undefined) return undefined;
  const level = (name: string): number => levelOf(content[name], old.version) ?? 0;
  const closed = Math.max(MODERATOR, level('users_default') + 1);
  const raised = ['events_default', 'invite'].filter((name) => level(name) < closed);
  if (raised.length === 0 || closed > power) return undefined;
  return { ...content, ...Object.fromEntries(raised.map((name) => [name, closed])) };
};

/** Before version 10 levels may be text, and before version 6 fractions. What is no level says nothing. */
const asIntegers = (content: JsonObject, version: RoomVersion): JsonObject => {
  const entries = Object.entries(content).map(([name, value]): readonly [string, Json | undefined] => {
    if (SINGLE_LEVELS.has(name)) return [name, levelOf(value, version)];
    return [name, LEVELS_BY_NAME.has(name) ? namedLevels(name, value, version) : value];
  });
  return Object.fromEntries(entries.filter((entry): entry is readonly [string, Json] => entry[1] !== undefined));
};

const namedLevels = (of: string, value: Json, version: RoomVersion): JsonObject => {
  const levels = isJsonObject(value) ? Object.entries(value) : [];
  const known = levels.map(([name, level]) => [name, levelOf(level, version)] as const);
  const isWhole = (entry: readonly [string, number | undefined]): entry is readonly [string, number] =>
    entry[1] !== undefined && (of !== 'users' || UserId.safeParse(entry[0]).success);
  return Object.fromEntries(known.filter(isWhole));
};

const levelsIn = (value: Json | undefined): Readonly<Record<string, number>> => {
  const levels = isJsonObject(value) ? Object.entries(value) : [];
  return Object.fromEntries(levels.filter((entry): entry is [string, number] => typeof entry[1] === 'number'));
};

/**
 * What is not written down: creators above all levels, and the creator of a room that says nothing of levels. Who is no
 * creator of a new room that has such creators is one of its owners still.
 */
const powerOfOldCreators = (
  old: RoomState,
  version: RoomVersion,
  levels: JsonObject,
): Readonly<Record<string, number>> => {
  const areAbove = ROOM_VERSION_RULES[old.version].creatorPower === 'infinite';
  if (!areAbove && old.get('m.room.power_levels', '') !== undefined) return {};
  const named = [levels, ...[...LEVELS_BY_NAME].map((name) => levels[name])].flatMap((part) =>
    Object.values(levelsIn(part)),
  );
  const stillAbove = areAbove && ROOM_VERSION_RULES[version].creatorPower === 'infinite';
  const level = stillAbove ? OWNER : Math.max(OWNER, ...named);
  return Object.fromEntries(creatorsOf(old).map((creator) => [creator, level]));
};

/** Whoever replaces a room becomes its creator, so this must stand above what is asked for other state. */
const withGuardedTombstone = (levels: JsonObject): JsonObject => {
  const events = levelsIn(levels['events']);
  const stateDefault = typeof levels['state_default'] === 'number' ? levels['state_default'] : DEFAULT_STATE_LEVEL;
  const present = events['m.room.tombstone'] ?? stateDefault;
  const guarded = present > stateDefault ? present : Math.max(CREATOR_ONLY, stateDefault + 1);
  return { ...events, 'm.room.tombstone': guarded };
};
