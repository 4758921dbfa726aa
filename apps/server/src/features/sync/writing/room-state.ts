import { passes, passesRoom } from '@byline/core/event/filter.ts';
import type { EventEntry, Position } from '../../../platform/log/entry.ts';
import type { Room, RoomGraph } from '../../graph/service.ts';
import { isLazy, stateFilter, type SyncContext } from '../context.ts';
import type { Timeline } from './timeline.ts';

/** A timeline of a room up to a position, and how much of the room the device knows already. */
export interface Told {
  readonly graph: RoomGraph;
  readonly room: Room;
  readonly timeline: Timeline;
  /** `undefined`: nothing. */
  readonly known: Position | undefined;
  /** Of a room that it does not know any more: up to where it did. */
  readonly onceKnown?: Position | undefined;
  readonly upTo: Position;
  /** The members of whom a lazy device is told besides: the reader, and who stands for the room. */
  readonly heroes: readonly EventEntry[];
  /** Members who speak in the timeline and whom a lazy device that knows the room does not know. */
  readonly newcomers: readonly EventEntry[];
}

/**
 * The state that goes with a timeline: so that a device which takes it over, and then the state within the timeline, knows
 * the room as it is; or, where it wants the state after the timeline, without the latter.
 */
export const stateToTell = async (told: Told, context: SyncContext): Promise<readonly EventEntry[]> => {
  const filter = stateFilter(context);
  if (!passesRoom(filter, told.room.id)) return [];
  const isWhole = told.known === undefined || context.fullState;
  const state = isWhole ? await wholeState(told, context) : await changedState(told, told.known ?? 0, context);
  const wanted = isLazy(context) && told.graph.audience === 'members' ? forLazy(state, told, isWhole, context) : state;
  return filter === undefined ? wanted : wanted.filter((entry) => passes(filter, entry.pdu));
};

const wholeState = async (
  { graph, room, timeline, upTo }: Told,
  { stateAfter }: SyncContext,
): Promise<EventEntry[]> => {
  if (stateAfter !== undefined) return graph.stateOf(room, upTo);
  return over(await graph.stateOf(room, timeline.start), leftOut(timeline));
};

const changedState = async (
  { graph, room, timeline, upTo }: Told,
  known: Position,
  { stateAfter }: SyncContext,
): Promise<readonly EventEntry[]> => {
  const end = stateAfter === undefined ? timeline.start : upTo;
  const changed = timeline.isWhole
    ? lastOfEachKey(timeline.scanned.filter(({ position }) => position <= end))
    : await changesWithin(graph, room, known, end);
  return stateAfter === undefined ? over(changed, leftOut(timeline)) : changed;
};

/** What stands now and has not stood before is what has changed, unless something is newer than that. */
const changesWithin = async (graph: RoomGraph, room: Room, after: Position, upTo: Position): Promise<EventEntry[]> => {
  if (room.position > upTo) return graph.stateChanges(room.id, { after, upTo });
  return [...room.state()].filter(({ position }) => position > after);
};

/** State that changed within the timeline, but that the filter keeps out of it. */
const leftOut = ({ entries, scanned, start }: Timeline): EventEntry[] => {
  if (entries.length === scanned.length) return [];
  const shown = new Set(entries);
  return lastOfEachKey(scanned.filter(({ position }) => position > start)).filter((entry) => !shown.has(entry));
};

const over = (state: readonly EventEntry[], newer: readonly EventEntry[]): EventEntry[] =>
  newer.length === 0 ? [...state] : lastOfEachKey([...state, ...newer].toSorted((a, b) => b.position - a.position));

/** Of events, newest first, those that stand in the state in the end, oldest first. */
const lastOfEachKey = (newestFirst: readonly EventEntry[]): EventEntry[] => {
  const last = new Map<string, EventEntry>();
  for (const entry of newestFirst) {
    const { type, state_key: stateKey } = entry.pdu;
    const key = `${type}\0${stateKey}`;
    if (stateKey !== undefined && !last.has(key)) last.set(key, entry);
  }
  return [...last.values()].toReversed();
};

/**
 * Of a whole room a lazy device is told only those members who speak, who stand for the room, itself, and whoever changed
 * since it knew the room; of a room that it knows, every member who changed, and those newcomers to it who speak.
 */
const forLazy = (
  state: readonly EventEntry[],
  { timeline, heroes, newcomers, onceKnown = Infinity }: Told,
  isWhole: boolean,
  { device }: SyncContext,
): EventEntry[] => {
  if (!isWhole) return [...state, ...newcomers.filter((member) => !state.includes(member))];
  const wanted = new Set<string | undefined>([device.userId]);
  for (const { pdu } of timeline.entries) wanted.add(pdu.sender);
  for (const { pdu } of heroes) wanted.add(pdu.state_key);
  return state.filter(
    ({ pdu, position }) => pdu.type !== 'm.room.member' || wanted.has(pdu.state_key) || position > onceKnown,
  );
};
