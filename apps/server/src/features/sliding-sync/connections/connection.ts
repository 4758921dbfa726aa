import type { RequiredState, RoomConfig } from '@byline/core/sliding-sync/required-state.ts';
import { DomainError, type RoomId } from '@byline/protocol';
import { tokenOf } from '@byline/protocol/matrix/token.ts';
import { randomInt } from 'node:crypto';
import type { Position } from '../../../platform/log/entry.ts';
import type { KeyCounts } from '../../keys/service.ts';

/** How far a client has been told of something that comes with each answer: all the time, up to a position, or never. */
export type Told = 'always' | Position | undefined;

/** What a client has been told of a room. Never changed; a new one takes its place. */
export interface RoomSent {
  readonly membership: string;
  readonly upTo: Position;
  /** Of which state it has been told; the same object for the same request. */
  readonly wanted: readonly RequiredState[];
  /** How many of the newest events it has without a gap; infinite: all that there are. */
  readonly shown: number;
  /** Members that it has been told of because they spoke. */
  readonly members: ReadonlySet<string>;
  readonly name?: string | undefined;
  readonly avatar?: string | undefined;
  readonly isDm: boolean;
  readonly joinedCount?: number | undefined;
  readonly invitedCount?: number | undefined;
  readonly bumpStamp: Position;
  readonly unread?: string | undefined;
  readonly accountData: Told;
  readonly receipts: Told;
  /** Whether the user was never in it, and will not be as things stand. */
  readonly isRefused: boolean;
  /** Whether others have begun or ceased to type without its being told. */
  readonly typingMissed: boolean;
}

/** What a client knows by the answers that it has. */
export interface Known {
  /** `undefined`: nothing yet. */
  readonly upTo: Position | undefined;
  /** Up to where it knows who types. */
  readonly typing: number;
  readonly counts: ReadonlyMap<string, number>;
  /** Whether it has the user's global account data. */
  readonly hasAccountData: boolean;
  /** The numbers of its keys that it was told last. */
  readonly keyCounts: KeyCounts | undefined;
  /** The rooms that it has named and not let go, where it names them once. */
  readonly subscriptions: ReadonlyMap<string, RoomConfig>;
}

/** An answer that the client may have, or may have lost. */
interface Given {
  readonly pos: string;
  readonly known: Known;
  readonly rooms: ReadonlyMap<RoomId, RoomSent>;
}

const NOTHING_KNOWN: Known = {
  upTo: undefined,
  typing: 0,
  counts: new Map(),
  hasAccountData: false,
  keyCounts: undefined,
  subscriptions: new Map(),
};

/** Answers that were given from one place: a client that asks again has lost those before, or has cancelled its request. */
const ANSWERS_KEPT = 4;

/**
 * One client's connection: what it knows, in memory only. That it has an answer is known when it asks from there on;
 * until then each answer says all that is new since the last one that it surely has.
 */
export class Connection {
  #pos: string | undefined;
  #known = NOTHING_KNOWN;
  readonly #rooms = new Map<RoomId, RoomSent>();
  #given: Given[] = [];
  #configs = new Map<string, readonly RequiredState[]>();
  #endPoll: () => void = () => undefined;

  get known(): Known {
    return this.#known;
  }

  get rooms(): ReadonlyMap<RoomId, RoomSent> {
    return this.#rooms;
  }

  /** The client asks on from an answer. Throws `M_UNKNOWN_POS`: there was no such answer, or it is too long ago. */
  goOnFrom(pos: string): void {
    if (pos === this.#pos) return;
    const given = this.#given.find((answer) => answer.pos === pos);
    if (given === undefined) throw unknownPosition();
    this.#pos = pos;
    this.#known = given.known;
    for (const [roomId, sent] of given.rooms) this.#rooms.set(roomId, sent);
    this.#given = [];
  }

  /** Keeps what the client will know if it gets an answer; returns the place of that answer. */
  give(known: Known, rooms: ReadonlyMap<RoomId, RoomSent>): string {
    const pos = `${tokenOf(known.upTo ?? 0)}_${randomInt(SMALLEST_MARK, LARGEST_MARK)}`;
    this.#given = [...this.#given.slice(1 - ANSWERS_KEPT), { pos, known, rooms }];
    return pos;
  }

  /** The same object for the same request, so that it is seen at a glance whether a client asks for something else. */
  sameConfig(wanted: readonly RequiredState[]): readonly RequiredState[] {
    const key = JSON.stringify(wanted);
    const same = this.#configs.get(key);
    if (same !== undefined) return same;
    if (this.#configs.size >= CONFIGS_KEPT) this.#configs = new Map();
    this.#configs.set(key, wanted);
    return wanted;
  }

  /** A client has one request under way: a new one ends the one before. */
  takeTurn(endPoll: () => void): void {
    this.#endPoll();
    this.#endPoll = endPoll;
  }
}

/** So large that a mark is never taken for a position, and never the same twice. */
const SMALLEST_MARK = 10 ** 14;
const LARGEST_MARK = 3 * SMALLEST_MARK;
const CONFIGS_KEPT = 200;

export const unknownPosition = (): DomainError =>
  new DomainError('M_UNKNOWN_POS', 'This place is not known here any more. Please begin anew.');
