import { historyVisibilityOf } from '@byline/core/room/visibility.ts';
import { entryOf } from '@byline/core/json.ts';
import { RoomAlias, type RoomId, type RoomVersion } from '@byline/protocol';
import type { Room } from '../graph/service.ts';
import { roomsNamedBy } from './restricted.ts';

/** What somebody may see of a room before being in it. What its state says badly, it does not say. */
export interface RoomSummary {
  readonly roomId: RoomId;
  readonly version: RoomVersion;
  readonly name: string | undefined;
  readonly topic: string | undefined;
  readonly avatarUrl: string | undefined;
  readonly canonicalAlias: RoomAlias | undefined;
  readonly joinedMembers: number;
  readonly worldReadable: boolean;
  readonly guestsCanJoin: boolean;
  readonly joinRule: string;
  /** The rooms whose members may join. */
  readonly allowedRooms: readonly RoomId[];
  /** `m.space`, …; absent for a room for talking. */
  readonly type: string | undefined;
  readonly encryption: string | undefined;
}

export const summaryOf = (room: Room): RoomSummary => {
  const textIn = (type: string, key: string): string | undefined => {
    const text = entryOf(room.get(type, '')?.content, key);
    return typeof text === 'string' && text !== '' ? text : undefined;
  };
  return {
    roomId: room.id,
    version: room.version,
    name: textIn('m.room.name', 'name'),
    topic: textIn('m.room.topic', 'topic'),
    avatarUrl: textIn('m.room.avatar', 'url'),
    canonicalAlias: RoomAlias.safeParse(textIn('m.room.canonical_alias', 'alias')).data,
    joinedMembers: room.joined.size,
    worldReadable: historyVisibilityOf(room.get('m.room.history_visibility', '')?.content) === 'world_readable',
    guestsCanJoin: textIn('m.room.guest_access', 'guest_access') === 'can_join',
    joinRule: textIn('m.room.join_rules', 'join_rule') ?? 'invite',
    allowedRooms: roomsNamedBy(room.get('m.room.join_rules', '')?.content),
    type: textIn('m.room.create', 'type'),
    encryption: textIn('m.room.encryption', 'algorithm'),
  };
};
