import { z } from 'zod';

/** What a client wants to be told (specification, client-server API: "Filtering"). Unknown fields are let pass. */

const Names = z.array(z.string()).optional();

const EventFilter = z.looseObject({
  limit: z.int().nonnegative().optional(),
  types: Names,
  not_types: Names,
  senders: Names,
  not_senders: Names,
});
export type EventFilter = z.infer<typeof EventFilter>;

export const RoomEventFilter = EventFilter.extend({
  rooms: Names,
  not_rooms: Names,
  contains_url: z.boolean().optional(),
  lazy_load_members: z.boolean().optional(),
  include_redundant_members: z.boolean().optional(),
  unread_thread_notifications: z.boolean().optional(),
});
export type RoomEventFilter = z.infer<typeof RoomEventFilter>;

const RoomFilter = z.looseObject({
  rooms: Names,
  not_rooms: Names,
  include_leave: z.boolean().optional(),
  timeline: RoomEventFilter.optional(),
  state: RoomEventFilter.optional(),
  ephemeral: RoomEventFilter.optional(),
  account_data: RoomEventFilter.optional(),
});

export const Filter = z.looseObject({
  event_fields: Names,
  event_format: z.enum(['client', 'federation']).optional(),
  account_data: EventFilter.optional(),
  presence: EventFilter.optional(),
  room: RoomFilter.optional(),
});
export type Filter = z.infer<typeof Filter>;
