import { z } from 'zod';
import { EventId, RoomId, UserId } from '../ids.ts';
import { clientPaths, operation } from '../operation.ts';

const LONGEST_REASON = 4_000;

const reason = z
  .string()
  .max(LONGEST_REASON, { error: `may have at most ${LONGEST_REASON} characters` })
  .refine((text) => !text.includes('\0') && text.isWellFormed(), {
    error: 'may hold neither U+0000 nor half a character',
  });

/** Specification, client-server API: "Reporting Content". */
const shared = { method: 'POST', auth: 'required', limit: 'report' } as const;

export const reportRoom = operation({
  ...shared,
  paths: clientPaths('/rooms/:roomId/report'),
  summary: 'Report a room to the provider',
  params: z.object({ roomId: RoomId }),
  body: z.object({ reason }),
});

export const reportEvent = operation({
  ...shared,
  paths: clientPaths('/rooms/:roomId/report/:eventId'),
  summary: 'Report an event to the provider',
  params: z.object({ roomId: RoomId, eventId: EventId }),
  body: z.object({ reason: reason.default('') }),
});

export const reportUser = operation({
  ...shared,
  paths: clientPaths('/users/:userId/report'),
  summary: 'Report a user to the provider',
  params: z.object({ userId: UserId }),
  body: z.object({ reason }),
});
