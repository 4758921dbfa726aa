import { z } from 'zod';
import { EventId, RoomId } from '../ids.ts';
import { clientPaths, operation } from '../operation.ts';
import { RoomEventFilter } from './filter.ts';
import { RoomEvent } from './room-event.ts';
import { Token } from './token.ts';

const MOST_EVENTS = 200;

/** How many events a client wants; it gets fewer where that is very many. */
const limit = (least: number) =>
  z.coerce
    .number()
    .int()
    .min(least)
    .default(10)
    .transform((wanted) => Math.min(wanted, MOST_EVENTS));

const filter = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue('must be JSON');
      return z.NEVER;
    }
  })
  .pipe(RoomEventFilter)
  .optional();

const shared = { method: 'GET', auth: 'required', limit: 'read' } as const;

export const roomMessages = operation({
  ...shared,
  paths: clientPaths('/rooms/:roomId/messages'),
  summary: 'Read the history of a room page by page',
  params: z.object({ roomId: RoomId }),
  query: z.object({
    from: Token.optional(),
    to: Token.optional(),
    dir: z.enum(['b', 'f']),
    limit: limit(1),
    filter,
  }),
  answer: z.object({
    start: z.string(),
    end: z.string().optional(),
    chunk: z.array(RoomEvent),
    state: z.array(RoomEvent).optional(),
  }),
});

/** Specification, client-server API: "Room Previews". */
export const roomInitialSync = operation({
  ...shared,
  paths: clientPaths('/rooms/:roomId/initialSync'),
  summary: 'Look into a room: its state and its newest messages',
  params: z.object({ roomId: RoomId }),
  answer: z.object({
    room_id: RoomId,
    membership: z.enum(['join', 'invite', 'knock', 'leave', 'ban']).optional(),
    messages: z.object({ start: z.string().optional(), end: z.string(), chunk: z.array(RoomEvent) }),
    state: z.array(RoomEvent),
    visibility: z.enum(['public', 'private']),
  }),
});

export const eventContext = operation({
  ...shared,
  paths: clientPaths('/rooms/:roomId/context/:eventId'),
  summary: 'Read an event and what stands around it',
  params: z.object({ roomId: RoomId, eventId: EventId }),
  query: z.object({ limit: limit(0), filter }),
  answer: z.object({
    start: z.string(),
    end: z.string(),
    event: RoomEvent,
    events_before: z.array(RoomEvent),
    events_after: z.array(RoomEvent),
    state: z.array(RoomEvent),
  }),
});

export const roomEvent = operation({
  ...shared,
  paths: clientPaths('/rooms/:roomId/event/:eventId'),
  summary: 'Read one event',
  params: z.object({ roomId: RoomId, eventId: EventId }),
  answer: RoomEvent,
});
