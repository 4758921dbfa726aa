import { membershipOf } from '@byline/core/event/room-state.ts';
import { DomainError, type EventId, type RoomId, type UserId } from '@byline/protocol';
import type { EventDraft, RoomGraph, RoomView } from '../graph/service.ts';
import type { People } from './people.ts';

const GUEST_ACCESS = 'm.room.guest_access';

/** Which rooms let guests in (specification, client-server API: "Guest Access"). */
export class GuestAccess {
  readonly #conversations: RoomGraph;
  readonly #accountRooms: RoomGraph;
  readonly #people: People;

  constructor(parts: { readonly conversations: RoomGraph; readonly accountRooms: RoomGraph; readonly people: People }) {
    this.#conversations = parts.conversations;
    this.#accountRooms = parts.accountRooms;
    this.#people = parts.people;
  }

  /** What must hold of a room when this user joins it; it throws `M_GUEST_ACCESS_FORBIDDEN`. */
  async checkFor(userId: UserId): Promise<(now: RoomView) => void> {
    const user = await this.#people.find(userId);
    return user?.kind === 'guest' ? requireOpen : () => undefined;
  }

  /** The same of the room of a public account. */
  async requireWelcome(userId: UserId, roomId: RoomId): Promise<void> {
    const room = await this.#accountRooms.room(roomId);
    if (room !== undefined) (await this.checkFor(userId))(room);
  }

  /** Has the guests leave a conversation that does not let guests in any more. */
  async dismiss(roomId: RoomId): Promise<void> {
    const room = await this.#conversations.room(roomId);
    if (room === undefined || isOpen(room)) return;
    const guests = await this.#people.guestsAmong([...room.joined]);
    await Promise.all(guests.map((guest) => this.#conversations.append(roomId, (now) => leaving(guest, now))));
  }

  /** Whether an event is what lets guests into a room, so that without it they have to go. */
  isWhatLetsIn(eventId: EventId, room: RoomView): boolean {
    return room.entry(GUEST_ACCESS, '')?.eventId === eventId;
  }

  /** Whether such a piece of state decides on guests. */
  decides(type: string, stateKey: string): boolean {
    return type === GUEST_ACCESS && stateKey === '';
  }
}

const isOpen = (room: RoomView): boolean => room.entry(GUEST_ACCESS, '')?.pdu.content['guest_access'] === 'can_join';

const requireOpen = (room: RoomView): void => {
  if (isOpen(room)) return;
  throw new DomainError('M_GUEST_ACCESS_FORBIDDEN', 'This room is not open to guests. Please sign up to join it.');
};

/** Nothing, where the room lets guests in again, or the guest has gone. */
const leaving = (guest: UserId, now: RoomView): readonly EventDraft[] =>
  isOpen(now) || membershipOf(guest, now) !== 'join'
    ? []
    : [{ type: 'm.room.member', stateKey: guest, sender: guest, content: { membership: 'leave' } }];
