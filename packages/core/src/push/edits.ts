import { DomainError } from '@byline/protocol/errors.ts';
import { DEFAULT_RULE_KINDS } from './default-rules.ts';
import type { ChangedDefault, PushAction, PushCondition, PushRule, PushSettings, RuleKind } from './ruleset.ts';

/** A rule as a client asks for it. */
export interface RequestedRule {
  readonly actions: readonly PushAction[];
  /** Asked of `override` and `underride` rules; none always match. */
  readonly conditions?: readonly PushCondition[] | undefined;
  /** Required of `content` rules. */
  readonly pattern?: string | undefined;
}

/** Next to which of the user's own rules a rule is put: just above `before`, or else just below `after`. */
export interface RulePlace {
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

/** A longer pattern than any text worth matching only costs the server time. */
const MAX_PATTERN_LENGTH = 1024;

/**
 * Adds a rule of the user's own, or replaces the one of that id (`PUT /pushrules/global/{kind}/{ruleId}`). A new rule is
 * enabled and the most important of its kind; a replaced one stays enabled or not, and in its place, unless told another.
 *
 * @throws DomainError `M_INVALID_PARAM` for an id or pattern that may not be, `M_MISSING_PARAM` for a content rule without
 * a pattern, `M_UNKNOWN` for a `before` or `after` that is none of the user's own rules
 */
export const putRule = (
  settings: PushSettings,
  kind: RuleKind,
  ruleId: string,
  requested: RequestedRule,
  place: RulePlace = {},
): PushSettings => {
  requireOwnId(ruleId);
  const rules = settings.own[kind];
  const present = rules.findIndex((rule) => rule.rule_id === ruleId);
  const rule: PushRule = {
    rule_id: ruleId,
    default: false,
    enabled: rules[present]?.enabled ?? true,
    actions: requested.actions,
    ...matchOf(kind, requested),
  };
  const stays = present !== -1 && place.before === undefined && place.after === undefined;
  if (stays) return withOwn(settings, kind, rules.with(present, rule));
  const others = rules.filter((other) => other.rule_id !== ruleId);
  return withOwn(settings, kind, others.toSpliced(indexAt(others, place), 0, rule));
};

/**
 * Removes a rule of the user's own (`DELETE /pushrules/global/{kind}/{ruleId}`).
 *
 * @throws DomainError `M_NOT_FOUND` if there is none, which includes the server's rules: they can be disabled only
 */
export const deleteRule = (settings: PushSettings, kind: RuleKind, ruleId: string): PushSettings => {
  const rules = settings.own[kind];
  if (!rules.some((rule) => rule.rule_id === ruleId)) throw notFound();
  return withOwn(
    settings,
    kind,
    rules.filter((rule) => rule.rule_id !== ruleId),
  );
};

/**
 * Turns a rule on or off, the server's too (`PUT /pushrules/global/{kind}/{ruleId}/enabled`).
 *
 * @throws DomainError `M_NOT_FOUND`
 */
export const enableRule = (settings: PushSettings, kind: RuleKind, ruleId: string, enabled: boolean): PushSettings =>
  changeRule(settings, kind, ruleId, { enabled });

/**
 * Replaces the actions of a rule, of the server's too (`PUT /pushrules/global/{kind}/{ruleId}/actions`).
 *
 * @throws DomainError `M_NOT_FOUND`
 */
export const setRuleActions = (
  settings: PushSettings,
  kind: RuleKind,
  ruleId: string,
  actions: readonly PushAction[],
): PushSettings => changeRule(settings, kind, ruleId, { actions });

const changeRule = (settings: PushSettings, kind: RuleKind, ruleId: string, change: ChangedDefault): PushSettings => {
  if (DEFAULT_RULE_KINDS.get(ruleId) === kind) {
    return { ...settings, changed: { ...settings.changed, [ruleId]: { ...settings.changed[ruleId], ...change } } };
  }
  const rules = settings.own[kind];
  const index = rules.findIndex((rule) => rule.rule_id === ruleId);
  const rule = rules[index];
  if (rule === undefined) throw notFound();
  return withOwn(settings, kind, rules.with(index, { ...rule, ...change }));
};

/** What the rule matches by; rules for a room and for a sender match by their id. */
const matchOf = (
  kind: RuleKind,
  { conditions = [], pattern }: RequestedRule,
): Pick<PushRule, 'conditions' | 'pattern'> => {
  for (const glob of [pattern, ...conditions.map((condition) => condition.pattern)]) requireShort(glob);
  if (kind === 'override' || kind === 'underride') return { conditions };
  if (kind !== 'content') return {};
  if (pattern === undefined) throw new DomainError('M_MISSING_PARAM', 'A content rule needs a pattern.');
  return { pattern };
};

const requireShort = (pattern: string | undefined): void => {
  if ((pattern?.length ?? 0) <= MAX_PATTERN_LENGTH) return;
  throw new DomainError('M_INVALID_PARAM', `A pattern may have at most ${MAX_PATTERN_LENGTH} characters.`);
};

const requireOwnId = (ruleId: string): void => {
  if (ruleId.startsWith('.')) {
    throw new DomainError('M_INVALID_PARAM', 'Ids of rules that begin with a dot are the server’s.');
  }
  if (/[/\\]/.test(ruleId)) throw new DomainError('M_INVALID_PARAM', 'The id of a rule may not contain a slash.');
};

const indexAt = (rules: readonly PushRule[], { before, after }: RulePlace): number => {
  const neighbour = before ?? after;
  if (neighbour === undefined) return 0;
  const index = rules.findIndex((rule) => rule.rule_id === neighbour);
  if (index === -1) throw new DomainError('M_UNKNOWN', `before/after rule not found: ${neighbour}`);
  return before === undefined ? index + 1 : index;
};

const withOwn = (settings: PushSettings, kind: RuleKind, rules: readonly PushRule[]): PushSettings => ({
  ...settings,
  own: { ...settings.own, [kind]: rules },
});

const notFound = (): DomainError => new DomainError('M_NOT_FOUND', 'There is no such push rule.');
