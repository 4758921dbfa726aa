import { z } from 'zod';
import { operation } from '../operation.ts';

/**
 * The versions of the specification whose wording is followed by every operation that there is. Operations that there are
 * not yet (pushers, previews of addresses, …) are answered with `M_UNRECOGNIZED`, as by any older server.
 */
export const SPECIFICATION_VERSIONS: readonly string[] = Array.from({ length: 19 }, (_, index) => `v1.${index + 1}`);

export const versions = operation({
  method: 'GET',
  paths: ['/_matrix/client/versions'],
  auth: 'none',
  limit: 'public',
  summary: 'List the versions of the specification that are spoken',
  answer: z.object({ versions: z.array(z.string()), unstable_features: z.record(z.string(), z.boolean()) }),
});

export const wellKnownClient = operation({
  method: 'GET',
  paths: ['/.well-known/matrix/client'],
  auth: 'none',
  limit: 'public',
  summary: 'Tell clients where the server is',
  answer: z.object({ 'm.homeserver': z.object({ base_url: z.string() }) }),
});
