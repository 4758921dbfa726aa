import { z } from 'zod';
import { ServerName, UserId } from '../ids.ts';
import { clientPaths, operation } from '../operation.ts';

/** Specification, client-server API: "OpenID". */
export const requestOpenIdToken = operation({
  method: 'POST',
  paths: clientPaths('/user/:userId/openid/request_token'),
  auth: 'required',
  limit: 'write',
  summary: 'Get a token by which another service can ask who one is',
  params: z.object({ userId: UserId }),
  answer: z.object({
    access_token: z.string(),
    token_type: z.literal('Bearer'),
    matrix_server_name: ServerName,
    /** Seconds. */
    expires_in: z.int(),
  }),
});

/** Specification, server-server API: "OpenID". The services that get such a token ask here; nothing else of that API is served. */
export const openIdUserInfo = operation({
  method: 'GET',
  paths: ['/_matrix/federation/v1/openid/userinfo'],
  auth: 'none',
  limit: 'public',
  summary: 'Ask whose token this is',
  query: z.object({ access_token: z.string() }),
  answer: z.object({ sub: UserId }),
});
