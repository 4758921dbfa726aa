import type { EventEntry, Position } from '../../../platform/log/entry.ts';
import type { Room } from '../../graph/service.ts';
import { isLazy, type SyncContext, wantsRedundantMembers } from '../context.ts';
import type { Timeline } from './timeline.ts';
import type { UserView } from '../waiting/view.ts';

const MEMBERS_KEPT = 5_000;

/**
 * Which members one lazy device has been told of, so that it is not told again (specification: "Lazy-loading room
 * members"). A member is known by the position of the event, and only to who has the answer in which it was: a device
 * that lost it asks again from where it was before. It is in memory alone: who is told once more is not harmed.
 */
export class LazyMembers {
  /** Of each member event the position of the answer that told of it. */
  readonly #told = new Map<Position, Position>();

  /** Whether a device that has heard everything up to `since` knows a member. */
  knows(member: EventEntry, since: Position | undefined): boolean {
    const at = this.#told.get(member.position);
    return at !== undefined && since !== undefined && at <= since;
  }

  /** Remembers who is told of in an answer up to a position. */
  tell(entries: Iterable<EventEntry>, upTo: Position): void {
    for (const { position, pdu } of entries) {
      if (pdu.type === 'm.room.member' && !this.#told.has(position)) this.#told.set(position, upTo);
    }
    const oldest = this.#told.keys();
    for (let surplus = this.#told.size - MEMBERS_KEPT; surplus > 0; surplus -= 1) {
      this.#told.delete(oldest.next().value ?? 0);
    }
  }

  /** A device that begins anew knows nobody. */
  clear(): void {
    this.#told.clear();
  }
}

/** What a lazy device has been told; `undefined` of one that wants to be told of everybody. */
export const lazyMembersOf = (view: UserView, context: SyncContext): LazyMembers | undefined => {
  if (!isLazy(context)) return undefined;
  const device = view.device(context.device.deviceId);
  device.lazyMembers ??= new LazyMembers();
  return device.lazyMembers;
};

/** Those who speak in a timeline and whom the device does not know yet, nor learns of by the timeline itself. */
export const newcomersIn = (
  room: Room,
  timeline: Timeline,
  lazy: LazyMembers,
  context: SyncContext,
): readonly EventEntry[] => {
  const senders = new Set(timeline.entries.map(({ pdu }) => pdu.sender));
  const newcomers: EventEntry[] = [];
  for (const sender of senders) {
    const member = room.entry('m.room.member', sender);
    // Who has changed since is told of by that change.
    if (member === undefined || member.position > timeline.start) continue;
    if (wantsRedundantMembers(context) || !lazy.knows(member, context.since)) newcomers.push(member);
  }
  return newcomers;
};

/** The members that a device learns of by a timeline. */
export const membersIn = ({ entries }: Timeline): EventEntry[] =>
  entries.filter(({ pdu }) => pdu.type === 'm.room.member');
