import { passes, passesRoom } from '@byline/core/event/filter.ts';
import { tokenOf } from '@byline/protocol/matrix/token.ts';
import type { RoomEventFilter } from '@byline/protocol/matrix/filter.ts';
import type { EventEntry, Position } from '../../../platform/log/entry.ts';
import type { Room, RoomGraph, Span } from '../../graph/service.ts';

/** The newest events of a span that a device wants to hear of, and where they begin. */
export interface Timeline {
  readonly entries: readonly EventEntry[];
  /** Whether the span has more events that it wants, before these. */
  readonly limited: boolean;
  /** The position just before the first of them; where there are none, that of the span's end. */
  readonly start: Position;
  /** All events that were looked at, newest first: those above, and what the device does not want to hear of. */
  readonly scanned: readonly EventEntry[];
  /** Whether that is the whole span. */
  readonly isWhole: boolean;
  /** Whether something was left out for reasons that are the reader's own. */
  readonly isOwn: boolean;
}

const DEFAULT_LIMIT = 20;
const LARGEST_LIMIT = 100;
/** How far is looked for events that are wanted, where most are not. */
const MOST_SCANNED = 500;

/** Reads as many of the newest events of a room's span as the filter asks for; what `isHidden` says is passed over. */
export const readTimeline = async (
  graph: RoomGraph,
  room: Room,
  span: Span,
  filter: RoomEventFilter | undefined,
  isHidden: (entry: EventEntry) => boolean = NOTHING_HIDDEN,
): Promise<Timeline> => {
  const limit = passesRoom(filter, room.id) ? Math.min(filter?.limit ?? DEFAULT_LIMIT, LARGEST_LIMIT) : 0;
  const scan = new Scan(limit, (entry) => passes(filter, entry.pdu) && passesRoom(filter, room.id), isHidden);
  for (let upTo = span.upTo; ;) {
    const wanted = Math.max(limit - scan.found.length, 0) + 1;
    const page = await graph.page(room.id, { after: span.after, upTo }, 'newest', wanted);
    for (const entry of page.toReversed()) scan.take(entry);
    const [oldest] = page;
    if (page.length < wanted || oldest === undefined || oldest.pdu.depth === 1) return scan.end(span.upTo, true);
    if (scan.isFull || scan.scanned.length >= MOST_SCANNED) return scan.end(span.upTo, false);
    upTo = oldest.position - 1;
  }
};

const NOTHING_HIDDEN = (): boolean => false;

/**
 * The part of a timeline that is without a hole for who may read only some of its events: the state that changed in a hole
 * could be told neither before the timeline nor in it.
 */
export const withoutHoles = (timeline: Timeline, readable: readonly EventEntry[], upTo: Position): Timeline => {
  if (readable.length === timeline.entries.length) return timeline;
  const allowed = new Set(readable);
  const lastHole = timeline.entries.findLastIndex((entry) => !allowed.has(entry));
  const entries = timeline.entries.slice(lastHole + 1);
  return { ...timeline, entries, limited: true, start: (entries[0]?.position ?? upTo + 1) - 1 };
};

/** Goes back through a span and keeps what is wanted. Newest first. */
class Scan {
  readonly found: EventEntry[] = [];
  readonly scanned: EventEntry[] = [];
  readonly #limit: number;
  readonly #isWanted: (entry: EventEntry) => boolean;
  readonly #isHidden: (entry: EventEntry) => boolean;
  #hasMore = false;
  #hasHidden = false;

  constructor(limit: number, isWanted: (entry: EventEntry) => boolean, isHidden: (entry: EventEntry) => boolean) {
    this.#limit = limit;
    this.#isWanted = isWanted;
    this.#isHidden = isHidden;
  }

  /** Whether there is at least one more than wanted. */
  get isFull(): boolean {
    return this.#hasMore;
  }

  take(entry: EventEntry): void {
    this.scanned.push(entry);
    if (this.#isHidden(entry)) this.#hasHidden = true;
    else if (!this.#isWanted(entry)) return;
    else if (this.found.length < this.#limit) this.found.push(entry);
    else this.#hasMore = true;
  }

  end(upTo: Position, isWhole: boolean): Timeline {
    const entries = this.found.toReversed();
    return {
      entries,
      limited: this.#hasMore || !isWhole,
      start: (entries[0]?.position ?? upTo + 1) - 1,
      scanned: this.scanned,
      isWhole,
      isOwn: this.#hasHidden,
    };
  }
}

/** A timeline as JSON. */
export const timelineText = (
  events: readonly string[],
  { limited, start }: Pick<Timeline, 'limited' | 'start'>,
): string => `{"events":[${events.join(',')}],"limited":${limited},"prev_batch":"${tokenOf(start)}"}`;
