import { EventStatus, type MatrixClient, type MatrixEvent, MatrixError, type Room } from 'matrix-js-sdk';

/** What could not be sent into a room, oldest first. */
export const unsentIn = (room: Room): MatrixEvent[] =>
  room.getPendingEvents().filter(({ status }) => status === EventStatus.NOT_SENT);

/** Sends it again, one after the other, so that nothing overtakes. When it fails again, the message says so itself. */
export async function resend(client: MatrixClient, room: Room): Promise<void> {
  for (const event of unsentIn(room)) {
    try {
      await client.resendEvent(event, room);
    } catch {
      // What comes after it waits, too.
      return;
    }
  }
}

/** Sends again what only the connection was in the way of; what the server refused is for the person to decide. */
export function resendAfterBreak(client: MatrixClient): void {
  for (const room of client.getRooms()) {
    const unsent = unsentIn(room);
    if (unsent.length > 0 && !unsent.some(({ error }) => wasRefused(error))) void resend(client, room);
  }
}

const wasRefused = (error: unknown): boolean => error instanceof MatrixError && (error.httpStatus ?? 500) < 500;
