import { z } from 'zod';
import { operation } from '../operation.ts';
import { SlidingSyncExtensions } from './sliding-sync-extensions.ts';

/** Simplified sliding sync as it was accepted (MSC4186). What clients speak today is in `sliding-sync-deployed.ts`. */

const Index = z.int().nonnegative();

const StatePattern = z.looseObject({ type: z.string().optional(), state_key: z.string().optional() });

const RoomConfig = z.looseObject({
  timeline_limit: z.int().nonnegative(),
  required_state: z.looseObject({
    include: z.array(StatePattern).default([]),
    exclude: z.array(StatePattern).default([]),
    lazy_members: z.boolean().default(false),
  }),
});

const RoomFilter = z.looseObject({
  is_dm: z.boolean().optional(),
  spaces: z.array(z.string()).optional(),
  is_encrypted: z.boolean().optional(),
  is_invited: z.boolean().optional(),
  room_types: z.array(z.string().nullable()).optional(),
  not_room_types: z.array(z.string().nullable()).optional(),
  tags: z.array(z.string()).optional(),
  not_tags: z.array(z.string()).optional(),
});

const List = RoomConfig.extend({
  range: z.tuple([Index, Index]).optional(),
  filters: RoomFilter.optional(),
});

const Body = z.looseObject({
  conn_id: z.string().max(255).optional(),
  pos: z.string().optional(),
  /** How many milliseconds to wait for news. */
  timeout: z.int().nonnegative().default(0),
  set_presence: z.string().optional(),
  lists: z.record(z.string(), List).default({}),
  room_subscriptions: z.record(z.string(), RoomConfig).default({}),
  extensions: SlidingSyncExtensions.default({}),
});
export type SlidingSyncBody = z.output<typeof Body>;

/** `POST /v4/sync` (MSC4186). */
export const slidingSync = operation({
  method: 'POST',
  paths: ['/_matrix/client/v4/sync'],
  auth: 'required',
  limit: 'sync',
  summary: 'Tells a device what is new in the rooms that it shows, waiting for it if need be.',
  body: Body,
  answer: z.looseObject({ pos: z.string() }),
});
