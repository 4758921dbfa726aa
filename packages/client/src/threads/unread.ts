import { type MatrixClient, type MatrixEvent, ReceiptType, RelationType, type Room, type Thread } from 'matrix-js-sdk';
import { openAll } from '../crypto/encrypted-room.ts';
import { saidIn } from '../messages/said.ts';

/** Whether an event is an answer in a thread, and not something about one. */
export const isAnswer = (event: MatrixEvent): boolean => event.isRelation(RelationType.Thread);

/**
 * How many answers of a thread wait to be read. Of what is encrypted the server can't tell which of them call one, and
 * the library counts none before one has first read a thread of the room; so they are counted here.
 */
export function unreadInThread(client: MatrixClient, thread: Thread): number {
  const { room } = thread;
  if (!room.hasEncryptionStateEvent()) return room.getThreadUnreadNotificationCount(thread.id);
  const me = client.getSafeUserId();
  const since = Math.max(joinedAt(room, me), room.getLastUnthreadedReceiptFor(me)?.ts ?? 0);
  const waiting = thread.events
    .slice(lastReadIn(thread, me) + 1)
    .filter((event) => isAnswer(event) && event.getSender() !== me && event.getTs() > since);
  openAll(client, waiting);
  return waiting.filter((event) => saidIn(event) !== undefined && client.getPushActionsForEvent(event)?.notify === true)
    .length;
}

/** How many messages of a room wait to be read, those of its threads among them. */
export function unreadInRoom(client: MatrixClient, room: Room): number {
  if (!room.hasEncryptionStateEvent()) return room.getUnreadNotificationCount();
  const inThreads = room.getThreads().reduce((sum, thread) => sum + unreadInThread(client, thread), 0);
  return room.getRoomUnreadNotificationCount() + inThreads;
}

/** The place of the last event that one has acknowledged, to all or for oneself; -1 for none that is known. */
function lastReadIn(thread: Thread, me: string): number {
  const read = [ReceiptType.Read, ReceiptType.ReadPrivate].map(
    (type) => thread.getReadReceiptForUserId(me, false, type)?.eventId,
  );
  return thread.events.findLastIndex((event) => read.includes(event.getId()));
}

const joinedAt = (room: Room, me: string): number => room.getMember(me)?.events.member?.getTs() ?? 0;
