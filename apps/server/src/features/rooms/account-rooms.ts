import type { ClientEvent, EventId, JsonObject, RoomId, UserId } from '@byline/protocol';
import type { Session } from '../../platform/http/session.ts';

/** The rooms of public accounts, as far as the client-server API leads into them. Publishing serves it. */
export interface AccountRooms {
  readonly has: (roomId: RoomId) => Promise<boolean>;
  /** Whether somebody may know of it: nobody but its operators, until the account was verified. */
  readonly isVisibleTo: (roomId: RoomId, userId: UserId | undefined) => Promise<boolean>;
  /** Whose handle it is: `#handle:server` leads to an account's room. */
  readonly byHandle: (handle: string) => Promise<RoomId | undefined>;
  readonly subscribe: (userId: UserId, roomId: RoomId) => Promise<void>;
  readonly unsubscribe: (userId: UserId, roomId: RoomId) => Promise<void>;
  readonly subscriptionsOf: (userId: UserId) => Promise<readonly { readonly roomId: RoomId }[]>;
  /** Says something into the room; whether the caller may, and in whose name, is decided there. */
  readonly send: (
    session: Session,
    roomId: RoomId,
    type: string,
    content: JsonObject,
    transactionId: string,
  ) => Promise<EventId>;
  readonly redact: (
    session: Session,
    roomId: RoomId,
    eventId: EventId,
    reason: string | undefined,
    transactionId: string,
  ) => Promise<EventId>;
  /** The membership that only the subscriber is shown; the room itself holds none. */
  readonly selfMember: (userId: UserId, roomId: RoomId) => Promise<ClientEvent | undefined>;
}
