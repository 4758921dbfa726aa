import { getMe } from '@byline/protocol/byline/me.ts';
import { getPolicy, listPolicies, setPolicy, withdrawPolicy } from '@byline/protocol/byline/policy.ts';
import { agreeToRules, getRules, publishRules, rulesPage } from '@byline/protocol/byline/rules.ts';
import { setUp } from '@byline/protocol/byline/setup.ts';
import { grantRole, listStaff, listStaffChanges, revokeRole } from '@byline/protocol/byline/staff.ts';
import type { Edge } from '../../platform/http/edge.ts';
import type { Policy } from './policy.ts';
import type { ProviderRules } from './rules.ts';
import { rulesPageOf } from './rules-page.ts';
import type { Staff } from './staff.ts';

/** A page with nothing but text: no script, no form, in no frame. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Who runs this server, by which rules and policies. */
export const serveProvider = (
  edge: Edge,
  { staff, policy, rules }: { readonly staff: Staff; readonly policy: Policy; readonly rules: ProviderRules },
): void => {
  edge.serve(getMe, async ({ caller: { userId } }) => {
    const agreed = await rules.agreedVersion(userId);
    return {
      user_id: userId,
      roles: staff.rolesOf(userId),
      rules: { version: rules.current.version, ...(agreed === undefined ? {} : { agreed_version: agreed }) },
      policy: { 'identity.required': policy.get('identity.required') },
    };
  });

  edge.serve(setUp, async ({ caller, body }) => ({ roles: await staff.setUp(caller.userId, body.token) }));
  edge.serve(listStaff, ({ caller }) => ({ staff: staff.list(caller.userId) }));
  edge.serve(listStaffChanges, async ({ caller, query }) => ({
    changes: await staff.changes(caller.userId, query.before, query.limit),
  }));
  edge.serve(grantRole, async ({ caller, params }) => {
    await staff.grant(caller.userId, params.userId, params.role);
    return {};
  });
  edge.serve(revokeRole, async ({ caller, params }) => {
    await staff.revoke(caller.userId, params.userId, params.role);
    return {};
  });

  edge.serve(listPolicies, ({ caller }) => ({ policies: policy.list(caller?.userId) }));
  edge.serve(getPolicy, ({ caller, params }) => policy.view(caller?.userId, params.key));
  edge.serve(setPolicy, async ({ caller, params, body }) => {
    await policy.set(caller.userId, params.key, body.value, body.effective_from);
    return policy.view(caller.userId, params.key);
  });
  edge.serve(withdrawPolicy, async ({ caller, params }) => {
    await policy.withdraw(caller.userId, params.key, params.version);
    return policy.view(caller.userId, params.key);
  });

  edge.serve(getRules, () => rules.current);
  edge.serve(publishRules, ({ caller, body }) => rules.publish(caller.userId, body.texts));
  edge.serve(agreeToRules, async ({ caller, params }) => {
    await rules.agree(caller.userId, params.version);
    return {};
  });
  edge.serveStream(rulesPage, async ({ params: { version, language } }, _raw, reply) => {
    const { texts } = await rules.version(version);
    return reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', CONTENT_SECURITY_POLICY)
      .send(rulesPageOf(texts[language], version, language));
  });
};
