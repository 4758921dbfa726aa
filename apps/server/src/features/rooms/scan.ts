import type { EventEntry, Position } from '../../platform/log/entry.ts';
import type { RoomGraph } from '../graph/service.ts';
import type { RoomId } from '@byline/protocol';

export type Direction = 'b' | 'f';

/** A stretch of a room's history, and which of its events count. */
export interface Stretch {
  readonly roomId: RoomId;
  readonly direction: Direction;
  /** Where it begins, in its direction. */
  readonly from: Position;
  /** Where it ends at the latest. */
  readonly to: Position;
  readonly limit: number;
  readonly counts: (entry: EventEntry) => boolean;
}

export interface Scanned {
  /** In the direction of the stretch. */
  readonly entries: readonly EventEntry[];
  /** Up to where it was looked at. */
  readonly reached: Position;
  /** Whether the stretch has nothing more. */
  readonly isAtEnd: boolean;
}

/** Where most events don't count, one request looks at so many and leaves the rest to the next. */
const MOST_SCANNED = 2_000;
const SCANNED_AT_ONCE = 200;

/** Walks through a stretch until enough events are found that count. */
export const scan = async (graph: RoomGraph, stretch: Stretch): Promise<Scanned> => {
  const { direction, limit, counts } = stretch;
  const entries: EventEntry[] = [];
  let reached = stretch.from;
  for (let scanned = 0; scanned < MOST_SCANNED && entries.length < limit;) {
    const wanted = scanned === 0 ? limit : SCANNED_AT_ONCE;
    const page = await pageOf(graph, stretch, reached, wanted);
    for (const entry of page) {
      if (entries.length === limit) break;
      reached = direction === 'b' ? entry.position - 1 : entry.position;
      scanned += 1;
      if (counts(entry)) entries.push(entry);
    }
    const last = page.at(-1);
    const isWhole = last === undefined || (direction === 'b' ? reached < last.position : reached === last.position);
    if (isWhole && (page.length < wanted || (direction === 'b' && isFirst(last))))
      return { entries, reached, isAtEnd: true };
  }
  return { entries, reached, isAtEnd: false };
};

const pageOf = async (
  graph: RoomGraph,
  { roomId, direction, to }: Stretch,
  reached: Position,
  wanted: number,
): Promise<readonly EventEntry[]> => {
  if (direction === 'f') return graph.page(roomId, { after: reached, upTo: to }, 'oldest', wanted);
  return (await graph.page(roomId, { after: to, upTo: reached }, 'newest', wanted)).toReversed();
};

/** Nothing comes before the creation of a room. */
const isFirst = (entry: EventEntry | undefined): boolean => entry?.pdu.depth === 1;
