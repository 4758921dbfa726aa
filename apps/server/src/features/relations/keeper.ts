import { describesParent, mayBeThreadRoot, type Relation, relationOf } from '@byline/core/relations/relation.ts';
import { DomainError, type EventId } from '@byline/protocol';
import type { Batch } from '../../platform/log/batch.ts';
import type { EventEntry } from '../../platform/log/entry.ts';
import type { RoomGraph } from '../graph/service.ts';
import type { KeptRelation } from './kept-relation.ts';
import type { RelationStore } from './store.ts';

/** What an event has done to relations. */
export interface Note {
  readonly added?: KeptRelation;
  /** As it was before its event was redacted. */
  readonly removed?: KeptRelation;
}

/** Keeps relations in the very transaction that appends the events, where nothing can change in between. */
export class RelationKeeper {
  readonly #graph: RoomGraph;
  readonly #store: RelationStore;
  /** What is noted here of an entry holds once the entry is durable; of one that is not, nobody asks. */
  readonly #notes = new WeakMap<EventEntry, Note>();

  constructor(graph: RoomGraph, store: RelationStore) {
    this.#graph = graph;
    this.#store = store;
    graph.accompany((batch, entry) => this.#accompany(batch, entry));
  }

  /** What a durable event has done. */
  noteOf(entry: EventEntry): Note | undefined {
    return this.#notes.get(entry);
  }

  #accompany(batch: Batch, entry: EventEntry): Promise<void> | undefined {
    if (entry.redacts !== undefined) return this.#remove(batch, entry, entry.redacts.eventId);
    const relation = relationOf(entry.pdu);
    return relation === undefined ? undefined : this.#add(batch, entry, relation);
  }

  async #remove(batch: Batch, redaction: EventEntry, eventId: EventId): Promise<void> {
    const staged = this.#staged(batch);
    const removed = staged.relations.get(eventId) ?? (await batch.read((writer) => this.#store.of(eventId, writer)));
    if (removed === undefined || removed.redacted || staged.redacted.has(eventId)) return;
    batch.gather(this.#store.write, { redacted: eventId });
    this.#notes.set(redaction, { removed });
    staged.redacted.add(eventId);
  }

  /** What names no event of the same room relates to nothing, and is an event like any other. */
  async #add(batch: Batch, entry: EventEntry, relation: Relation): Promise<void> {
    const parent = await this.#parentOf(batch, entry, relation.parentId);
    if (parent === undefined) return;
    if (relation.type === 'm.thread' && !mayBeThreadRoot(parent.pdu)) {
      throw new DomainError('M_UNKNOWN', 'A thread can begin only at an event that does not relate to another itself.');
    }
    const added = await this.#kept(batch, entry, relation, parent);
    if (relation.type === 'm.annotation') await this.#requireNew(batch, added);
    batch.gather(this.#store.write, { added });
    this.#notes.set(entry, { added });
    this.#staged(batch).relations.set(added.eventId, added);
  }

  async #parentOf(batch: Batch, { roomId }: EventEntry, parentId: EventId): Promise<EventEntry | undefined> {
    const timeline = this.#graph.peek(roomId)?.timeline;
    const known = timeline?.findLast((candidate) => candidate.eventId === parentId);
    const parent = known ?? (await this.#graph.eventInside(batch, parentId));
    return parent?.roomId === roomId ? parent : undefined;
  }

  async #kept(batch: Batch, entry: EventEntry, relation: Relation, parent: EventEntry): Promise<KeptRelation> {
    const { pdu, eventId, roomId, position } = entry;
    return {
      eventId,
      roomId,
      position,
      parentId: parent.eventId,
      parentSender: parent.pdu.sender,
      relType: relation.type,
      type: pdu.type,
      sender: pdu.sender,
      key: relation.key ?? null,
      threadId: relation.type === 'm.thread' ? parent.eventId : await this.#threadOf(batch, parent),
      sentAt: pdu.origin_server_ts,
      describesParent: describesParent(pdu, relation, parent.pdu),
      redacted: false,
    };
  }

  /** The thread that the parent is in. Each of its ancestors has found its own in the same way. */
  async #threadOf(batch: Batch, parent: EventEntry): Promise<EventId | null> {
    if (parent.redactedBy === undefined && relationOf(parent.pdu) === undefined) return null;
    const staged = this.#staged(batch).relations.get(parent.eventId);
    const relation = staged ?? (await batch.read((writer) => this.#store.of(parent.eventId, writer)));
    return relation?.threadId ?? null;
  }

  /** Throws `M_DUPLICATE_ANNOTATION`. */
  async #requireNew(batch: Batch, annotation: KeptRelation): Promise<void> {
    const staged = this.#staged(batch);
    const isSame = (other: KeptRelation): boolean =>
      other.parentId === annotation.parentId &&
      other.sender === annotation.sender &&
      other.type === annotation.type &&
      other.key === annotation.key &&
      !staged.redacted.has(other.eventId);
    const inBatch = staged.relations.values().some((other) => other.relType === 'm.annotation' && isSame(other));
    const before = await batch.read((writer) => this.#store.sameAnnotations(writer, annotation));
    if (inBatch || before.some((eventId) => !staged.redacted.has(eventId))) {
      throw new DomainError('M_DUPLICATE_ANNOTATION', 'You have reacted to this in the same way already.');
    }
  }

  #staged(batch: Batch): Staged {
    return batch.staged(this, () => ({ relations: new Map(), redacted: new Set() }));
  }
}

/** What one batch has done, which no query finds yet. */
interface Staged {
  readonly relations: Map<EventId, KeptRelation>;
  readonly redacted: Set<EventId>;
}
