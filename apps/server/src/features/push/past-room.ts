import { levelToNotify, powerOf } from '@byline/core/event/power-levels.ts';
import type { RoomState } from '@byline/core/event/room-state.ts';
import type { PushContext } from '@byline/core/push/conditions.ts';
import type { Pdu, UserId } from '@byline/protocol';
import type { EventEntry } from '../../platform/log/entry.ts';
import type { Room } from '../graph/service.ts';

/** What of a room's state push rules ask for. */
interface Asked {
  readonly memberCount: number;
  readonly powerLevels: Pdu | undefined;
  readonly member: Pdu | undefined;
}

/**
 * A room as it was, while its events are looked at one after the other: how an event counts must not depend on when
 * somebody asks. It begins as the room was before the first of them and is led on by each.
 */
export class PastRoom {
  readonly #room: Room;
  readonly #userId: UserId;
  #asked: Asked;

  /** @param room as it is now; it must not have gone on since the events were read */
  constructor(room: Room, userId: UserId) {
    this.#room = room;
    this.#userId = userId;
    this.#asked = {
      memberCount: room.joined.size,
      powerLevels: room.get('m.room.power_levels', ''),
      member: room.get('m.room.member', userId),
    };
  }

  /** Goes back before the events of a span, which it is given in their order. */
  goBackBefore(events: readonly EventEntry[]): void {
    for (const { pdu, replaces } of events.toReversed()) {
      const before = replaces?.pdu;
      if (isMember(pdu)) this.#change({ memberCount: this.#asked.memberCount - joinsBy(pdu, before) });
      if (this.#isPowerLevels(pdu)) this.#change({ powerLevels: before });
      if (this.#isOwnMember(pdu)) this.#change({ member: before });
    }
  }

  /** Goes on to an event. */
  goOnTo({ pdu, replaces }: EventEntry): void {
    if (pdu.state_key === undefined) return;
    if (isMember(pdu)) this.#change({ memberCount: this.#asked.memberCount + joinsBy(pdu, replaces?.pdu) });
    if (this.#isPowerLevels(pdu)) this.#change({ powerLevels: pdu });
    if (this.#isOwnMember(pdu)) this.#change({ member: pdu });
  }

  /** What rules ask of the room besides the event that it has gone on to. */
  contextOf({ pdu }: EventEntry): PushContext {
    const { memberCount, member } = this.#asked;
    const displayName = member?.content['displayname'];
    return {
      user: this.#userId,
      displayName: typeof displayName === 'string' ? displayName : undefined,
      memberCount,
      senderMayNotify: (notification) => this.#mayNotify(pdu.sender, notification),
    };
  }

  #mayNotify(sender: UserId, notification: string): boolean {
    const state: RoomState = {
      version: this.#room.version,
      get: (type, stateKey) =>
        type === 'm.room.power_levels' && stateKey === '' ? this.#asked.powerLevels : this.#room.get(type, stateKey),
    };
    return powerOf(sender, state) >= levelToNotify(notification, state);
  }

  #change(change: Partial<Asked>): void {
    this.#asked = { ...this.#asked, ...change };
  }

  #isPowerLevels(pdu: Pdu): boolean {
    return pdu.type === 'm.room.power_levels' && pdu.state_key === '';
  }

  #isOwnMember(pdu: Pdu): boolean {
    return isMember(pdu) && pdu.state_key === this.#userId;
  }
}

/** Whether an event may change what rules ask of a room. */
export const changesPastRoom = ({ pdu }: EventEntry): boolean =>
  pdu.state_key !== undefined && (isMember(pdu) || pdu.type === 'm.room.power_levels');

const isMember = (pdu: Pdu): boolean => pdu.type === 'm.room.member' && pdu.state_key !== undefined;

/** How many more are in the room by a membership: one, none, or one less. */
const joinsBy = (pdu: Pdu, before: Pdu | undefined): number => countOf(pdu) - countOf(before);

const countOf = (pdu: Pdu | undefined): number => (pdu?.content['membership'] === 'join' ? 1 : 0);
