import { DomainError, type EventId, type RoomId } from '@byline/protocol';
import type { Session } from '../../platform/http/session.ts';
import type { EventEntry, Position } from '../../platform/log/entry.ts';
import { clientJsonFor } from '../graph/service.ts';
import type { Rooms } from '../rooms/service.ts';
import type { Ignores, RelationBundles } from './bundles.ts';
import type { RelationStore, WantedRelations } from './store.ts';

/** How far indirect relations are followed; the specification asks for at least 3. */
export const RECURSION_DEPTH = 3;

/** Where most events don't count, one request looks at so many and leaves the rest to the next. */
const MOST_LOOKED_AT = 2_000;

export interface RelatedWanted {
  readonly parentId: EventId;
  readonly relType?: string | undefined;
  readonly eventType?: string | undefined;
  readonly recurse: boolean;
  readonly direction: 'b' | 'f';
  readonly from?: Position | undefined;
  readonly to?: Position | undefined;
  readonly limit: number;
}

/** A page of events as JSON texts. `next` is `undefined` where there is nothing more. */
export interface RelatedPage {
  readonly chunk: readonly string[];
  readonly next: Position | undefined;
}

type Reading = NonNullable<Awaited<ReturnType<Rooms['access']['find']>>>;
type Visibility = Awaited<ReturnType<Reading['visibility']>>;

/** Reads the events that relate to another, as far as each reader may (specification: "Relationships API"). */
export class RelatedEvents {
  readonly #access: Pick<Rooms['access'], 'find'>;
  readonly #stores: Readonly<Record<EventEntry['audience'], RelationStore>>;
  readonly #bundles: RelationBundles;
  readonly #ignored: Ignores;

  constructor(parts: {
    readonly access: Pick<Rooms['access'], 'find'>;
    readonly stores: Readonly<Record<EventEntry['audience'], RelationStore>>;
    readonly bundles: RelationBundles;
    readonly ignored: Ignores;
  }) {
    this.#access = parts.access;
    this.#stores = parts.stores;
    this.#bundles = parts.bundles;
    this.#ignored = parts.ignored;
  }

  /** Throws `M_NOT_FOUND` for an event that is not there or that the user may not read. */
  async page(session: Session, roomId: RoomId, wanted: RelatedWanted): Promise<RelatedPage> {
    const reading = await this.#access.find(session.userId, roomId);
    if (reading === undefined) throw noSuchEvent();
    const visibility = await reading.visibility();
    const parent = await reading.graph.event(wanted.parentId);
    if (parent?.roomId !== roomId || !visibility.allows(parent.position)) throw noSuchEvent();
    const ignored = await this.#ignored.ignoredBy(session.userId);
    const counts = ({ position, pdu }: EventEntry): boolean =>
      visibility.allows(position) && (pdu.state_key !== undefined || !ignored.has(pdu.sender));
    const { entries, next } = await this.#read(reading, wanted, counts);
    return { chunk: await this.#texts(session, entries, visibility), next };
  }

  async #read(
    reading: Reading,
    wanted: RelatedWanted,
    counts: (entry: EventEntry) => boolean,
  ): Promise<{ entries: readonly EventEntry[]; next: Position | undefined }> {
    const { direction, limit } = wanted;
    const entries: EventEntry[] = [];
    let reached = startOf(reading, wanted);
    for (let looked = 0; looked < MOST_LOOKED_AT;) {
      const page = await this.#pageOf(reading, wanted, reached);
      for (const entry of page) {
        if (entries.length === limit) return { entries, next: reached };
        reached = direction === 'b' ? entry.position - 1 : entry.position;
        if (counts(entry)) entries.push(entry);
      }
      if (page.length <= limit) return { entries, next: undefined };
      looked += page.length;
    }
    return { entries, next: reached };
  }

  /** One more than is wanted, so that it is known whether there is more. */
  async #pageOf({ graph, upTo }: Reading, wanted: RelatedWanted, reached: Position): Promise<readonly EventEntry[]> {
    const isBack = wanted.direction === 'b';
    const span = {
      after: isBack ? (wanted.to ?? 0) : reached,
      upTo: isBack ? reached : Math.min(wanted.to ?? upTo, upTo),
      from: isBack ? ('newest' as const) : ('oldest' as const),
      limit: wanted.limit + 1,
    };
    const { parentId, relType, eventType, recurse } = wanted;
    const which: WantedRelations = { parentId, relType, eventType, depth: recurse ? RECURSION_DEPTH : 1 };
    const found = await this.#stores[graph.audience].page(which, span);
    const entries = new Map((await graph.events(found)).map((entry) => [entry.eventId, entry]));
    return found.map((eventId) => entries.get(eventId)).filter((entry) => entry !== undefined);
  }

  async #texts(session: Session, entries: readonly EventEntry[], visibility: Visibility): Promise<readonly string[]> {
    const bundles = await this.#bundles.of({ ...session, visibility: async () => visibility }, entries);
    return entries.map((entry) =>
      clientJsonFor(entry, session, visibility.membershipAt(entry.position), bundles.get(entry.eventId)),
    );
  }
}

const startOf = ({ upTo }: Reading, { from, direction }: RelatedWanted): Position =>
  direction === 'f' ? (from ?? 0) : Math.min(from ?? upTo, upTo);

const noSuchEvent = (): DomainError =>
  new DomainError('M_NOT_FOUND', 'There is no such event, or you may not read it.');
