import type { Pdu, RoomId } from '@byline/protocol';
import type { Position } from '../../../platform/log/entry.ts';
import type { Log } from '../../../platform/log/log.ts';
import type { Tail } from '../../../platform/log/tail.ts';
import type { RoomGraph } from '../../graph/service.ts';

const CREATE = 'm.room.create';
const ENCRYPTION = 'm.room.encryption';
const TYPES = [CREATE, ENCRYPTION];
const ROOMS_KEPT = 200_000;

/** What lists ask of a room's state. */
export interface RoomFacts {
  readonly type: string | null;
  readonly isEncrypted: boolean;
}

const PLAIN: RoomFacts = { type: null, isEncrypted: false };

/** What lists ask of the state of rooms, for all users together, so that a list is filtered without reading the rooms. */
export class KnownFacts {
  readonly #graphs: readonly RoomGraph[];
  readonly #log: Log;
  readonly #tail: Tail;
  readonly #facts = new Map<RoomId, RoomFacts>();
  /** The position up to which they are true. */
  #upTo: Position;

  constructor(parts: { readonly graphs: readonly RoomGraph[]; readonly log: Log; readonly tail: Tail }) {
    this.#graphs = parts.graphs;
    this.#log = parts.log;
    this.#tail = parts.tail;
    this.#upTo = parts.log.position;
  }

  /** Reads what is not known of some rooms yet, and what has changed. */
  async prepare(roomIds: readonly RoomId[]): Promise<void> {
    this.#catchUp();
    const unknown = roomIds.filter((roomId) => !this.#facts.has(roomId));
    if (unknown.length === 0) return;
    if (this.#facts.size + unknown.length > ROOMS_KEPT) this.#facts.clear();
    for (const roomId of unknown) this.#facts.set(roomId, PLAIN);
    for (const graph of this.#graphs) {
      for (const { roomId, pdu } of await graph.statesOf(unknown, TYPES)) this.#apply(roomId, pdu);
    }
  }

  of(roomId: RoomId): RoomFacts {
    return this.#facts.get(roomId) ?? PLAIN;
  }

  #catchUp(): void {
    const missed = this.#tail.after(this.#upTo);
    if (missed === undefined) this.#facts.clear();
    for (const entry of missed ?? []) {
      if (entry.kind === 'event' && this.#facts.has(entry.roomId)) this.#apply(entry.roomId, entry.pdu);
    }
    this.#upTo = this.#log.position;
  }

  #apply(roomId: RoomId, { type, state_key: stateKey, content }: Pdu): void {
    const facts = this.#facts.get(roomId);
    if (facts === undefined || stateKey !== '') return;
    if (type === ENCRYPTION) this.#facts.set(roomId, { ...facts, isEncrypted: true });
    if (type === CREATE && typeof content['type'] === 'string') {
      this.#facts.set(roomId, { ...facts, type: content['type'] });
    }
  }
}
