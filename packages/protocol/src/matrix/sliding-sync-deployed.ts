import { z } from 'zod';
import { operation } from '../operation.ts';
import { PresenceState } from './presence.ts';
import { SlidingSyncExtensions } from './sliding-sync-extensions.ts';

/** Simplified sliding sync as matrix-rust-sdk (Element X) and matrix-js-sdk speak it (MSC4186, "Unstable prefix" and "Changelog"). */

/** What `unstable_features` of `/versions` says of it. */
export const DEPLOYED_SLIDING_SYNC = 'org.matrix.simplified_msc3575';

const Index = z.int().nonnegative();

const RoomConfig = z.looseObject({
  timeline_limit: z.int().nonnegative().default(1),
  /** Types and state keys; `*` is any, `$ME` the user, `$LAZY` the members as they speak. */
  required_state: z.array(z.tuple([z.string(), z.string()])).default([]),
});

const RoomFilter = z.looseObject({
  is_dm: z.boolean().nullish(),
  spaces: z.array(z.string()).nullish(),
  is_encrypted: z.boolean().nullish(),
  is_invite: z.boolean().nullish(),
  room_types: z.array(z.string().nullable()).nullish(),
  not_room_types: z.array(z.string().nullable()).nullish(),
  tags: z.array(z.string()).nullish(),
  not_tags: z.array(z.string()).nullish(),
});

const List = RoomConfig.extend({
  ranges: z.array(z.tuple([Index, Index])).optional(),
  filters: RoomFilter.nullish(),
});

const Query = z.object({
  pos: z.string().optional(),
  /** How many milliseconds to wait for news. */
  timeout: z.coerce.number().int().nonnegative().default(0),
  /** What it can't be is as if it were not said. */
  set_presence: PresenceState.catch('online'),
});

const Body = z.looseObject({
  conn_id: z.string().max(255).optional(),
  /** Given back as it is. */
  txn_id: z.string().optional(),
  lists: z.record(z.string(), List).default({}),
  room_subscriptions: z.record(z.string(), RoomConfig).default({}),
  /** Only of clients that name a subscription once, and this when it ends. */
  unsubscribe_rooms: z.array(z.string()).default([]),
  extensions: SlidingSyncExtensions.default({}),
});

export type DeployedSlidingSyncQuery = z.output<typeof Query>;
export type DeployedSlidingSyncBody = z.output<typeof Body>;

/** `POST /unstable/org.matrix.simplified_msc3575/sync`. */
export const deployedSlidingSync = operation({
  method: 'POST',
  paths: ['/_matrix/client/unstable/org.matrix.simplified_msc3575/sync'],
  auth: 'required',
  limit: 'sync',
  summary: 'The same, as clients ask for it today.',
  query: Query,
  body: Body,
  answer: z.looseObject({ pos: z.string() }),
});
