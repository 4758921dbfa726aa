import { uploadCrossSigningKeys, uploadSignatures } from '@byline/protocol/matrix/cross-signing.ts';
import { claimKeys, keyChanges, queryKeys, uploadKeys } from '@byline/protocol/matrix/keys.ts';
import type { Edge } from '../../platform/http/edge.ts';
import type { Keys } from './service.ts';

/** The keys of devices and users. */
export const serveKeys = (edge: Edge, keys: Keys): void => {
  edge.serve(uploadKeys, async ({ caller, body }) => {
    const counts = await keys.upload(caller, {
      deviceKeys: body.device_keys,
      oneTimeKeys: body.one_time_keys ?? {},
      fallbackKeys: body.fallback_keys ?? {},
    });
    return { one_time_key_counts: Object.fromEntries(counts) };
  });
  edge.serve(queryKeys, ({ caller, body }) => keys.query(caller.userId, body.device_keys));
  edge.serve(claimKeys, async ({ body }) => {
    const { keys: one_time_keys, failures } = await keys.claim(body.one_time_keys);
    return { one_time_keys, failures };
  });
  edge.serve(keyChanges, async ({ caller, query }) => {
    const { changed, left } = await keys.changes(caller.userId, query.from, query.to);
    return { changed: [...changed], left: [...left] };
  });
  edge.serve(uploadCrossSigningKeys, async ({ caller, body }) => {
    await keys.uploadCrossSigning(caller, body);
    return {};
  });
  edge.serve(uploadSignatures, async ({ caller, body }) => ({
    failures: await keys.uploadSignatures(caller.userId, body),
  }));
};
