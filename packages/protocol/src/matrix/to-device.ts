import { z } from 'zod';
import { UserId } from '../ids.ts';
import { JsonObject } from '../json.ts';
import { clientPaths, operation } from '../operation.ts';
import { text } from '../text.ts';
import { TransactionId } from './room-event.ts';

/** Instead of a device id: all devices of the user. */
export const EVERY_DEVICE = '*';

export const sendToDevice = operation({
  method: 'PUT',
  paths: clientPaths('/sendToDevice/:eventType/:txnId'),
  auth: 'required',
  limit: 'message',
  summary: 'Send messages to devices',
  params: z.object({ eventType: text(255).min(1), txnId: TransactionId }),
  /** By user and then by device, or `*`. */
  body: z.object({ messages: z.record(UserId, z.record(z.string(), JsonObject)) }),
});
