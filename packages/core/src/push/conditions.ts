import type { ClientEvent } from '@byline/protocol/event.ts';
import type { UserId } from '@byline/protocol/ids.ts';
import type { Json } from '@byline/protocol/json.ts';
import { literalWordMatcher, wholeTextMatcher, wordMatcher } from './glob.ts';
import { namesOf, propertyOf } from './property-path.ts';
import type { PushCondition } from './ruleset.ts';

/** What a rule asks besides the event. */
export interface PushContext {
  /** Whose rules are tried. */
  readonly user: UserId;
  /** The user's display name in the room. */
  readonly displayName?: string | undefined;
  /** How many have joined the room. */
  readonly memberCount: number;
  /** Whether the sender's power level is enough for a notification such as `room`. */
  readonly senderMayNotify: (notification: string) => boolean;
}

export type ConditionTest = (event: ClientEvent, context: PushContext) => boolean;

/** The test of a condition, compiled once for as long as the condition lives. */
export const testOf = (condition: PushCondition): ConditionTest => {
  const known = compiled.get(condition);
  if (known !== undefined) return known;
  const test = COMPILERS.get(condition.kind)?.(condition) ?? NEVER;
  compiled.set(condition, test);
  return test;
};

/** The test that a `content` rule stands for. */
export const bodyTest = (pattern: string): ConditionTest => eventMatch({ kind: 'event_match', key: BODY, pattern });

const compiled = new WeakMap<PushCondition, ConditionTest>();

const NEVER: ConditionTest = () => false;
const BODY = 'content.body';

const eventMatch = ({ key, pattern }: PushCondition): ConditionTest => {
  if (key === undefined || pattern === undefined) return NEVER;
  const names = namesOf(key);
  const matches = key === BODY ? wordMatcher(pattern) : wholeTextMatcher(pattern);
  return (event) => {
    const value = propertyOf(event, names);
    return typeof value === 'string' && matches(value);
  };
};

const eventPropertyIs = ({ key, value: wanted }: PushCondition): ConditionTest => {
  if (key === undefined || !isSimple(wanted)) return NEVER;
  const names = namesOf(key);
  return (event) => propertyOf(event, names) === wanted;
};

const eventPropertyContains = ({ key, value: wanted }: PushCondition): ConditionTest => {
  if (key === undefined || !isSimple(wanted)) return NEVER;
  const names = namesOf(key);
  return (event) => {
    const value = propertyOf(event, names);
    return Array.isArray(value) && value.includes(wanted);
  };
};

/** The name may differ in every room, so there is nothing to compile before. */
const containsDisplayName =
  (): ConditionTest =>
  (event, { displayName }) => {
    const { body } = event.content;
    if (displayName === undefined || displayName === '' || typeof body !== 'string') return false;
    return literalWordMatcher(displayName)(body);
  };

const COMPARISONS: ReadonlyMap<string, (count: number, limit: number) => boolean> = new Map([
  ['==', (count: number, limit: number) => count === limit],
  ['<', (count: number, limit: number) => count < limit],
  ['>', (count: number, limit: number) => count > limit],
  ['<=', (count: number, limit: number) => count <= limit],
  ['>=', (count: number, limit: number) => count >= limit],
]);

const roomMemberCount = ({ is }: PushCondition): ConditionTest => {
  const [, comparison = '==', limit] = /^(==|<=|>=|<|>)?(\d+)$/.exec(is ?? '') ?? [];
  const compare = COMPARISONS.get(comparison);
  if (limit === undefined || compare === undefined) return NEVER;
  return (_event, { memberCount }) => compare(memberCount, Number(limit));
};

const senderNotificationPermission = ({ key }: PushCondition): ConditionTest =>
  key === undefined ? NEVER : (_event, { senderMayNotify }) => senderMayNotify(key);

const COMPILERS: ReadonlyMap<string, (condition: PushCondition) => ConditionTest> = new Map([
  ['event_match', eventMatch],
  ['event_property_is', eventPropertyIs],
  ['event_property_contains', eventPropertyContains],
  ['contains_display_name', containsDisplayName],
  ['room_member_count', roomMemberCount],
  ['sender_notification_permission', senderNotificationPermission],
]);

/** Only values that are not compound can be asked for. */
const isSimple = (value: Json | undefined): value is string | number | boolean | null =>
  value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
