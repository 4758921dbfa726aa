import { passes } from '@byline/core/event/filter.ts';
import type { UserId } from '@byline/protocol';
import type { EventEntry, Position } from '../../platform/log/entry.ts';
import type { Room, RoomGraph } from '../graph/service.ts';
import { isLazy, stateFilter, type SyncContext } from './context.ts';
import type { Timeline } from './timeline.ts';

/** The state that goes with a timeline: as it was just before the timeline begins. */
export const stateBefore = async (
  graph: RoomGraph,
  room: Room,
  timeline: Timeline,
  known: Position | undefined,
  context: SyncContext,
): Promise<readonly EventEntry[]> => {
  const state =
    known === undefined ? await wholeState(graph, room, timeline) : await changedState(graph, room, timeline, known);
  const wanted = isLazy(context) ? withoutSilentMembers(state, room, timeline, context.device.userId) : state;
  return wanted.filter((entry) => passes(stateFilter(context), entry.pdu));
};

/** What stands now stood before the timeline too, except where the timeline changed it. */
const wholeState = async (graph: RoomGraph, room: Room, { start }: Timeline): Promise<EventEntry[]> => {
  const state: EventEntry[] = [];
  for (const entry of room.state()) {
    const stood = entry.position <= start ? entry : await entryBefore(graph, entry, start);
    if (stood !== undefined) state.push(stood);
  }
  return state;
};

const entryBefore = (graph: RoomGraph, { roomId, pdu }: EventEntry, start: Position) =>
  graph.stateEntryAt(roomId, pdu.type, pdu.state_key ?? '', start);

const changedState = async (
  graph: RoomGraph,
  room: Room,
  { start, limited }: Timeline,
  known: Position,
): Promise<EventEntry[]> => (limited ? graph.stateChanges(room.id, { after: known, upTo: start }) : []);

/** Of the members only oneself and who speaks in the timeline, also those whom the client may know already. */
const withoutSilentMembers = (
  state: readonly EventEntry[],
  room: Room,
  timeline: Timeline,
  userId: UserId,
): EventEntry[] => {
  const speakers = new Set<string>(timeline.entries.map((entry) => entry.pdu.sender));
  const others = state.filter(({ pdu }) => pdu.type !== 'm.room.member' || pdu.state_key === userId);
  const shown = new Set(timeline.entries.map((entry) => entry.eventId));
  const members = [...speakers]
    .map((speaker) => room.entry('m.room.member', speaker))
    .filter((entry) => entry !== undefined && !shown.has(entry.eventId) && entry.pdu.state_key !== userId);
  return [...others, ...members.filter((entry) => entry !== undefined)];
};
