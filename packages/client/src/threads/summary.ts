import { Direction, EventStatus, type MatrixClient, type MatrixEvent, type Room, type Thread } from 'matrix-js-sdk';
import { openAll } from '../crypto/encrypted-room.ts';
import type { Content } from '../messages/content.ts';
import { personIn } from '../messages/people.ts';
import { saidIn } from '../messages/said.ts';
import type { Person } from '../timeline/message.ts';
import { isAnswer, unreadInThread } from './unread.ts';

/** A thread as the message with which it begins shows it. */
export interface ThreadSummary {
  readonly count: number;
  /** Who answered last, and when in milliseconds since 1970. */
  readonly lastSender: Person;
  readonly lastAt: number;
  readonly isUnread: boolean;
  /** Something in it could not be sent. */
  readonly isFailed: boolean;
}

/** A thread in the list of its conversation's threads. */
export interface ThreadEntry extends ThreadSummary {
  /** The event with which it begins. */
  readonly key: string;
  readonly sender: Person;
  readonly content: Content | undefined;
}

/** The thread that begins with an event; `undefined` when nobody has answered it in one (any more). */
export function threadSummaryOf(client: MatrixClient, room: Room, threadId: string): ThreadSummary | undefined {
  const thread = room.getThread(threadId) ?? undefined;
  const pending = pendingIn(room, threadId);
  const last = pending.at(-1) ?? (thread && lastAnswer(thread));
  if (last === undefined) return undefined;
  return {
    count: (thread === undefined ? 0 : answersIn(thread)) + pending.length,
    lastSender: personIn(client, room, last.getSender() ?? ''),
    lastAt: last.getTs(),
    isUnread: thread !== undefined && unreadInThread(client, thread) > 0,
    isFailed: pending.some(({ status }) => status === EventStatus.NOT_SENT),
  };
}

export function threadEntryOf(client: MatrixClient, thread: Thread): ThreadEntry | undefined {
  const { id, room, rootEvent } = thread;
  const summary = threadSummaryOf(client, room, id);
  if (summary === undefined || rootEvent === undefined) return undefined;
  openAll(client, [rootEvent]);
  return {
    ...summary,
    key: id,
    sender: personIn(client, room, rootEvent.getSender() ?? ''),
    content: saidIn(rootEvent),
  };
}

/** The newest answer in a thread. */
export function lastAnswer(thread: Thread): MatrixEvent | undefined {
  const last = answersIn(thread) > 0 ? thread.replyToEvent : null;
  return last === null || last.getId() === thread.id ? undefined : last;
}

/** Answers that are on their way. */
const pendingIn = (room: Room, threadId: string): MatrixEvent[] =>
  room.getPendingEvents().filter((event) => isAnswer(event) && event.threadRootId === threadId);

/**
 * How many answers have arrived. The library adds what it hears of to a number from the server that may hold it already;
 * where all of a thread is at hand, it is counted instead.
 */
function answersIn({ liveTimeline, initialEventsFetched, length, room, id }: Thread): number {
  const isWhole = initialEventsFetched && liveTimeline.getPaginationToken(Direction.Backward) === null;
  return isWhole ? liveTimeline.getEvents().filter(isAnswer).length : length - pendingIn(room, id).length;
}
