import { actionsFrom } from '@byline/core/push/actions.ts';
import {
  deletePushRule,
  getGlobalPushRules,
  getPushRule,
  getPushRuleActions,
  getPushRuleEnabled,
  getPushRules,
  putPushRule,
  setPushRuleActions,
  setPushRuleEnabled,
} from '@byline/protocol/matrix/push-rules.ts';
import { listNotifications } from '@byline/protocol/matrix/notifications.ts';
import { tokenOf } from '@byline/protocol/matrix/token.ts';
import type { Edge } from '../../platform/http/edge.ts';
import { clientEvent } from '../graph/service.ts';
import type { Notifications } from './notifications.ts';
import type { PushRules } from './service.ts';

/** Serves push rules. */
export const servePushRules = (edge: Edge, rules: PushRules): void => {
  edge.serve(getPushRules, async ({ caller }) => ({ global: await rules.rulesetOf(caller.userId) }));

  edge.serve(getGlobalPushRules, ({ caller }) => rules.rulesetOf(caller.userId));

  edge.serve(getPushRule, ({ caller, params }) => rules.rule(caller.userId, params.kind, params.ruleId));

  edge.serve(putPushRule, async ({ caller, params, query, body }) => {
    const rule = { ...body, actions: actionsFrom(body.actions) };
    await rules.put(caller.userId, params.kind, params.ruleId, rule, query);
    return {};
  });

  edge.serve(deletePushRule, async ({ caller, params }) => {
    await rules.delete(caller.userId, params.kind, params.ruleId);
    return {};
  });

  edge.serve(getPushRuleEnabled, async ({ caller, params }) => {
    const { enabled } = await rules.rule(caller.userId, params.kind, params.ruleId);
    return { enabled };
  });

  edge.serve(setPushRuleEnabled, async ({ caller, params, body }) => {
    await rules.enable(caller.userId, params.kind, params.ruleId, body.enabled);
    return {};
  });

  edge.serve(getPushRuleActions, async ({ caller, params }) => {
    const { actions } = await rules.rule(caller.userId, params.kind, params.ruleId);
    return { actions };
  });

  edge.serve(setPushRuleActions, async ({ caller, params, body }) => {
    await rules.setActions(caller.userId, params.kind, params.ruleId, actionsFrom(body.actions));
    return {};
  });
};

/** Serves what users were notified of. */
export const serveNotifications = (edge: Edge, notifications: Notifications): void => {
  edge.serve(listNotifications, async ({ caller, query: { from, limit, only } }) => {
    const page = await notifications.page(caller.userId, { from, limit, onlyHighlights: only === 'highlight' });
    return {
      notifications: page.notifications.map(({ entry, actions, read }) => ({
        actions,
        event: { ...clientEvent(entry) },
        read,
        room_id: entry.roomId,
        ts: entry.pdu.origin_server_ts,
      })),
      ...(page.next === undefined ? {} : { next_token: tokenOf(page.next) }),
    };
  });
};
