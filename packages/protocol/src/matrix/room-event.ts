import { z } from 'zod';
import { EventId, RoomId, UserId } from '../ids.ts';
import { JsonObject } from '../json.ts';

/** An event as clients read it (specification, client-server API: "Room event format"). */
export const RoomEvent = z.looseObject({
  event_id: EventId,
  room_id: RoomId,
  type: z.string(),
  state_key: z.string().optional(),
  sender: UserId,
  content: JsonObject,
  origin_server_ts: z.int(),
  unsigned: JsonObject.optional(),
});

/** How long they may be, the size limits of events say; PostgreSQL can't keep U+0000. */
const keyText = z.string().refine((value) => !value.includes('\0') && value.isWellFormed(), {
  error: 'may hold neither U+0000 nor half a character',
});

export const EventType = keyText.min(1, { error: 'must not be empty' });
export const StateKey = keyText;

const LONGEST_TRANSACTION_ID = 255;

/** What a client calls a request, so that it may send it again (specification: "Transaction identifiers"). */
export const TransactionId = keyText.max(LONGEST_TRANSACTION_ID, {
  error: `may have at most ${LONGEST_TRANSACTION_ID} characters`,
});

export const SentEvent = z.object({ event_id: EventId });
