import { z } from 'zod';
import { operation } from '../operation.ts';
import { Category, SubjectKind } from './identity.ts';

/** An account that may publish now, as it is filed. There is no real name in it, because the server has none. */
export const RegisterEntry = z.object({
  name: z.string(),
  handle: z.string(),
  kind: SubjectKind,
  category: Category,
  label: z.string().nullable(),
  /** Since when it was verified without a break, ISO 8601 in UTC. */
  since: z.iso.datetime(),
});
export type RegisterEntry = z.output<typeof RegisterEntry>;

export const REGISTER_FORMATS = ['csv', 'json'] as const;
export type RegisterFormat = (typeof REGISTER_FORMATS)[number];

/** Answers a file: CSV (RFC 4180, with a header line) or a JSON array of `RegisterEntry`, by handle. */
export const downloadRegister = operation({
  method: 'GET',
  paths: ['/_byline/v1/register'],
  auth: 'required',
  limit: 'download',
  summary: 'Download the register of qualified accounts for filing (administrators)',
  query: z.object({ format: z.enum(REGISTER_FORMATS).default('csv') }),
});
