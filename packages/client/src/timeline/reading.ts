import { EventStatus, type MatrixClient, type MatrixEvent, type Room } from 'matrix-js-sdk';
import { repliedTo } from '../messages/content.ts';
import { type Notice, noticeOf } from '../messages/notice.ts';
import { personIn } from '../messages/people.ts';
import { saidIn } from '../messages/said.ts';
import { isPollEnd } from '../polls/poll-content.ts';
import type { Polls } from '../polls/polls.ts';
import type { ThreadSummary } from '../threads/summary.ts';
import type { Happening } from './items.ts';
import type { Message, Quote, Reaction, SendState } from './message.ts';

/** What is known around an event while it is read. */
export interface ReadingContext {
  readonly client: MatrixClient;
  readonly room: Room;
  readonly isDirect: boolean;
  /** Whether somebody else has read so far. */
  readonly isRead: (event: MatrixEvent) => boolean;
  /** An event that another one answers, when it is known. */
  readonly quoted: (eventId: string) => MatrixEvent | undefined;
  readonly polls: Polls;
  /** The thread that begins with an event, where it is shown. */
  readonly thread: (eventId: string) => ThreadSummary | undefined;
}

/** What an event is to those who read the conversation; `undefined` for what changes or annotates something else. */
export function happeningOf(event: MatrixEvent, context: ReadingContext): Happening | undefined {
  const message = messageOf(event, context);
  if (message !== undefined) return { kind: 'message', message };
  const notice = noticeIn(event, context);
  if (notice === undefined || !isWorthTelling(notice, event, context)) return undefined;
  return { kind: 'notice', key: keyOf(event), at: event.getTs(), notice };
}

/** The same from the moment that one sends it on; the transaction's id on the device that sent it. */
export const keyOf = (event: MatrixEvent): string =>
  event.getTxnId() ?? event.getUnsigned().transaction_id ?? event.getId() ?? '';

function noticeIn(event: MatrixEvent, context: ReadingContext): Notice | undefined {
  if (isPollEnd(event.getType())) return endNotice(event, context);
  if (event.getType() === 'm.key.verification.done') return { kind: 'compared', who: event.getSender() ?? '' };
  if (!event.isState()) return undefined;
  return noticeOf({
    type: event.getType(),
    sender: event.getSender() ?? '',
    stateKey: event.getStateKey() ?? '',
    content: event.getContent(),
    before: event.getPrevContent(),
  });
}

/** The end of a poll is worth a line; where the poll is not known yet, as soon as it is. */
function endNotice(event: MatrixEvent, { quoted, polls }: ReadingContext): Notice | undefined {
  const start = event.relationEventId === undefined ? undefined : quoted(event.relationEventId);
  const poll = start && polls.endedBy(event, start);
  return poll && { kind: 'pollEnded', who: event.getSender() ?? '', name: poll.question };
}

/** What people do to a new room right after making it goes without saying for so many milliseconds. */
const MAKING = 10_000;
/** What the room is made with is there at once. */
const AT_ONCE = 500;

/** In direct talk how it began goes without saying; of a group it is enough that it was made, and who was invited. */
function isWorthTelling(notice: Notice, event: MatrixEvent, { isDirect, room }: ReadingContext): boolean {
  const made = room.currentState.getStateEvents('m.room.create', '');
  const isByMaker = made !== null && made.getSender() === event.getSender();
  const age = isByMaker ? event.getTs() - made.getTs() : Infinity;
  if (notice.kind === 'encrypted') return age > AT_ONCE;
  if (isDirect) return !['created', 'joined', 'invited', 'named'].includes(notice.kind);
  return age > MAKING || !['joined', 'named', 'pictured'].includes(notice.kind);
}

function messageOf(event: MatrixEvent, context: ReadingContext): Message | undefined {
  const content = saidIn(event);
  const senderId = event.getSender();
  if (content === undefined || senderId === undefined) return undefined;
  const { client, room } = context;
  const own = senderId === client.getSafeUserId();
  const isSent = event.status === null || event.status === EventStatus.SENT;
  const answered =
    content.kind === 'deleted' ? undefined : (repliedTo(event.getContent()) ?? repliedTo(event.getOriginalContent()));
  const thread = context.thread(event.getId() ?? '');
  return {
    key: keyOf(event),
    id: event.getId() ?? '',
    sender: personIn(client, room, senderId),
    own,
    at: event.getTs(),
    content,
    edited: event.replacingEventId() !== undefined && content.kind !== 'deleted',
    ...(answered !== undefined && { quote: quoteOf(answered, context) }),
    ...(thread !== undefined && { thread }),
    reactions: content.kind === 'deleted' ? [] : reactionsTo(event, context),
    ...(content.kind === 'poll' && { poll: context.polls.read(event, content.poll) }),
    ...(own && { state: stateOf(event, context) }),
    mayEdit: own && isSent && content.kind === 'text',
    mayDelete: content.kind !== 'deleted' && (own || (!context.isDirect && mayRedact(event, context))),
  };
}

const SEND_STATES: Readonly<Record<EventStatus, SendState>> = {
  [EventStatus.ENCRYPTING]: 'sending',
  [EventStatus.QUEUED]: 'sending',
  [EventStatus.SENDING]: 'sending',
  [EventStatus.SENT]: 'sent',
  [EventStatus.NOT_SENT]: 'failed',
  [EventStatus.CANCELLED]: 'failed',
};

/** Also of a change to it that is on its way. */
function stateOf(event: MatrixEvent, { isRead }: ReadingContext): SendState {
  const status = event.getAssociatedStatus();
  if (status !== null && status !== EventStatus.SENT) return SEND_STATES[status];
  return isRead(event) ? 'read' : 'sent';
}

function mayRedact(event: MatrixEvent, { client, room }: ReadingContext): boolean {
  return room.currentState.maySendRedactionForEvent(event, client.getSafeUserId());
}

function quoteOf(id: string, { client, room, quoted }: ReadingContext): Quote {
  const event = quoted(id);
  const senderId = event?.getSender();
  const content = event === undefined ? undefined : saidIn(event);
  return {
    id,
    ...(senderId !== undefined && { sender: personIn(client, room, senderId) }),
    ...(content !== undefined && { content }),
  };
}

function reactionsTo(event: MatrixEvent, { client, room }: ReadingContext): readonly Reaction[] {
  const id = event.getId();
  const relations =
    id === undefined ? undefined : room.relations.getChildEventsForEvent(id, 'm.annotation', 'm.reaction');
  const me = client.getSafeUserId();
  return (relations?.getSortedAnnotationsByKey() ?? []).flatMap(([emoji, events]) => {
    const senders = [
      ...new Set([...events].filter((each) => !each.isRedacted()).map((each) => each.getSender() ?? '')),
    ];
    if (senders.length === 0) return [];
    const names = senders.map((userId) => personIn(client, room, userId).name);
    return [{ emoji, count: senders.length, own: senders.includes(me), names }];
  });
}

/** One's own reaction with an emoji, to take it back. */
export function ownReaction(client: MatrixClient, room: Room, eventId: string, emoji: string): MatrixEvent | undefined {
  const relations = room.relations.getChildEventsForEvent(eventId, 'm.annotation', 'm.reaction');
  const [, events] = relations?.getSortedAnnotationsByKey()?.find(([key]) => key === emoji) ?? [];
  return [...(events ?? [])].find((each) => each.getSender() === client.getSafeUserId() && !each.isRedacted());
}
