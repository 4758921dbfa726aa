import type { EventId } from '@byline/protocol';
import { relationOf } from '@byline/core/relations/relation.ts';
import type { Engine } from '../../platform/engine/engine.ts';
import type { EventEntry, Position } from '../../platform/log/entry.ts';
import type { Log } from '../../platform/log/log.ts';
import type { RoomGraph } from '../graph/service.ts';
import type { Rooms } from '../rooms/service.ts';
import { type Ignores, RelationBundles } from './bundles.ts';
import { EVERYTHING } from './children.ts';
import { RelationKeeper } from './keeper.ts';
import { RelationMemory } from './memory.ts';
import { RelatedEvents } from './related-events.ts';
import { RoomBundles } from './room-bundles.ts';
import { RoomThreads } from './room-threads.ts';
import { RelationStore } from './store.ts';
import type { RelationTable } from './tables.ts';

export interface RelationParts {
  readonly engine: Engine;
  readonly log: Log;
  readonly conversations: RoomGraph;
  readonly accountRooms: RoomGraph;
  readonly ignored: Ignores;
}

/** How events relate to each other, kept with them and told with them. */
export class Relations {
  readonly bundles: RelationBundles;
  readonly #stores: Readonly<Record<EventEntry['audience'], RelationStore>>;
  readonly #memories: Readonly<Record<EventEntry['audience'], RelationMemory>>;
  readonly #ignored: Ignores;

  constructor({ engine, log, conversations, accountRooms, ignored }: RelationParts) {
    const storeOf = (table: RelationTable): RelationStore => new RelationStore(engine.reader, table);
    const memoryOf = (graph: RoomGraph, store: RelationStore): RelationMemory =>
      new RelationMemory({ graph, store, log, keeper: new RelationKeeper(graph, store) });
    this.#stores = { members: storeOf('relations'), subscribers: storeOf('account_relations') };
    this.#memories = {
      members: memoryOf(conversations, this.#stores.members),
      subscribers: memoryOf(accountRooms, this.#stores.subscribers),
    };
    const { members, subscribers } = this.#memories;
    this.bundles = new RelationBundles({ conversations: members, accountRooms: subscribers, ignored });
    this.#ignored = ignored;
  }

  /**
   * The first event of the thread that an event is in, also of one that is redacted; `undefined`: it is in the main timeline
   * (specification, client-server API: "Threaded read receipts"). What relates to nothing takes no query.
   */
  async threadOf(entry: EventEntry): Promise<EventId | undefined> {
    if (entry.redactedBy === undefined && relationOf(entry.pdu) === undefined) return undefined;
    return (await this.#memories[entry.audience].relationOf(entry.eventId))?.threadId ?? undefined;
  }

  /** The event that another replaces by the rules ("Validity of replacement events"); `undefined`: none. */
  async replacedBy(entry: EventEntry): Promise<EventId | undefined> {
    if (relationOf(entry.pdu)?.type !== 'm.replace') return undefined;
    const relation = await this.#memories[entry.audience].relationOf(entry.eventId);
    return relation?.describesParent === true ? relation.parentId : undefined;
  }

  /** Where the events stand that replace this one by the rules. */
  async replacementsOf({ audience, eventId }: EventEntry): Promise<readonly Position[]> {
    const children = await this.#memories[audience].childrenOf([eventId]);
    return (children.get(eventId)?.of('m.replace', EVERYTHING) ?? []).map(({ position }) => position);
  }

  /** The event that another was to replace, also if that one is redacted by now. */
  async onceReplacedBy(audience: EventEntry['audience'], eventId: EventId): Promise<EventId | undefined> {
    const relation = await this.#memories[audience].relationOf(eventId);
    return relation?.relType === 'm.replace' && relation.describesParent ? relation.parentId : undefined;
  }

  /** The event that holds instead of this one; `undefined`: it holds itself. */
  async newestReplacementOf({ audience, eventId }: EventEntry): Promise<EventEntry | undefined> {
    const memory = this.#memories[audience];
    const children = await memory.childrenOf([eventId]);
    const newest = children.get(eventId)?.newestReplacement(EVERYTHING)?.eventId;
    return newest === undefined ? undefined : (await memory.events([newest])).get(newest);
  }

  /** What can be asked of relations, as each reader may. */
  reading(access: Rooms['access']): RelationReading {
    const parts = { access, stores: this.#stores, bundles: this.bundles, ignored: this.#ignored };
    return {
      related: new RelatedEvents(parts),
      threads: new RoomThreads(parts),
      inRooms: new RoomBundles(access, this.bundles),
    };
  }
}

export interface RelationReading {
  readonly related: RelatedEvents;
  readonly threads: RoomThreads;
  readonly inRooms: RoomBundles;
}
