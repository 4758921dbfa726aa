import { z } from 'zod';
import { UserId } from '../ids.ts';
import { operation } from '../operation.ts';
import { text } from '../text.ts';
import { CustodyField, OpeningId, OrderId, SealedShare } from './custody.ts';
import { ApplicationId, IDENTITY_FIELDS } from './identity.ts';
import { Encrypted, Hash, PublicKey, Sealed, Signature } from './sealed.ts';

const Fields = z
  .array(CustodyField)
  .min(1)
  .max(IDENTITY_FIELDS.length)
  .refine((fields) => new Set(fields).size === fields.length, { error: 'names a field twice' });

/** When the publisher is told of an opening: at once, or from a moment on (milliseconds since the epoch). */
const Notice = z.union([z.literal('at-once'), z.int().min(0)]);

const said = (most: number) => text(most).refine((words) => words.trim() !== '', { error: 'must not be empty' });

/** What an order says. It never changes after it was filed, so that a signature of its hash is one of all of it. */
export const OrderContent = z.object({
  id: OrderId,
  /** Who ordered it, and by which law. */
  authority: said(500),
  legal_basis: said(2_000),
  application: ApplicationId,
  fields: Fields,
  filed_at: z.int(),
  expires_at: z.int(),
  notice: Notice,
});
export type OrderContent = z.output<typeof OrderContent>;

export const Order = z.object({
  content: OrderContent,
  hash: Hash,
  filed_by: UserId,
  /** Absent: it was not revoked. */
  revoked_at: z.int().optional(),
});
export type Order = z.output<typeof Order>;

const ofOrder = { params: z.object({ id: OrderId }) };

/** Whose identity it is: that of a public account, or what a user showed for themselves. */
const Scope = z.union([z.strictObject({ handle: z.string().max(64) }), z.strictObject({ user_id: UserId })]);

export const fileOrder = operation({
  method: 'POST',
  paths: ['/_byline/v1/custody/orders'],
  auth: 'required',
  limit: 'write',
  summary: 'File an order to open fields of one identity (administrators)',
  body: OrderContent.pick({
    authority: true,
    legal_basis: true,
    fields: true,
    expires_at: true,
    notice: true,
  }).extend({ scope: Scope }),
  answer: Order,
});

export const listOrders = operation({
  method: 'GET',
  paths: ['/_byline/v1/custody/orders'],
  auth: 'required',
  limit: 'read',
  summary: 'List the orders on file, the newest first (administrators and custodians)',
  answer: z.object({ orders: z.array(Order) }),
});

export const revokeOrder = operation({
  method: 'POST',
  paths: ['/_byline/v1/custody/orders/:id/revoke'],
  auth: 'required',
  limit: 'write',
  summary: 'Revoke an order; nothing is opened by it any more (administrators)',
  ...ofOrder,
});

/**
 * What both custodians sign, each with their own name. `recipient_key` is made for this opening alone, in the browser of
 * the one who asks for it.
 */
export const OpeningRequest = z.object({
  order_hash: Hash,
  application: ApplicationId,
  version: z.int(),
  /** The number of the set of custodians to whom the record is sealed. */
  set: z.int(),
  fields: Fields,
  recipient_key: PublicKey,
});
export type OpeningRequest = z.output<typeof OpeningRequest>;

const SignedBy = z.object({ user_id: UserId, at: z.int(), signature: Signature });

/** What was done in an opening. */
const OpeningStep = z.enum(['asked', 'joined', 'handed-over', 'read', 'closed']);
export type OpeningStep = z.output<typeof OpeningStep>;

/** An opening: asked for by one custodian, joined by another. */
export const Opening = z.object({
  id: OpeningId,
  order: OrderId,
  request: OpeningRequest,
  asked: SignedBy,
  /** Absent: nobody joined it yet, and nothing was given out. */
  joined: SignedBy.optional(),
  /** After it, nothing is given out any more. */
  ends_at: z.int(),
  /** Each time that something was given out, and what else was done. */
  history: z.array(z.object({ at: z.int(), by: UserId, step: OpeningStep })),
  /** When the publisher is or was told; absent until somebody joined. */
  notice_at: z.int().optional(),
  told_at: z.int().optional(),
});
export type Opening = z.output<typeof Opening>;

/** One custodian's own sealed shares of the fields that are opened. */
const Shares = z.array(z.object({ field: CustodyField, share: SealedShare }));
const HandedOver = z.object({ field: CustodyField, sealed: Sealed });
export type HandedOver = z.output<typeof HandedOver>;

const ofOpening = { params: z.object({ id: OpeningId }) };

/** What an opening by some order is to be about; the caller signs it. */
export const describeOpening = operation({
  method: 'GET',
  paths: ['/_byline/v1/custody/orders/:id/record'],
  auth: 'required',
  limit: 'read',
  summary: 'Read which record an order is about: its version, and the set that holds it (custodians)',
  ...ofOrder,
  answer: OpeningRequest.pick({ application: true, version: true, set: true }),
});

export const askOpening = operation({
  method: 'POST',
  paths: ['/_byline/v1/custody/openings'],
  auth: 'required',
  limit: 'write',
  summary: 'Ask for an opening, as the one who will read it (custodians); nothing is given out yet',
  body: z.object({ order: OrderId, request: OpeningRequest, signature: Signature }),
  answer: Opening,
});

export const listOpenings = operation({
  method: 'GET',
  paths: ['/_byline/v1/custody/openings'],
  auth: 'required',
  limit: 'read',
  summary: 'List all openings, the newest first (administrators and custodians)',
  answer: z.object({ openings: z.array(Opening) }),
});

export const joinOpening = operation({
  method: 'POST',
  paths: ['/_byline/v1/custody/openings/:id/join'],
  auth: 'required',
  limit: 'write',
  summary: "Join an opening that another custodian asked for; answers one's own sealed shares of the named fields",
  ...ofOpening,
  body: z.object({ signature: Signature }),
  answer: z.object({ shares: Shares }),
});

export const handOverShares = operation({
  method: 'PUT',
  paths: ['/_byline/v1/custody/openings/:id/shares'],
  auth: 'required',
  limit: 'write',
  summary: "Hand over one's shares, sealed to the one who asked (the custodian who joined)",
  ...ofOpening,
  body: z.object({ shares: z.array(HandedOver).min(1).max(IDENTITY_FIELDS.length) }),
});

export const readOpening = operation({
  method: 'POST',
  paths: ['/_byline/v1/custody/openings/:id/read'],
  auth: 'required',
  limit: 'write',
  summary: 'Read what an opening shows, still sealed (the custodian who asked); each reading is recorded',
  ...ofOpening,
  answer: z.object({
    fields: z.array(z.object({ field: CustodyField, encrypted: Encrypted, own: SealedShare, other: Sealed })),
  }),
});

export const closeOpening = operation({
  method: 'POST',
  paths: ['/_byline/v1/custody/openings/:id/close'],
  auth: 'required',
  limit: 'write',
  summary: 'End an opening; what was handed over is deleted (either of its custodians)',
  ...ofOpening,
});

/** An opening as the person reads it whose identity it is. It does not say who opened it. */
export const OwnOpening = z.object({
  at: z.int(),
  application: ApplicationId,
  fields: Fields,
  authority: z.string(),
  legal_basis: z.string(),
});
export type OwnOpening = z.output<typeof OwnOpening>;

export const listOwnOpenings = operation({
  method: 'GET',
  paths: ['/_byline/v1/me/openings'],
  auth: 'required',
  limit: 'read',
  summary: "List the openings of one's own identity of which one was told",
  answer: z.object({ openings: z.array(OwnOpening) }),
});
