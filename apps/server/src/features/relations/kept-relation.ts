import type { EventId, RoomId, UserId } from '@byline/protocol';
import type { Position } from '../../platform/log/entry.ts';
import type { RelationRow } from './tables.ts';

/** How an event relates to another, as it is kept. */
export interface KeptRelation {
  readonly eventId: EventId;
  readonly roomId: RoomId;
  readonly parentId: EventId;
  readonly parentSender: UserId;
  readonly relType: string;
  readonly type: string;
  readonly sender: UserId;
  /** What an annotation says. */
  readonly key: string | null;
  /** The first event of the thread that the event is in; `null`: it is in the main timeline. */
  readonly threadId: EventId | null;
  readonly position: Position;
  readonly sentAt: number;
  /** Whether the server tells of it with the parent. */
  readonly describesParent: boolean;
  /** Redacted, it relates to nothing any more; only its thread is still known. */
  readonly redacted: boolean;
}

export const rowOf = (relation: KeptRelation): RelationRow => ({
  event_id: relation.eventId,
  room_id: relation.roomId,
  parent_id: relation.parentId,
  parent_sender: relation.parentSender,
  rel_type: relation.relType,
  type: relation.type,
  sender: relation.sender,
  annotation_key: relation.key,
  thread_id: relation.threadId,
  position: relation.position,
  sent_at: relation.sentAt,
  describes_parent: relation.describesParent ? 1 : 0,
  redacted: relation.redacted ? 1 : 0,
});

export const relationOfRow = (row: RelationRow): KeptRelation => ({
  eventId: row.event_id,
  roomId: row.room_id,
  parentId: row.parent_id,
  parentSender: row.parent_sender,
  relType: row.rel_type,
  type: row.type,
  sender: row.sender,
  key: row.annotation_key,
  threadId: row.thread_id,
  position: row.position,
  sentAt: row.sent_at,
  describesParent: row.describes_parent === 1,
  redacted: row.redacted === 1,
});
