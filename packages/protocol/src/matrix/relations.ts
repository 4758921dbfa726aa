import { z } from 'zod';
import { EventId, RoomId } from '../ids.ts';
import { clientPaths, operation } from '../operation.ts';
import { EventType, RoomEvent } from './room-event.ts';
import { Token } from './token.ts';

/** The events that relate to another (specification, client-server API: "Relationships API"). */

const MOST_EVENTS = 200;

const shared = { method: 'GET', auth: 'required', limit: 'read' } as const;

const query = z.object({
  from: Token.optional(),
  to: Token.optional(),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .default(20)
    .transform((wanted) => Math.min(wanted, MOST_EVENTS)),
  dir: z.enum(['b', 'f']).default('b'),
  recurse: z.enum(['true', 'false']).optional(),
});

const answer = z.object({
  chunk: z.array(RoomEvent),
  next_batch: z.string().optional(),
  prev_batch: z.string().optional(),
  recursion_depth: z.int().optional(),
});

const params = z.object({ roomId: RoomId, eventId: EventId });
const RELATIONS = '/rooms/:roomId/relations/:eventId';

export const relatedEvents = operation({
  ...shared,
  paths: clientPaths(RELATIONS, ['v1']),
  summary: 'Read the events that relate to an event',
  params,
  query,
  answer,
});

export const relatedEventsOfRelation = operation({
  ...shared,
  paths: clientPaths(`${RELATIONS}/:relType`, ['v1']),
  summary: 'Read the events that relate to an event in one way',
  params: params.extend({ relType: EventType }),
  query,
  answer,
});

export const relatedEventsOfType = operation({
  ...shared,
  paths: clientPaths(`${RELATIONS}/:relType/:eventType`, ['v1']),
  summary: 'Read the events of one type that relate to an event in one way',
  params: params.extend({ relType: EventType, eventType: EventType }),
  query,
  answer,
});
