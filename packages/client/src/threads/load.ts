import { type MatrixClient, type MatrixEvent, type Room, type Thread, ThreadEvent } from 'matrix-js-sdk';

/** The library begins to fetch a thread by itself, and does not tell when that failed earlier; in milliseconds. */
const PATIENCE = 5000;

/** A thread with its newest answers, or with its first message alone when nobody has answered. Throws `MatrixError`. */
export async function loadThread(client: MatrixClient, room: Room, threadId: string): Promise<Thread> {
  const thread =
    room.getThread(threadId) ?? room.createThread(threadId, await eventOf(client, room, threadId), [], true);
  if (!thread.initialEventsFetched) await firstUpdate(thread);
  if (!thread.initialEventsFetched) await fetchFirst(client, thread);
  return thread;
}

/** The thread in which something was said; `undefined` for the main timeline. Throws `MatrixError`. */
export async function threadIdOf(client: MatrixClient, room: Room, eventId: string): Promise<string | undefined> {
  const { threadRootId } = await eventOf(client, room, eventId);
  return threadRootId === eventId ? undefined : threadRootId;
}

async function eventOf(client: MatrixClient, room: Room, eventId: string): Promise<MatrixEvent> {
  const known = room.findEventById(eventId);
  return known ?? client.getEventMapper()(await client.fetchRoomEvent(room.roomId, eventId));
}

function firstUpdate(thread: Thread): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, PATIENCE);
    thread.once(ThreadEvent.Update, () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** What the library does when it makes a thread, and does not do again when that failed. */
async function fetchFirst(client: MatrixClient, thread: Thread): Promise<void> {
  await client.paginateEventTimeline(thread.liveTimeline, { backwards: true });
  thread.initialEventsFetched = true;
  for (const event of thread.replayEvents ?? []) thread.addEvent(event, false);
  thread.replayEvents = null;
}
