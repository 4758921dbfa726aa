import { z } from 'zod';
import { clientPaths, operation } from '../operation.ts';
import { RoomEventFilter } from './filter.ts';
import { RoomEvent } from './room-event.ts';

/** Search in what was said (specification, client-server API: "Server Side Search"). */

const SearchKey = z.enum(['content.body', 'content.name', 'content.topic']);
export type SearchKey = z.infer<typeof SearchKey>;

const LONGEST_TERM = 1_000;
const MOST_AROUND = 20;

const around = z
  .int()
  .nonnegative()
  .default(5)
  .transform((wanted) => Math.min(wanted, MOST_AROUND));

const GroupKey = z.enum(['room_id', 'sender']);
export type GroupKey = z.infer<typeof GroupKey>;

const RoomEventsWanted = z.object({
  search_term: z.string().max(LONGEST_TERM, { error: `may have at most ${LONGEST_TERM} characters` }),
  keys: z.array(SearchKey).optional(),
  filter: RoomEventFilter.optional(),
  order_by: z.enum(['recent', 'rank']).default('rank'),
  event_context: z
    .object({ before_limit: around, after_limit: around, include_profile: z.boolean().default(false) })
    .optional(),
  include_state: z.boolean().default(false),
  groupings: z.object({ group_by: z.array(z.object({ key: GroupKey })).default([]) }).optional(),
});
export type RoomEventsWanted = z.output<typeof RoomEventsWanted>;

/** Up to which position and from which result on a search goes on. */
const SearchToken = z
  .string()
  .regex(/^s\d{1,15}_\d{1,6}$/, { error: 'is not a token of this server' })
  .transform((token) => {
    const [upTo = 0, offset = 0] = token.slice(1).split('_').map(Number);
    return { upTo, offset };
  });
export type SearchToken = z.output<typeof SearchToken>;

export const searchTokenOf = ({ upTo, offset }: SearchToken): string => `s${upTo}_${offset}`;

const Profile = z.object({ displayname: z.string().optional(), avatar_url: z.string().optional() });

const Result = z.object({
  rank: z.number(),
  result: RoomEvent,
  context: z
    .object({
      start: z.string(),
      end: z.string(),
      events_before: z.array(RoomEvent),
      events_after: z.array(RoomEvent),
      profile_info: z.record(z.string(), Profile).optional(),
    })
    .optional(),
});

const Group = z.object({ order: z.int(), results: z.array(z.string()) });

export const search = operation({
  method: 'POST',
  paths: clientPaths('/search'),
  auth: 'required',
  limit: 'read',
  summary: 'Find what was said in the rooms that one is or was in',
  query: z.object({ next_batch: SearchToken.optional() }),
  body: z.object({ search_categories: z.object({ room_events: RoomEventsWanted.optional() }) }),
  answer: z.object({
    search_categories: z.object({
      room_events: z
        .object({
          count: z.int(),
          highlights: z.array(z.string()),
          results: z.array(Result),
          state: z.record(z.string(), z.array(RoomEvent)).optional(),
          groups: z.record(z.string(), z.record(z.string(), Group)).optional(),
          next_batch: z.string().optional(),
        })
        .optional(),
    }),
  }),
});
