import { authEventKeys } from '@byline/core/event/auth-events.ts';
import { authorise } from '@byline/core/event/authorisation.ts';
import { roomIdOfCreate } from '@byline/core/event/hash.ts';
import { ROOM_VERSION_RULES } from '@byline/core/event/room-version.ts';
import { type SignedEvent, signEvent } from '@byline/core/event/signature.ts';
import type { SigningKey } from '@byline/core/event/signing-key.ts';
import {
  DomainError,
  type EventId,
  type JsonObject,
  RoomId,
  type RoomVersion,
  type UnsignedPdu,
  type UserId,
} from '@byline/protocol';
import { randomBytes } from 'node:crypto';
import type { RoomView } from './room.ts';

/** What somebody wants to put into a room. */
export interface EventDraft {
  readonly type: string;
  /** Present: a state event. */
  readonly stateKey?: string;
  readonly sender: UserId;
  readonly content: JsonObject;
  /** Of a redaction: the event whose content goes. */
  readonly redacts?: EventId;
}

/** Specification, client-server API: "Size limits". */
const LARGEST_EVENT_BYTES = 65_536;
const LONGEST_FIELD_BYTES = 255;

/** Makes the create event of a room, and the room's id. */
export const buildCreate = (draft: EventDraft, version: RoomVersion, at: number, key: SigningKey) => {
  const { roomIdFrom, creatorIn } = ROOM_VERSION_RULES[version];
  const givenId = roomIdFrom === 'server' ? newRoomId(key) : undefined;
  const content = {
    ...draft.content,
    room_version: version,
    ...(creatorIn === 'content' ? { creator: draft.sender } : {}),
  };
  const signed = sign(
    {
      ...(givenId === undefined ? {} : { room_id: givenId }),
      type: 'm.room.create',
      state_key: '',
      sender: draft.sender,
      content,
      depth: 1,
      prev_events: [],
      auth_events: [],
      origin_server_ts: at,
    },
    { version, get: () => undefined },
    key,
  );
  return { signed, roomId: givenId ?? roomIdOfCreate(signed.eventId) };
};

/** Makes an event that follows the head of a room, if the room's state allows it. */
export const buildEvent = (draft: EventDraft, room: RoomView, at: number, key: SigningKey): SignedEvent => {
  const { redactsIn } = ROOM_VERSION_RULES[room.version];
  const inContent = draft.redacts !== undefined && redactsIn === 'content';
  const event: UnsignedPdu = {
    room_id: room.id,
    type: draft.type,
    ...(draft.stateKey === undefined ? {} : { state_key: draft.stateKey }),
    sender: draft.sender,
    content: inContent ? { ...draft.content, redacts: draft.redacts } : draft.content,
    ...(draft.redacts === undefined || inContent ? {} : { redacts: draft.redacts }),
    depth: room.head.depth + 1,
    prev_events: [room.head.eventId],
    auth_events: [],
    origin_server_ts: at,
  };
  return sign({ ...event, auth_events: authEventsOf(event, room) }, room, key, room);
};

const authEventsOf = (event: UnsignedPdu, room: RoomView): EventId[] =>
  authEventKeys(event, room.version)
    .map(({ type, stateKey }) => room.entry(type, stateKey)?.eventId)
    .filter((eventId) => eventId !== undefined);

const sign = (
  event: UnsignedPdu,
  state: Pick<RoomView, 'version' | 'get'>,
  key: SigningKey,
  room?: RoomView,
): SignedEvent => {
  requireFieldsToFit(event);
  const verdict = authorise(event, { ...state, get: state.get, roomId: room?.id, createEventId: room?.createEventId });
  if (!verdict.allowed) throw new DomainError('M_FORBIDDEN', verdict.reason);
  const signed = signEvent(event, state.version, key);
  if (Buffer.byteLength(signed.json) > LARGEST_EVENT_BYTES) {
    throw new DomainError('M_TOO_LARGE', 'The message is too large: an event may have at most 64 KiB.');
  }
  return signed;
};

const requireFieldsToFit = (event: UnsignedPdu): void => {
  for (const field of [event.type, event.state_key ?? '', event.sender]) {
    if (Buffer.byteLength(field) > LONGEST_FIELD_BYTES) {
      throw new DomainError(
        'M_TOO_LARGE',
        `An event's type and state key may have at most ${LONGEST_FIELD_BYTES} bytes.`,
      );
    }
  }
};

const newRoomId = (key: SigningKey): RoomId =>
  RoomId.parse(`!${randomBytes(15).toString('base64url')}:${key.serverName}`);
