import { z } from 'zod';
import { RoomId } from '../ids.ts';
import { JsonObject } from '../json.ts';
import { clientPaths, operation } from '../operation.ts';
import { EventType, RoomEvent, SentEvent, StateKey } from './room-event.ts';

const room = z.object({ roomId: RoomId });
/** An empty state key may be left out of the path. */
const statePaths: [string, ...string[]] = [
  ...clientPaths('/rooms/:roomId/state/:eventType/:stateKey'),
  ...clientPaths('/rooms/:roomId/state/:eventType'),
];
const place = z.object({ roomId: RoomId, eventType: EventType, stateKey: StateKey.default('') });

export const roomState = operation({
  method: 'GET',
  paths: clientPaths('/rooms/:roomId/state'),
  auth: 'required',
  limit: 'read',
  summary: 'Read the state of a room',
  params: room,
  answer: z.array(RoomEvent),
});

export const roomStateEvent = operation({
  method: 'GET',
  paths: statePaths,
  auth: 'required',
  limit: 'read',
  summary: 'Read one piece of the state of a room',
  params: place,
  query: z.object({ format: z.enum(['content', 'event']).default('content') }),
  answer: JsonObject,
});

export const setRoomState = operation({
  method: 'PUT',
  paths: statePaths,
  auth: 'required',
  limit: 'message',
  summary: 'Change one piece of the state of a room',
  params: place,
  body: JsonObject,
  answer: SentEvent,
});
