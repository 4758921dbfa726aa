import type { PublishedRoom } from '@byline/protocol/matrix/room-directory.ts';
import type { RoomSummaryFields } from '@byline/protocol/matrix/room-summary.ts';
import type { RoomSummary } from './summary.ts';

/** A room as the public directory lists it. */
export const publishedAnswer = (room: RoomSummary): PublishedRoom => ({
  room_id: room.roomId,
  name: room.name,
  topic: room.topic,
  avatar_url: room.avatarUrl,
  canonical_alias: room.canonicalAlias,
  num_joined_members: room.joinedMembers,
  world_readable: room.worldReadable,
  guest_can_join: room.guestsCanJoin,
  join_rule: room.joinRule,
  room_type: room.type,
});

/** The same with what one must know to come in. */
export const summaryAnswer = (room: RoomSummary): RoomSummaryFields => ({
  ...publishedAnswer(room),
  ...(room.allowedRooms.length === 0 ? {} : { allowed_room_ids: [...room.allowedRooms] }),
  encryption: room.encryption,
  room_version: room.version,
});
