import type { UserId } from '@byline/protocol/ids.ts';
import type { Json } from '@byline/protocol/json.ts';
import { defaultOverrides, DEFAULT_UNDERRIDES, MASTER } from './default-rules.ts';

/** The kinds of push rules, in the order in which they are tried (client-server API: "Push Rules"). */
export const RULE_KINDS = ['override', 'content', 'room', 'sender', 'underride'] as const;
export type RuleKind = (typeof RULE_KINDS)[number];

export type PushAction = 'notify' | { readonly set_tweak: string; readonly value?: Json };

/** A condition of a kind that is not known never holds. */
export interface PushCondition {
  readonly kind: string;
  readonly key?: string;
  readonly pattern?: string;
  readonly is?: string;
  readonly value?: Json;
}

/** A rule as clients read it. */
export interface PushRule {
  readonly rule_id: string;
  /** Whether the server made it. */
  readonly default: boolean;
  readonly enabled: boolean;
  readonly actions: readonly PushAction[];
  /** Of `override` and `underride` rules. */
  readonly conditions?: readonly PushCondition[];
  /** Of `content` rules. */
  readonly pattern?: string;
}

/** All rules of a user, the most important first within each kind: what `m.push_rules` has under `global`. */
export type Ruleset = Readonly<Record<RuleKind, readonly PushRule[]>>;

/**
 * What a user has changed of the server's rules and added to them. This alone is stored, so that a user who changed
 * nothing needs no row, and better defaults reach everyone.
 */
export interface PushSettings {
  /** The user's own rules, the most important first within each kind. */
  readonly own: Ruleset;
  /** What was changed of the server's rules, by rule id. */
  readonly changed: Readonly<Record<string, ChangedDefault>>;
}

export interface ChangedDefault {
  readonly enabled?: boolean;
  readonly actions?: readonly PushAction[];
}

/** What holds for a user who never changed anything. */
export const NO_PUSH_SETTINGS: PushSettings = {
  own: { override: [], content: [], room: [], sender: [], underride: [] },
  changed: {},
};

/**
 * A user's rules and the server's, put together: the server's stand behind the user's, but for the master switch.
 * Keep the result while the settings last; what it matches by is compiled once for each ruleset.
 */
export const rulesetOf = (user: UserId, { own, changed }: PushSettings): Ruleset => {
  const asChanged = (rule: PushRule): PushRule =>
    Object.hasOwn(changed, rule.rule_id) ? { ...rule, ...changed[rule.rule_id] } : rule;
  return {
    ...own,
    override: [asChanged(MASTER), ...own.override, ...defaultOverrides(user).map(asChanged)],
    underride: [...own.underride, ...DEFAULT_UNDERRIDES.map(asChanged)],
  };
};
