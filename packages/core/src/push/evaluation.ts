import type { ClientEvent } from '@byline/protocol/event.ts';
import { bodyTest, testOf } from './conditions.ts';
import type { ConditionTest, PushContext } from './conditions.ts';
import { RULE_KINDS } from './ruleset.ts';
import type { PushAction, PushRule, RuleKind, Ruleset } from './ruleset.ts';

/** What an event is worth to a user. */
export interface PushOutcome {
  readonly notify: boolean;
  readonly highlight: boolean;
  readonly sound?: string;
  /** The actions of the rule that matched, for a pusher and for `/notifications`. */
  readonly actions: readonly PushAction[];
}

/** The outcome where no rule matches, and of what one sent oneself. */
export const NO_PUSH: PushOutcome = { notify: false, highlight: false, actions: [] };

/** Tries a user's rules on an event; the first enabled one that matches decides (client-server API: "Push Rules"). */
export const evaluate = (ruleset: Ruleset, event: ClientEvent, context: PushContext): PushOutcome => {
  if (event.sender === context.user) return NO_PUSH;
  for (const kind of RULE_KINDS) {
    const rule = ruleset[kind].find((candidate) => candidate.enabled && MATCHES[kind](candidate, event, context));
    if (rule !== undefined) return outcomeOf(rule.actions);
  }
  return NO_PUSH;
};

type RuleMatch = (rule: PushRule, event: ClientEvent, context: PushContext) => boolean;

const holds: RuleMatch = ({ conditions = [] }, event, context) =>
  conditions.every((condition) => testOf(condition)(event, context));

const MATCHES: Readonly<Record<RuleKind, RuleMatch>> = {
  override: holds,
  content: (rule, event, context) => bodyTestOf(rule)(event, context),
  room: (rule, event) => rule.rule_id === event.room_id,
  sender: (rule, event) => rule.rule_id === event.sender,
  underride: holds,
};

const bodyTests = new WeakMap<PushRule, ConditionTest>();

const bodyTestOf = (rule: PushRule): ConditionTest => {
  const known = bodyTests.get(rule);
  if (known !== undefined) return known;
  const test = rule.pattern === undefined ? () => false : bodyTest(rule.pattern);
  bodyTests.set(rule, test);
  return test;
};

const outcomeOf = (actions: readonly PushAction[]): PushOutcome => {
  if (actions.length === 0) return NO_PUSH;
  const sound = tweakOf(actions, 'sound')?.value;
  const highlight = tweakOf(actions, 'highlight');
  return {
    notify: actions.includes('notify'),
    // Without a value it means true; any value but false is taken so too.
    highlight: highlight !== undefined && highlight.value !== false,
    ...(typeof sound === 'string' ? { sound } : {}),
    actions,
  };
};

const tweakOf = (actions: readonly PushAction[], name: string) =>
  actions.filter((action) => action !== 'notify').find((action) => action.set_tweak === name);
