import { previewPolicy } from '@byline/protocol/byline/policy.ts';
import { downloadRegister } from '@byline/protocol/byline/register.ts';
import { renewAccount } from '@byline/protocol/byline/renewal.ts';
import { Readable } from 'node:stream';
import type { Edge } from '../../../platform/http/edge.ts';
import type { PolicyOverTime } from './service.ts';

const TYPES = { csv: 'text/csv; charset=utf-8', json: 'application/json' } as const;

/** What policies do to accounts over time. */
export const servePolicyEffects = (edge: Edge, { effects, register, renewals }: PolicyOverTime): void => {
  edge.serve(previewPolicy, ({ caller, params, body }) =>
    effects.preview(caller.userId, params.key, body.value, body.effective_from),
  );
  edge.serve(renewAccount, ({ caller, params }) => renewals.begin(caller.userId, params.handle));

  edge.serveStream(downloadRegister, async ({ caller, query: { format } }, { method }, reply) => {
    const content = register.file(caller.userId, format);
    reply
      .type(TYPES[format])
      .header('content-disposition', `attachment; filename="register.${format}"`)
      .header('cache-control', 'no-store')
      .header('x-content-type-options', 'nosniff');
    return reply.send(method === 'HEAD' ? undefined : Readable.from(content));
  });
};
