import { z } from 'zod';
import { RoomAlias, RoomId } from '../ids.ts';
import { clientPaths, operation } from '../operation.ts';

const MOST_ROOMS = 100;
const atMost = (wanted: number): number => Math.min(wanted, MOST_ROOMS);
const limit = z.int().min(0).default(MOST_ROOMS).transform(atMost);
const queriedLimit = z.coerce.number().int().min(0).default(MOST_ROOMS).transform(atMost);

/** How many rooms come before this page. */
const since = z
  .string()
  .regex(/^p\d{1,9}$/, { error: 'is not a token of this server' })
  .transform((token) => Number(token.slice(1)))
  .optional();

export const pageToken = (roomsBefore: number): string => `p${roomsBefore}`;

export const PublishedRoom = z.object({
  room_id: RoomId,
  name: z.string().optional(),
  topic: z.string().optional(),
  avatar_url: z.string().optional(),
  canonical_alias: RoomAlias.optional(),
  num_joined_members: z.int(),
  world_readable: z.boolean(),
  guest_can_join: z.boolean(),
  join_rule: z.string().optional(),
  room_type: z.string().optional(),
});
export type PublishedRoom = z.output<typeof PublishedRoom>;

const Page = z.object({
  chunk: z.array(PublishedRoom),
  next_batch: z.string().optional(),
  prev_batch: z.string().optional(),
  total_room_count_estimate: z.int(),
});

const server = z.string().optional();

export const listPublicRooms = operation({
  method: 'GET',
  paths: clientPaths('/publicRooms'),
  auth: 'none',
  limit: 'public',
  summary: 'List the published rooms',
  query: z.object({ limit: queriedLimit, since, server }),
  answer: Page,
});

export const searchPublicRooms = operation({
  method: 'POST',
  paths: clientPaths('/publicRooms'),
  auth: 'required',
  limit: 'read',
  summary: 'Find published rooms',
  query: z.object({ server }),
  body: z.object({
    limit,
    since,
    filter: z
      .object({
        generic_search_term: z.string().nullish(),
        room_types: z.array(z.string().nullable()).nullish(),
      })
      .default({}),
    include_all_networks: z.boolean().optional(),
    third_party_instance_id: z.string().optional(),
  }),
  answer: Page,
});

const params = z.object({ roomId: RoomId });
const Visibility = z.enum(['public', 'private']);

export const roomVisibility = operation({
  method: 'GET',
  paths: clientPaths('/directory/list/room/:roomId'),
  auth: 'optional',
  limit: 'public',
  summary: 'Ask whether a room is published',
  params,
  answer: z.object({ visibility: Visibility }),
});

export const setRoomVisibility = operation({
  method: 'PUT',
  paths: clientPaths('/directory/list/room/:roomId'),
  auth: 'required',
  limit: 'write',
  summary: 'Publish a room or withdraw it',
  params,
  body: z.object({ visibility: Visibility.default('public') }),
});
