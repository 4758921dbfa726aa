import { mayRedact } from '@byline/core/event/power-levels.ts';
import { membershipOf } from '@byline/core/event/room-state.ts';
import { DomainError, EventId, type JsonObject, type RoomId } from '@byline/protocol';
import type { Session } from '../../platform/http/session.ts';
import type { Transaction } from '../../platform/log/entry.ts';
import type { EventDraft, Room, RoomGraph, RoomView } from '../graph/service.ts';
import type { AccountRooms } from './account-rooms.ts';
import type { RoomAliases } from './aliases.ts';
import type { Gate } from './gate.ts';
import type { GuestAccess } from './guests.ts';
import type { Memberships } from './memberships.ts';
import { notInRoom } from './refusals.ts';
import { appendState } from './state-change.ts';

export interface SendingParts {
  readonly conversations: RoomGraph;
  readonly accounts: AccountRooms;
  readonly aliases: RoomAliases;
  readonly memberships: Memberships;
  readonly gate: Gate;
  readonly guests: GuestAccess;
}

/** What a client wants to say, and what it calls the request. */
export interface Message {
  readonly type: string;
  readonly content: JsonObject;
  readonly transactionId: string;
}

/** What is to be taken away, by whom, and why; `content` is what else the redaction says. */
interface Redaction {
  readonly target: EventId;
  readonly content: JsonObject;
  readonly transaction: Transaction;
}

/** Says things in rooms: messages, state, redactions. */
export class Sending {
  readonly #conversations: RoomGraph;
  readonly #accounts: AccountRooms;
  readonly #aliases: RoomAliases;
  readonly #memberships: Memberships;
  readonly #gate: Gate;
  readonly #guests: GuestAccess;

  constructor(parts: SendingParts) {
    this.#conversations = parts.conversations;
    this.#accounts = parts.accounts;
    this.#aliases = parts.aliases;
    this.#memberships = parts.memberships;
    this.#gate = parts.gate;
    this.#guests = parts.guests;
  }

  /** Throws `M_FORBIDDEN`, `M_TOO_LARGE`, `M_BAD_JSON`, and what `redact` throws. */
  async send(session: Session, roomId: RoomId, message: Message): Promise<EventId> {
    const { type, content, transactionId } = message;
    const room = await this.#conversations.room(roomId);
    if (room === undefined && (await this.#accounts.has(roomId))) {
      return this.#accounts.send(session, roomId, type, content, transactionId);
    }
    const transaction = { ...session, endpoint: `${roomId}/send/${type}`, transactionId };
    const ours = await this.#requireMayTalk(session, room);
    if (type === 'm.room.redaction') return this.#redact(ours, asRedaction(content, transaction));
    return this.#append(ours, { type, sender: session.userId, content }, transaction);
  }

  /** Throws `M_FORBIDDEN`, `M_NOT_FOUND` for an event that is not in the room, `BYLINE_IDENTITY_REQUIRED`. */
  async redact(
    session: Session,
    roomId: RoomId,
    target: EventId,
    { reason, transactionId }: { readonly reason: string | undefined; readonly transactionId: string },
  ): Promise<EventId> {
    const room = await this.#conversations.room(roomId);
    if (room === undefined && (await this.#accounts.has(roomId))) {
      return this.#accounts.redact(session, roomId, target, reason, transactionId);
    }
    const transaction = { ...session, endpoint: `${roomId}/redact/${target}`, transactionId };
    const ours = await this.#requireMayTalk(session, room);
    return this.#redact(ours, { target, content: reason === undefined ? {} : { reason }, transaction });
  }

  /**
   * Sets a piece of state. What stands already, by the same sender, is not said again.
   *
   * @throws DomainError `M_FORBIDDEN`, `M_TOO_LARGE`, `M_BAD_JSON`; `M_BAD_ALIAS` and `M_INVALID_PARAM` for a canonical alias.
   */
  async setState(session: Session, roomId: RoomId, place: StatePlace, content: JsonObject): Promise<EventId> {
    const { userId } = session;
    const { type, stateKey } = place;
    if (type === 'm.room.member') {
      await this.#gate.requireMayTalk(userId);
      return this.#memberships.set(userId, roomId, stateKey, content);
    }
    const room = await this.#requireMayTalk(session, await this.#conversations.room(roomId));
    if (type === 'm.room.redaction') throw new DomainError('M_FORBIDDEN', 'A redaction is a message, not state.');
    if (type === 'm.room.canonical_alias') await this.#aliases.requireOwn(room, content);
    const eventId = await appendState(this.#conversations, room, { type, stateKey, sender: userId, content });
    if (this.#guests.decides(type, stateKey)) await this.#guests.dismiss(roomId);
    return eventId;
  }

  async #requireMayTalk({ userId }: Session, room: Room | undefined): Promise<Room> {
    await this.#gate.requireMayTalk(userId);
    if (room === undefined || membershipOf(userId, room) !== 'join') throw notInRoom();
    return room;
  }

  async #redact(room: Room, { target, content, transaction }: Redaction): Promise<EventId> {
    const { userId: sender } = transaction;
    const redacted = await this.#conversations.event(target);
    if (redacted?.roomId !== room.id) throw new DomainError('M_NOT_FOUND', 'This room has no such event.');
    const draft = { type: 'm.room.redaction', sender, content, redacts: redacted.eventId };
    const letGuestsIn = this.#guests.isWhatLetsIn(target, room);
    const eventId = await this.#append(room, draft, transaction, (now) => {
      if (mayRedact(sender, redacted.pdu.sender, now)) return;
      throw new DomainError('M_FORBIDDEN', 'A higher power level is needed to remove what others have said.');
    });
    if (letGuestsIn) await this.#guests.dismiss(room.id);
    return eventId;
  }

  async #append(
    room: Room,
    draft: EventDraft,
    transaction: Transaction,
    check: (now: RoomView) => void = () => undefined,
  ): Promise<EventId> {
    const [entry] = await this.#conversations.append(
      room.id,
      (now) => {
        check(now);
        return [draft];
      },
      transaction,
    );
    if (entry === undefined) throw new Error('An event was appended, and there is none.');
    return entry.eventId;
  }
}

export interface StatePlace {
  readonly type: string;
  readonly stateKey: string;
}

const asRedaction = (given: JsonObject, transaction: Transaction): Redaction => {
  const { redacts, ...content } = given;
  const target = EventId.safeParse(redacts);
  if (!target.success) throw new DomainError('M_BAD_JSON', '"redacts" must name an event.');
  return { target: target.data, content, transaction };
};
