import type { EventEntry, Position } from '../../platform/log/entry.ts';
import type { Room } from './room.ts';

/** The state of a room at a position, as far as memory tells it. */
export interface PastState {
  readonly entries: readonly EventEntry[];
  /** Entries of the present state that stand there since later, where memory does not tell what stood before. */
  readonly unknown: readonly EventEntry[];
}

/** What stood at a position: what stands since then or before, and where something is newer, what the timeline tells. */
export const pastStateOf = (room: Room, position: Position): PastState => {
  const entries: EventEntry[] = [];
  const unknown: EventEntry[] = [];
  for (const present of room.state()) {
    if (present.position <= position) entries.push(present);
    else {
      const before = lastBefore(room, present, position);
      if (before === UNKNOWN) unknown.push(present);
      else if (before !== undefined) entries.push(before);
    }
  }
  return { entries, unknown };
};

const UNKNOWN = Symbol('unknown');

/** What stood at the key of an entry; `undefined`: nothing did. */
const lastBefore = (room: Room, { pdu }: EventEntry, position: Position): EventEntry | undefined | typeof UNKNOWN => {
  const { timeline = [] } = room;
  const [oldest] = timeline;
  if (oldest === undefined) return UNKNOWN;
  const ofKey = timeline.filter((entry) => entry.pdu.type === pdu.type && entry.pdu.state_key === pdu.state_key);
  const before = ofKey.findLast((entry) => entry.position <= position);
  if (before !== undefined) return before;
  const isCovered = isWhole(timeline) || oldest.position <= position;
  return isCovered && ofKey[0]?.replaces === undefined ? undefined : UNKNOWN;
};

/** All that ever stood at a state key, oldest first; `undefined` where memory does not reach back so far. */
export const historyInMemory = (room: Room, type: string, stateKey: string): EventEntry[] | undefined => {
  const { timeline = [] } = room;
  if (!isWhole(timeline)) return undefined;
  return timeline.filter(({ pdu }) => pdu.type === type && pdu.state_key === stateKey);
};

/** Whether a timeline begins with its room. */
export const isWhole = ([oldest]: readonly EventEntry[]): boolean => oldest?.pdu.depth === 1;
