import { z } from 'zod';
import { operation } from '../operation.ts';

/** The versions of the specification whose operations this server has; what is newer than v1.19 it has not read. */
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
