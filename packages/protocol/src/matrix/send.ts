import { z } from 'zod';
import { EventId, RoomId } from '../ids.ts';
import { JsonObject } from '../json.ts';
import { clientPaths, operation } from '../operation.ts';
import { EventType, SentEvent, TransactionId } from './room-event.ts';

export const sendEvent = operation({
  method: 'PUT',
  paths: clientPaths('/rooms/:roomId/send/:eventType/:txnId'),
  auth: 'required',
  limit: 'message',
  summary: 'Send a message event into a room',
  params: z.object({ roomId: RoomId, eventType: EventType, txnId: TransactionId }),
  body: JsonObject,
  answer: SentEvent,
});

export const redactEvent = operation({
  method: 'PUT',
  paths: clientPaths('/rooms/:roomId/redact/:eventId/:txnId'),
  auth: 'required',
  limit: 'message',
  summary: "Take an event's content away",
  params: z.object({ roomId: RoomId, eventId: EventId, txnId: TransactionId }),
  body: z.object({ reason: z.string().optional() }),
  answer: SentEvent,
});
