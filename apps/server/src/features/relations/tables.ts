import type { EventId, RoomId, UserId } from '@byline/protocol';
import type { Position } from '../../platform/log/entry.ts';

/** The tables of relations, a set for each kind of room; a store is made for one of them and cannot reach the other. */
export type RelationTables = {
  relations: RelationRow;
  account_relations: RelationRow;
};

export type RelationTable = keyof RelationTables;

export interface RelationRow {
  event_id: EventId;
  room_id: RoomId;
  parent_id: EventId;
  parent_sender: UserId;
  rel_type: string;
  type: string;
  sender: UserId;
  /** What an annotation says. */
  annotation_key: string | null;
  /** The first event of the thread that the event is in; null: it is in the main timeline. */
  thread_id: EventId | null;
  position: Position;
  /** `origin_server_ts`, by which the newest of several replacements is found. */
  sent_at: number;
  /** Whether the server tells of it with the parent: 0 or 1. */
  describes_parent: number;
  /** Whether the event is redacted, by which it relates to nothing any more; only its thread is still known. 0 or 1. */
  redacted: number;
}
