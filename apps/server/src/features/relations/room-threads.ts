import { redact } from '@byline/core/event/redaction.ts';
import type { RoomId } from '@byline/protocol';
import type { Session } from '../../platform/http/session.ts';
import type { EventEntry, Position } from '../../platform/log/entry.ts';
import { clientJsonFor, type Room } from '../graph/service.ts';
import type { Rooms } from '../rooms/service.ts';
import type { Ignores, RelationBundles } from './bundles.ts';
import type { RelatedPage } from './related-events.ts';
import type { RelationStore } from './store.ts';

export interface ThreadsWanted {
  readonly include: 'all' | 'participated';
  /** Where the page before ended. */
  readonly from?: Position | undefined;
  readonly limit: number;
}

/** The threads of rooms, as far as each reader may read them (specification: "Querying threads in a room"). */
export class RoomThreads {
  readonly #access: Pick<Rooms['access'], 'reading'>;
  readonly #stores: Readonly<Record<EventEntry['audience'], RelationStore>>;
  readonly #bundles: RelationBundles;
  readonly #ignored: Ignores;

  constructor(parts: {
    readonly access: Pick<Rooms['access'], 'reading'>;
    readonly stores: Readonly<Record<EventEntry['audience'], RelationStore>>;
    readonly bundles: RelationBundles;
    readonly ignored: Ignores;
  }) {
    this.#access = parts.access;
    this.#stores = parts.stores;
    this.#bundles = parts.bundles;
    this.#ignored = parts.ignored;
  }

  /** The first events of threads, the thread with the newest event first. Throws `M_FORBIDDEN`. */
  async page(session: Session, roomId: RoomId, { include, from, limit }: ThreadsWanted): Promise<RelatedPage> {
    const { userId } = session;
    const { graph, room, upTo, visibility: readVisibility } = await this.#access.reading(userId, roomId);
    const [visibility, ignored] = await Promise.all([readVisibility(), this.#ignored.ignoredBy(userId)]);
    const participant = include === 'participated' ? userId : undefined;
    const before = from ?? upTo + 1;
    const wanted = { roomId, upTo, before, participant, ignored, limit: limit + 1 };
    const found = await this.#stores[graph.audience].threads(wanted);
    const threads = found.slice(0, limit);
    const roots = new Map(
      (await graph.events(threads.map(({ rootId }) => rootId))).map((root) => [root.eventId, root]),
    );
    const entries = threads
      .map(({ rootId }) => roots.get(rootId))
      .filter((root) => root !== undefined && visibility.allows(root.position))
      .map((root) => (root === undefined || !ignored.has(root.pdu.sender) ? root : redacted(root, room)))
      .filter((root) => root !== undefined);
    const bundles = await this.#bundles.of({ userId, visibility: async () => visibility }, entries);
    const shown = entries.filter(({ eventId }) => bundles.has(eventId));
    return {
      chunk: shown.map((entry) =>
        clientJsonFor(entry, session, visibility.membershipAt(entry.position), bundles.get(entry.eventId)),
      ),
      next: found.length > limit ? threads.at(-1)?.latest : undefined,
    };
  }
}

/** What an ignored user has said is not shown, though others have answered it. */
const redacted = (root: EventEntry, room: Room): EventEntry => ({ ...root, pdu: redact(root.pdu, room.version) });
