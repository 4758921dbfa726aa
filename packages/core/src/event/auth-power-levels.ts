import type { Pdu, RoomVersion, UnsignedPdu } from '@byline/protocol/event.ts';
import { UserId } from '@byline/protocol/ids.ts';
import type { Json, JsonObject } from '@byline/protocol/json.ts';
import { isJsonObject } from '../json.ts';
import { creatorsOf, levelIn, levelOf, powerOf } from './power-levels.ts';
import type { AuthState } from './room-state.ts';
import { ROOM_VERSION_RULES } from './room-version.ts';
import { ALLOWED, allowedIf, refused } from './verdict.ts';
import type { Verdict } from './verdict.ts';

const SINGLE_LEVELS = ['users_default', 'events_default', 'state_default', 'ban', 'redact', 'kick', 'invite'] as const;
const LEVELS_BY_NAME = { free: ['events'], guarded: ['events', 'notifications'] } as const;

const TOO_HIGH = 'Nobody can set or change a power level above their own.';

/** The rules for `m.room.power_levels`, after those that hold for all events. */
export const authorisePowerLevels = (event: Pdu | UnsignedPdu, state: AuthState): Verdict => {
  const shape = authoriseShape(event.content, state);
  if (!shape.allowed) return shape;
  const current = state.get('m.room.power_levels', '')?.content;
  if (current === undefined) return ALLOWED;

  const power = powerOf(event.sender, state);
  const { version } = state;
  const { notificationLevels } = ROOM_VERSION_RULES[version];
  const levels = [
    ...changesOf(current, event.content, version, SINGLE_LEVELS),
    ...LEVELS_BY_NAME[notificationLevels].flatMap((name) => changesOf(current[name], event.content[name], version)),
  ];
  if (levels.some(({ before, after }) => isAbove(before, power) || isAbove(after, power))) return refused(TOO_HIGH);

  const users = changesOf(current['users'], event.content['users'], version);
  if (users.some(({ name, before }) => name !== event.sender && isAtLeast(before, power))) {
    return refused('Nobody can change the power level of somebody whose level is as high as their own.');
  }
  return allowedIf(!users.some(({ after }) => isAbove(after, power)), TOO_HIGH);
};

const authoriseShape = (content: JsonObject, state: AuthState): Verdict => {
  const { version } = state;
  const isStrict = ROOM_VERSION_RULES[version].levels === 'integers';
  const isLevel = (value: Json | undefined): boolean => levelOf(value, version) !== undefined;
  if (isStrict && SINGLE_LEVELS.some((name) => content[name] !== undefined && !isLevel(content[name]))) {
    return refused('Every power level must be a whole number.');
  }
  for (const name of isStrict ? [...LEVELS_BY_NAME.guarded, 'users'] : ['users']) {
    const levels = content[name] === undefined ? {} : content[name];
    if (!isJsonObject(levels) || !Object.values(levels).every(isLevel)) {
      return refused(`The power levels under “${name}” must be an object of whole numbers.`);
    }
  }
  const users = Object.keys(content['users'] ?? {});
  if (!users.every((user) => UserId.safeParse(user).success)) {
    return refused('The power levels under “users” must be listed by user id.');
  }
  if (ROOM_VERSION_RULES[version].creatorPower === 'listed') return ALLOWED;
  const creators = creatorsOf(state);
  return allowedIf(
    !users.some((user) => creators.includes(user)),
    'The creators of this room stand above all power levels and cannot be listed.',
  );
};

interface LevelChange {
  readonly name: string;
  readonly before: number | undefined;
  readonly after: number | undefined;
}

/** Which levels were added, changed or removed, among the given names or all. */
const changesOf = (
  before: Json | undefined,
  after: Json | undefined,
  version: RoomVersion,
  names?: readonly string[],
): readonly LevelChange[] =>
  (names ?? [...new Set([...keysOf(before), ...keysOf(after)])])
    .map((name) => ({ name, before: levelIn(before, name, version), after: levelIn(after, name, version) }))
    .filter((change) => change.before !== change.after);

const keysOf = (value: Json | undefined): readonly string[] => (isJsonObject(value) ? Object.keys(value) : []);

const isAbove = (level: number | undefined, power: number): boolean => level !== undefined && level > power;
const isAtLeast = (level: number | undefined, power: number): boolean => level !== undefined && level >= power;
