import { creationEvents } from '@byline/core/room/presets.ts';
import {
  DEFAULT_ROOM_VERSION,
  DomainError,
  type JsonObject,
  Localpart,
  type ServerName,
  type UserId,
  userIdOf,
} from '@byline/protocol';
import { RESERVED_FOR_NOTICES } from '../users/service.ts';
import type { EventDraft, RoomView } from '../graph/service.ts';

/** The tag by which clients know the room (specification, client-server API: "Server Notices"). */
export const NOTICE_TAG = 'm.server_notice';

/** Who speaks there. */
export const noticesUser = (serverName: ServerName): UserId =>
  userIdOf(Localpart.parse(RESERVED_FOR_NOTICES), serverName);

/** Whether a room is one of those in which the provider speaks to a user: only they are made by that user. */
export const isNoticeRoom = (room: RoomView, serverName: ServerName): boolean =>
  room.entry('m.room.create', '')?.pdu.sender === noticesUser(serverName);

/** Throws `M_CANNOT_LEAVE_SERVER_NOTICE_ROOM` for such a room. */
export const requireLeavable = (room: RoomView, serverName: ServerName): void => {
  if (!isNoticeRoom(room, serverName)) return;
  throw new DomainError(
    'M_CANNOT_LEAVE_SERVER_NOTICE_ROOM',
    'Here the provider tells you what concerns your account, so you can not leave. You can mute it.',
  );
};

/** The events of a new one. Nobody but the provider speaks in it or changes it. */
export const noticeRoomEvents = (speaker: UserId, user: UserId, profileOf: (userId: UserId) => JsonObject) =>
  creationEvents({
    version: DEFAULT_ROOM_VERSION,
    creator: speaker,
    name: 'Notices · 通知',
    topic: 'What your provider tells you about your account. · 服务提供方关于您账号的通知。',
    invite: [user],
    powerLevelContentOverride: { events_default: 100, state_default: 100, invite: 100, redact: 100, events: {} },
    profileOf,
  }).map(({ type, stateKey, content }): EventDraft => ({ type, stateKey, sender: speaker, content }));
