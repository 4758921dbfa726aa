import type { ServerName } from '@byline/protocol';
import { openIdUserInfo, requestOpenIdToken } from '@byline/protocol/matrix/openid.ts';
import type { Edge } from '../../platform/http/edge.ts';
import { LIFETIME_SECONDS, type OpenId } from './service.ts';

/** Showing other services who one is. */
export const serveOpenId = (
  edge: Edge,
  { openId, serverName }: { readonly openId: OpenId; readonly serverName: ServerName },
): void => {
  edge.serve(requestOpenIdToken, ({ caller, params }) => ({
    access_token: openId.issue(caller.userId, params.userId),
    token_type: 'Bearer' as const,
    matrix_server_name: serverName,
    expires_in: LIFETIME_SECONDS,
  }));
  edge.serve(openIdUserInfo, async ({ query }) => ({ sub: await openId.ownerOf(query.access_token) }));
};
