import { DomainError, type ClientEvent, type JsonObject, type RoomId } from '@byline/protocol';
import type { Session } from '../../platform/http/session.ts';
import { clientEvent, clientJsonFor } from '../graph/service.ts';
import type { Reading, RoomAccess } from './access.ts';

/** Reads the state of rooms: as it is, or as it was when the reader left. */
export class RoomStates {
  readonly #access: RoomAccess;

  constructor(access: RoomAccess) {
    this.#access = access;
  }

  /** Every state event, as JSON text. Throws `M_FORBIDDEN`. */
  async all(session: Session, roomId: RoomId): Promise<readonly string[]> {
    const { graph, room, upTo, selfMember } = await this.#access.reading(session.userId, roomId);
    const state = await graph.stateOf(room, upTo);
    const own = selfMember === undefined ? [] : [JSON.stringify(selfMember)];
    return [...state.map((entry) => clientJsonFor(entry, session)), ...own];
  }

  /** One state event. Throws `M_FORBIDDEN`, `M_NOT_FOUND`. */
  async event({ userId }: Session, roomId: RoomId, type: string, stateKey: string): Promise<ClientEvent> {
    const reading = await this.#access.reading(userId, roomId);
    const { selfMember } = reading;
    if (type === 'm.room.member' && stateKey === selfMember?.state_key) return selfMember;
    const entry = await entryIn(reading, type, stateKey);
    if (entry === undefined) throw new DomainError('M_NOT_FOUND', 'The room has no such state.');
    return clientEvent(entry);
  }

  /** The content of one state event. Throws `M_FORBIDDEN`, `M_NOT_FOUND`. */
  async content(session: Session, roomId: RoomId, type: string, stateKey: string): Promise<JsonObject> {
    return (await this.event(session, roomId, type, stateKey)).content;
  }
}

const entryIn = async ({ graph, room, upTo }: Reading, type: string, stateKey: string) => {
  const present = room.entry(type, stateKey);
  if (present === undefined || present.position <= upTo) return present;
  return graph.stateEntryAt(room.id, type, stateKey, upTo);
};
