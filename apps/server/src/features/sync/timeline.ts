import { passes } from '@byline/core/event/filter.ts';
import type { RoomEventFilter } from '@byline/protocol/matrix/filter.ts';
import type { EventEntry, Position } from '../../platform/log/entry.ts';
import type { Room, RoomGraph, Span } from '../graph/service.ts';

/** The newest events of a span, and where they begin. */
export interface Timeline {
  readonly entries: readonly EventEntry[];
  /** Whether the span has more events, before these. */
  readonly limited: boolean;
  /** The position just before the first of them. */
  readonly start: Position;
}

const DEFAULT_LIMIT = 20;
const LARGEST_LIMIT = 100;

/** Reads as many of the newest events of a room's span as the filter asks for. */
export const readTimeline = async (
  graph: RoomGraph,
  room: Room,
  span: Span,
  filter: RoomEventFilter | undefined,
): Promise<Timeline> => {
  const limit = Math.min(filter?.limit ?? DEFAULT_LIMIT, LARGEST_LIMIT);
  const read = await graph.page(room.id, span, 'newest', limit + 1);
  const newest = limit === 0 ? [] : read.slice(-limit);
  const entries = newest.filter((entry) => passes(filter, entry.pdu));
  const start = (newest[0]?.position ?? span.upTo + 1) - 1;
  return { entries, limited: read.length > newest.length, start };
};
