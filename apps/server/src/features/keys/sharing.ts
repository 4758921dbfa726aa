import type { UserId } from '@byline/protocol';
import type { EventEntry, LinkedEvent, Position } from '../../platform/log/entry.ts';
import type { Room } from '../graph/service.ts';

/** What of a room's state says who shares it as an encrypted one. */
export const SHARING_TYPES: readonly string[] = ['m.room.member', 'm.room.encryption'];

type StateText = Pick<LinkedEvent, 'pdu'> | undefined;

/** A room as far as it matters here. */
export type SharedRoom = Pick<Room, 'id' | 'entry' | 'members'>;

/** Who began and who ceased to share an encrypted room with a user between two moments. */
export interface SharingChanges {
  readonly begun: readonly UserId[];
  readonly ended: readonly UserId[];
}

/**
 * With whom a user shares encrypted rooms at two moments of the log. `rooms` are all that the user was in at either of them,
 * as they stand now, and `entries` all their state events of `SHARING_TYPES` after the first moment, oldest first.
 *
 * NOTSPEC: who is invited shares the room too. Clients encrypt for them already, and would miss their new devices.
 */
export class Sharing {
  readonly #me: UserId;
  readonly #before: readonly Moment[];
  readonly #after: readonly Moment[];

  constructor(
    me: UserId,
    rooms: readonly SharedRoom[],
    entries: readonly EventEntry[],
    { since, upTo }: { readonly since: Position; readonly upTo: Position },
  ) {
    this.#me = me;
    const ofRooms = Map.groupBy(entries, (entry) => entry.roomId);
    const momentsAt = (position: Position) =>
      rooms.map((room) => new Moment(me, room, overwrittenAfter(ofRooms.get(room.id) ?? [], position)));
    this.#before = momentsAt(since);
    this.#after = momentsAt(upTo);
  }

  /** Whether somebody shares an encrypted room at the later moment. */
  sharesNow(userId: UserId): boolean {
    return this.#after.some((moment) => moment.isSharedWith(userId));
  }

  /** All who share one at the later moment. */
  peersNow(): Set<UserId> {
    const peers = new Set<UserId>();
    for (const moment of this.#after) for (const peer of moment.peers()) peers.add(peer);
    peers.delete(this.#me);
    return peers;
  }

  changes(): SharingChanges {
    const begun = new Set<UserId>();
    const ended = new Set<UserId>();
    for (const [index, before] of this.#before.entries()) {
      const after = this.#after[index];
      if (after === undefined) continue;
      for (const userId of mayDiffer(before, after)) {
        const [was, is] = [before.isSharedWith(userId), after.isSharedWith(userId)];
        if (is && !was) begun.add(userId);
        if (was && !is) ended.add(userId);
      }
    }
    for (const users of [begun, ended]) users.delete(this.#me);
    return {
      begun: [...begun].filter((userId) => !this.#before.some((moment) => moment.isSharedWith(userId))),
      ended: [...ended].filter((userId) => !this.sharesNow(userId)),
    };
  }
}

/** Those whose sharing of a room may be another at the second moment, so that few are looked at where few have moved. */
const mayDiffer = (before: Moment, after: Moment): Iterable<UserId> => {
  if (!before.isActive && !after.isActive) return [];
  return before.isActive && after.isActive ? before.moved() : after.everybody();
};

/** A room as it stood at a moment, for one user. */
class Moment {
  readonly #room: SharedRoom;
  /** What stood then at the keys that have changed since. */
  readonly #stood: ReadonlyMap<string, StateText>;
  /** Whether the user was in the room and the room was encrypted. */
  readonly isActive: boolean;

  constructor(me: UserId, room: SharedRoom, stood: ReadonlyMap<string, StateText>) {
    this.#room = room;
    this.#stood = stood;
    this.isActive = this.#membership(me) === 'join' && this.#at('m.room.encryption', '') !== undefined;
  }

  isSharedWith(userId: UserId): boolean {
    if (!this.isActive) return false;
    const membership = this.#membership(userId);
    return membership === 'join' || membership === 'invite';
  }

  *peers(): Generator<UserId> {
    if (!this.isActive) return;
    for (const userId of this.everybody()) if (this.isSharedWith(userId)) yield userId;
  }

  /** Who moved since then. */
  *moved(): Generator<UserId> {
    for (const key of this.#stood.keys()) if (key.startsWith(MEMBER)) yield key.slice(MEMBER.length) as UserId;
  }

  /** All who were ever named a member. */
  *everybody(): Generator<UserId> {
    for (const { pdu } of this.#room.members()) if (pdu.state_key !== undefined) yield pdu.state_key as UserId;
  }

  #membership(userId: UserId): unknown {
    return this.#at('m.room.member', userId)?.pdu.content['membership'];
  }

  #at(type: string, stateKey: string): StateText {
    const key = keyOf(type, stateKey);
    return this.#stood.has(key) ? this.#stood.get(key) : this.#room.entry(type, stateKey);
  }
}

/** What stood at a position at each key that was written over after it. */
const overwrittenAfter = (entries: readonly EventEntry[], position: Position): ReadonlyMap<string, StateText> => {
  const stood = new Map<string, StateText>();
  for (const { position: at, pdu, replaces } of entries) {
    const key = keyOf(pdu.type, pdu.state_key ?? '');
    if (at > position && !stood.has(key)) stood.set(key, replaces);
  }
  return stood;
};

const keyOf = (type: string, stateKey: string): string => `${type}\0${stateKey}`;

const MEMBER = keyOf('m.room.member', '');
