import {
  type EventTimelineSet,
  inMainTimelineForReceipt,
  type MatrixClient,
  type MatrixEvent,
  type Room,
  type Thread,
} from 'matrix-js-sdk';
import { unreadInThread } from './unread.ts';

/** Who has read how far. */
export type Receipts = Pick<Room, 'getReceiptsForEvent' | 'getReadReceiptForUserId' | 'getEventReadUpTo'>;

/** Where in a room something is said: in its main timeline, or in a thread. It is all in which the two differ. */
export interface Place {
  /** The event with which the thread begins; `null` for the main timeline. */
  readonly threadId: string | null;
  readonly timelineSet: EventTimelineSet;
  readonly receipts: Receipts;
  /** Under which what is typed here is kept. */
  readonly draftKey: string;
  /** How many messages wait here to be read. */
  readonly unread: () => number;
  /** Whether what is not sent yet belongs here. */
  readonly holds: (pending: MatrixEvent) => boolean;
  /** Whether somebody who reads it has read as far here: a thread's root counts in the main timeline. */
  readonly counts: (event: MatrixEvent) => boolean;
  /** Tells the others that one has read as far. Throws `MatrixError`. */
  readonly acknowledge: (event: MatrixEvent) => Promise<void>;
}

export const mainPlace = (client: MatrixClient, room: Room): Place => ({
  threadId: null,
  timelineSet: room.getUnfilteredTimelineSet(),
  receipts: room,
  draftKey: room.roomId,
  unread: () => room.getRoomUnreadNotificationCount(),
  holds: (pending) => room.eventShouldLiveIn(pending).shouldLiveInRoom,
  counts: inMainTimelineForReceipt,
  acknowledge: async (event) => {
    // The marker takes a receipt along, but one that would say that all threads were read, too.
    await Promise.all([client.setRoomReadMarkers(room.roomId, event.getId() ?? ''), client.sendReadReceipt(event)]);
  },
});

export const threadPlace = (client: MatrixClient, room: Room, thread: Thread): Place => ({
  threadId: thread.id,
  timelineSet: thread.timelineSet,
  receipts: thread,
  draftKey: `${room.roomId} ${thread.id}`,
  unread: () => unreadInThread(client, thread),
  holds: (pending) => pending.threadRootId === thread.id && !inMainTimelineForReceipt(pending),
  counts: (event) => !inMainTimelineForReceipt(event),
  acknowledge: async (event) => {
    await client.sendReadReceipt(event);
  },
});
