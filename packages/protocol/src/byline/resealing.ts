import { z } from 'zod';
import { UserId } from '../ids.ts';
import { operation } from '../operation.ts';
import { CustodyField, MOST_CUSTODIANS, MOST_SETS, SealedShare } from './custody.ts';
import { ApplicationId, IDENTITY_FIELDS } from './identity.ts';
import { Sealed } from './sealed.ts';

/** How far the records of one set have come to the present one. Nothing is lost when anybody stops at any moment. */
export const Resealing = z.object({
  from: z.int(),
  to: z.int(),
  /** The two of the old set who deal; each does so alone, in their own browser, in their own time. */
  dealers: z.array(z.object({ user_id: UserId, dealt: z.int() })).length(2),
  /** Records that still carry the old set. */
  left: z.int(),
});
export type Resealing = z.output<typeof Resealing>;

const FromSet = z.object({ from: z.coerce.number().pipe(z.int().min(1).max(MOST_SETS)) });

export const startResealing = operation({
  method: 'PUT',
  paths: ['/_byline/v1/custody/resealings/:from'],
  auth: 'required',
  limit: 'write',
  summary: 'Name the two who deal the records of an old set anew for the present one (administrators)',
  params: FromSet,
  body: z.object({ dealers: z.array(UserId).length(2) }),
  answer: Resealing,
});

export const listResealings = operation({
  method: 'GET',
  paths: ['/_byline/v1/custody/resealings'],
  auth: 'required',
  limit: 'read',
  summary: 'Read how far each re-sealing has come (administrators and custodians)',
  answer: z.object({ resealings: z.array(Resealing) }),
});

/** A record that one has still to deal: one's own sealed shares, and nothing of what they open. */
export const RecordToDeal = z.object({
  application: ApplicationId,
  version: z.int(),
  shares: z.array(z.object({ field: CustodyField, share: SealedShare })),
});
export type RecordToDeal = z.output<typeof RecordToDeal>;

export const nextToDeal = operation({
  method: 'GET',
  paths: ['/_byline/v1/custody/resealings/:from/next'],
  auth: 'required',
  limit: 'read',
  summary: 'Read the next records that one has still to deal (a dealer)',
  params: FromSet,
  query: z.object({
    /** The last record that was read: so that nothing is looked at again and again. */
    after: ApplicationId.optional(),
    limit: z.coerce.number().pipe(z.int().min(1).max(100)).default(20),
  }),
  answer: z.object({ to: z.int(), with: UserId, records: z.array(RecordToDeal) }),
});

export const dealRecord = operation({
  method: 'PUT',
  paths: ['/_byline/v1/custody/resealings/:from/records/:application'],
  auth: 'required',
  limit: 'write',
  summary: 'Deal one record anew (a dealer); when both have, it belongs to the present custodians',
  params: FromSet.extend({ application: ApplicationId }),
  body: z.object({
    version: z.int(),
    to: z.int(),
    parts: z
      .array(z.object({ field: CustodyField, custodian: UserId, sealed: Sealed }))
      .min(1)
      .max(IDENTITY_FIELDS.length * MOST_CUSTODIANS),
  }),
  answer: z.object({
    /** Whether both have dealt it. */
    is_resealed: z.boolean(),
  }),
});
