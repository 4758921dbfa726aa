import type { UserId } from '@byline/protocol';
import type { EventEntry, Position } from '../../platform/log/entry.ts';
import type { Room, RoomGraph } from '../graph/service.ts';
import { PastRoom } from './past-room.ts';

const READ_AT_ONCE = 20;
const ASKED_STATE = ['m.room.member', 'm.room.power_levels'] as const;

/** A walk back through a room's events, with the room as it was at each. */
export class RoomWalk {
  readonly #graph: RoomGraph;
  readonly #room: Room;
  readonly #userId: UserId;
  /** Up to where nothing was meant for the user. */
  readonly #start: Position;
  #past: PastRoom | undefined;
  /** What is read and comes next, the newest last. */
  #read: EventEntry[] = [];
  #upTo: Position;
  #isRead = false;

  constructor(
    graph: RoomGraph,
    room: Room,
    userId: UserId,
    span: { readonly after: Position; readonly upTo: Position },
  ) {
    this.#graph = graph;
    this.#room = room;
    this.#userId = userId;
    this.#start = span.after;
    this.#upTo = span.upTo;
  }

  /** Where the next event stands at the latest; at the very place if it is read. */
  get at(): Position {
    return this.#read.at(-1)?.position ?? this.#upTo;
  }

  get isRead(): boolean {
    return this.#read.length > 0;
  }

  get isOver(): boolean {
    return this.#isRead && this.#read.length === 0;
  }

  /** Reads what comes next. */
  async read(): Promise<void> {
    this.#past ??= await this.#pastRoom();
    const span = { after: this.#start, upTo: this.#upTo };
    this.#read = await this.#graph.page(this.#room.id, span, 'newest', READ_AT_ONCE);
    this.#isRead = this.#read.length < READ_AT_ONCE;
    this.#upTo = (this.#read[0]?.position ?? this.#upTo) - 1;
  }

  /** The next event, which was read, and the room as it was; `undefined`: it was not read. */
  take(): { readonly entry: EventEntry; readonly past: PastRoom } | undefined {
    const entry = this.#read.pop();
    return entry === undefined || this.#past === undefined ? undefined : { entry, past: this.#past };
  }

  async #pastRoom(): Promise<PastRoom> {
    const past = new PastRoom(this.#room, this.#userId);
    const { position } = this.#room;
    if (position <= this.#upTo) return past;
    const later = await this.#graph.stateEventsAfter([this.#room.id], ASKED_STATE, this.#upTo);
    past.goBackBefore(later.filter((entry) => entry.position <= position));
    return past;
  }
}
