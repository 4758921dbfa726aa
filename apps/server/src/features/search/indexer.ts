import { isJsonObject } from '@byline/core/json.ts';
import { relationOf } from '@byline/core/relations/relation.ts';
import { comparable, tokensOf } from '@byline/core/search/tokens.ts';
import type { EventId, JsonObject } from '@byline/protocol';
import type { EventEntry, Position } from '../../platform/log/entry.ts';
import type { Log } from '../../platform/log/log.ts';
import { clientEvent, type RoomGraph } from '../graph/service.ts';
import type { Relations } from '../relations/service.ts';
import { isSearchable, searchableIn } from './searchable.ts';
import type { NewText, SearchStore, TextChanges } from './store.ts';

/** How long what was said waits to be made findable, unless somebody searches. */
const WAIT_MS = 1_000;
/** So much of the log is read at once. */
const POSITIONS_AT_ONCE = 500;

/**
 * Makes what is said findable. It follows the log by its own cursor and so costs who sends nothing: whoever searches waits
 * until it has caught up. Each text is worked out from how its event stands now, so to do it again does no harm.
 */
export class SearchIndexer {
  readonly #store: SearchStore;
  readonly #log: Log;
  readonly #graphs: readonly RoomGraph[];
  readonly #relations: Pick<Relations, 'onceReplacedBy' | 'newestReplacementOf'>;
  readonly #onFailure: (error: unknown) => void;
  #position: Position | undefined;
  #running: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(parts: {
    readonly store: SearchStore;
    readonly log: Log;
    readonly conversations: RoomGraph;
    readonly accountRooms: RoomGraph;
    readonly relations: Pick<Relations, 'onceReplacedBy' | 'newestReplacementOf'>;
    /** Told of what went wrong while nobody waited for it. The next time it is tried again. */
    readonly onFailure: (error: unknown) => void;
  }) {
    this.#store = parts.store;
    this.#log = parts.log;
    this.#graphs = [parts.conversations, parts.accountRooms];
    this.#relations = parts.relations;
    this.#onFailure = parts.onFailure;
    parts.log.follow((entries) => {
      if (entries.some(({ kind }) => kind === 'event')) this.#catchUpSoon();
    });
  }

  /** Waits until all that was said before is findable. */
  async caughtUp(): Promise<void> {
    const upTo = this.#log.position;
    while ((this.#position ?? -1) < upTo) {
      this.#running ??= this.#catchUp().finally(() => {
        this.#running = undefined;
      });
      await this.#running;
    }
  }

  /** Stops, when what is under way is done. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running?.catch(this.#onFailure);
  }

  #catchUpSoon(): void {
    if (this.#stopped) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.caughtUp().catch(this.#onFailure);
    }, WAIT_MS).unref();
  }

  async #catchUp(): Promise<void> {
    let position = this.#position ?? (await this.#store.cursor());
    while (position < this.#log.position && !this.#stopped) {
      const upTo = Math.min(position + POSITIONS_AT_ONCE, this.#log.position);
      const changes: { old: Position[]; new: NewText[] } = { old: [], new: [] };
      for (const graph of this.#graphs) {
        const ofGraph = await this.#changesIn(graph, position, upTo);
        changes.old.push(...ofGraph.old);
        changes.new.push(...ofGraph.new);
      }
      await this.#store.write(changes, upTo);
      position = upTo;
    }
    this.#position = this.#stopped ? Infinity : position;
  }

  async #changesIn(graph: RoomGraph, after: Position, upTo: Position): Promise<TextChanges> {
    const said = new Map<EventId, EventEntry>();
    const changed = new Set<EventId>();
    for (const entry of await graph.inSpan({ after, upTo })) {
      const others = await this.#changedBy(entry);
      for (const eventId of others) changed.add(eventId);
      if (others.length === 0 && isSearchable(entry.pdu)) said.set(entry.eventId, entry);
    }
    const old = await graph.events([...changed]);
    for (const entry of old) said.set(entry.eventId, entry);
    const texts = [...said.values()].map(async (entry) =>
      textOf(entry, changed.has(entry.eventId) ? await this.#replacementOf(entry) : undefined),
    );
    return {
      old: old.map(({ position }) => position),
      new: (await Promise.all(texts)).filter((text) => text !== undefined),
    };
  }

  /** The events whose text an event changes; none: it speaks for itself. */
  async #changedBy(entry: EventEntry): Promise<readonly EventId[]> {
    const { redacts } = clientEvent(entry);
    if (redacts === undefined && entry.redactedBy === undefined && relationOf(entry.pdu) === undefined) return [];
    const replaced = await this.#relations.onceReplacedBy(entry.audience, redacts ?? entry.eventId);
    return [redacts, replaced].filter((eventId) => eventId !== undefined);
  }

  async #replacementOf(entry: EventEntry): Promise<JsonObject | undefined> {
    const content = (await this.#relations.newestReplacementOf(entry))?.pdu.content['m.new_content'];
    return isJsonObject(content) ? content : undefined;
  }
}

const textOf = (entry: EventEntry, replacement: JsonObject | undefined): NewText | undefined => {
  const { position, eventId, roomId, pdu, redactedBy } = entry;
  const found = redactedBy === undefined ? searchableIn(pdu, replacement) : undefined;
  if (found === undefined) return undefined;
  const text = comparable(found.text);
  return { text: { position, eventId, roomId, sender: pdu.sender, key: found.key, text }, words: tokensOf(text) };
};
