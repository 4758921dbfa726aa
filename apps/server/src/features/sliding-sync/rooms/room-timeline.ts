import type { EventEntry, Position } from '../../../platform/log/entry.ts';
import { clientJsonFor } from '../../graph/service.ts';
import { type HistorySource, readTimeline, type RelationSource } from '../../sync/service.ts';
import type { RoomTimeline } from '../answer.ts';
import type { Telling } from './telling.ts';

/** The newest events of a room that a client is to be told of. */
export interface ReadTimeline {
  readonly entries: readonly EventEntry[];
  readonly limited: boolean;
  readonly start: Position;
  /** Whether there is anything that the client does not know. */
  readonly hasNews: boolean;
  /** Whether it goes back before what the client knows. */
  readonly expanded: boolean;
  /** How many of the newest events the client will have without a gap. */
  readonly shown: number;
}

/**
 * Reads what is new in a room's timeline. A client that asks for more events than it has is told of all of those at once
 * (MSC4186: "Changes to `timeline_limit`").
 *
 * @param after what the client knows already; `undefined`: nothing
 * @param upTo up to where the user may know the room
 */
export const readRoomTimeline = async (
  { view, room, graph, rules, sent }: Telling,
  after: Position | undefined,
  upTo: Position,
  history: HistorySource,
): Promise<ReadTimeline> => {
  const limit = rules.config.timelineLimit;
  const known = after === undefined ? 0 : (sent?.shown ?? 0);
  const wantsMore = after !== undefined && limit > known;
  const from = wantsMore ? 0 : (after ?? 0);
  const isNewestEnough = limit === 1 && from === 0 && room.timeline === undefined && upTo >= room.position;
  const timeline =
    isNewestEnough && view.hides?.(room.newest) !== true
      ? { entries: [room.newest], limited: room.newest.pdu.depth > 1, start: room.position - 1 }
      : await readTimeline(graph, room, { after: from, upTo }, { limit }, view.hides);
  const readable = await history.readableBy(view.userId, room, timeline.entries);
  const expanded = wantsMore && readable.some((entry) => entry.position <= after);
  return {
    entries: readable,
    limited: timeline.limited,
    start: timeline.start,
    hasNews: expanded || readable.some((entry) => entry.position > (after ?? 0)) || (limit === 0 && timeline.limited),
    expanded,
    shown: shownAfter(timeline, from, known, limit),
  };
};

const shownAfter = (
  { entries, limited }: { readonly entries: readonly EventEntry[]; readonly limited: boolean },
  from: Position,
  known: number,
  limit: number,
): number => {
  // Those that are hidden from the user count as shown, or the client would be told of the same again and again.
  if (limited) return limit;
  return from === 0 ? Infinity : known + entries.length;
};

/** The timeline as it is told; with what relates to its events, where the client may have missed that. */
export const tellTimeline = async (
  timeline: ReadTimeline,
  { view, room, device, since, graph, standing }: Telling,
  relations: RelationSource,
): Promise<RoomTimeline> => {
  const { entries, limited, expanded, start } = timeline;
  const bundles = limited || expanded ? await relations.bundles(view.userId, room, entries) : undefined;
  const isMember = graph.audience === 'members' && standing.membership === 'join';
  // Of earlier events it would have to be looked up, and clients that need it ask for it with history.
  const isIn = ({ position }: EventEntry): boolean => isMember && position >= standing.position;
  return {
    events: entries.map((entry) =>
      clientJsonFor(entry, device, isIn(entry) ? 'join' : undefined, bundles?.get(entry.eventId)),
    ),
    limited,
    expanded,
    live: since === undefined ? 0 : entries.filter(({ position }) => position > since).length,
    start,
  };
};
