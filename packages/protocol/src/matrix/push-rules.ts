import { z } from 'zod';
import { clientPaths, operation } from '../operation.ts';
import { text } from '../text.ts';

/** Push rules (specification, client-server API: "Push Rules: API"). What rules mean is decided elsewhere. */

const RuleKind = z.enum(['override', 'content', 'room', 'sender', 'underride']);
const RuleId = text(255);
const Actions = z.array(z.json()).readonly();

/** Of a kind that is not known, a condition may have whatever fields. */
const Condition = z.looseObject({
  kind: z.string(),
  key: z.string().optional(),
  pattern: z.string().optional(),
  is: z.string().optional(),
  value: z.union([z.string(), z.number(), z.boolean(), z.null()]).optional(),
});

const Rule = z.object({
  rule_id: z.string(),
  default: z.boolean(),
  enabled: z.boolean(),
  actions: z.array(z.unknown()).readonly(),
  conditions: z.array(z.unknown()).readonly().optional(),
  pattern: z.string().optional(),
});

const Rules = z.array(Rule).readonly();
const Ruleset = z.object({ override: Rules, content: Rules, room: Rules, sender: Rules, underride: Rules });

const RULE = '/pushrules/global/:kind/:ruleId';
const params = z.object({ kind: RuleKind, ruleId: RuleId });

export const getPushRules = operation({
  method: 'GET',
  paths: clientPaths('/pushrules'),
  auth: 'required',
  limit: 'read',
  summary: "Gives all of one's push rules.",
  answer: z.object({ global: Ruleset }),
});

export const getGlobalPushRules = operation({
  method: 'GET',
  paths: clientPaths('/pushrules/global'),
  auth: 'required',
  limit: 'read',
  summary: "Gives one's push rules of the only scope that there is.",
  answer: Ruleset,
});

export const getPushRule = operation({
  method: 'GET',
  paths: clientPaths(RULE),
  auth: 'required',
  limit: 'read',
  summary: 'Gives one push rule.',
  params,
  answer: Rule,
});

export const putPushRule = operation({
  method: 'PUT',
  paths: clientPaths(RULE),
  auth: 'required',
  limit: 'write',
  summary: 'Adds a push rule, or replaces it.',
  params,
  query: z.object({ before: RuleId.optional(), after: RuleId.optional() }),
  body: z.object({
    actions: Actions,
    conditions: z.array(Condition).readonly().optional(),
    pattern: z.string().optional(),
  }),
});

export const deletePushRule = operation({
  method: 'DELETE',
  paths: clientPaths(RULE),
  auth: 'required',
  limit: 'write',
  summary: 'Removes a push rule.',
  params,
});

export const getPushRuleEnabled = operation({
  method: 'GET',
  paths: clientPaths(`${RULE}/enabled`),
  auth: 'required',
  limit: 'read',
  summary: 'Tells whether a push rule is on.',
  params,
  answer: z.object({ enabled: z.boolean() }),
});

export const setPushRuleEnabled = operation({
  method: 'PUT',
  paths: clientPaths(`${RULE}/enabled`),
  auth: 'required',
  limit: 'write',
  summary: 'Turns a push rule on or off.',
  params,
  body: z.object({ enabled: z.boolean() }),
});

export const getPushRuleActions = operation({
  method: 'GET',
  paths: clientPaths(`${RULE}/actions`),
  auth: 'required',
  limit: 'read',
  summary: 'Gives the actions of a push rule.',
  params,
  answer: z.object({ actions: z.array(z.unknown()).readonly() }),
});

export const setPushRuleActions = operation({
  method: 'PUT',
  paths: clientPaths(`${RULE}/actions`),
  auth: 'required',
  limit: 'write',
  summary: 'Replaces the actions of a push rule.',
  params,
  body: z.object({ actions: Actions }),
});
