import {
  isLazy,
  isWanted,
  type RequiredState,
  selectState,
  type StateIndex,
} from '@byline/core/sliding-sync/required-state.ts';
import type { EventEntry, Position } from '../../../platform/log/entry.ts';
import type { RoomSent } from '../connections/connection.ts';
import type { ReadTimeline } from './room-timeline.ts';

const MEMBER = 'm.room.member';
/** Members that are remembered as told; who is forgotten is told again. */
const MEMBERS_KEPT = 1_000;

/** The state that is told of a room, and the members that the client knows then because they spoke. */
export interface ToldState {
  readonly entries: ReadonlySet<EventEntry>;
  readonly members: ReadonlySet<string>;
}

/**
 * The state to tell: all that is wanted where the client knows nothing, else what has changed, and what it has begun to
 * want (MSC4186: "Changes to `required_state`").
 *
 * @param after up to where the client knows the state; `undefined`: it knows none
 */
export const stateToTell = (
  index: StateIndex<EventEntry>,
  wanted: readonly RequiredState[],
  timeline: ReadTimeline,
  after: Position | undefined,
  sent: RoomSent | undefined,
): ToldState => {
  const before = sent === undefined || sent.wanted === wanted ? undefined : sent.wanted;
  const selected = selectState(wanted, index);
  const entries = after === undefined ? selected : new Set<EventEntry>();
  if (after !== undefined) {
    for (const entry of selected) if (entry.position > after || isNewlyWanted(entry, before)) entries.add(entry);
  }
  if (!isLazy(wanted)) return { entries, members: NOBODY };
  const told = after === undefined || timeline.limited ? NOBODY : (sent?.members ?? NOBODY);
  const members = new Set(told);
  for (const userId of concernedBy(timeline.entries)) {
    const entry = index.entry(MEMBER, userId);
    if (entry !== undefined && (!told.has(userId) || entry.position > (after ?? 0))) entries.add(entry);
    members.add(userId);
  }
  return { entries, members: members.size > MEMBERS_KEPT ? concernedBy(timeline.entries) : members };
};

const NOBODY: ReadonlySet<string> = new Set();

const isNewlyWanted = ({ pdu }: EventEntry, before: readonly RequiredState[] | undefined): boolean =>
  before !== undefined && !isWanted(before, pdu.type, pdu.state_key ?? '');

/** Who sent the events of a timeline, and whose memberships changed in it (MSC4186: "Lazy loaded memberships"). */
const concernedBy = (entries: readonly EventEntry[]): Set<string> => {
  const people = new Set<string>();
  for (const { pdu } of entries) {
    people.add(pdu.sender);
    if (pdu.type === MEMBER && pdu.state_key !== undefined) people.add(pdu.state_key);
  }
  return people;
};

/** Some state, to be looked up like that of a room. */
export const indexOf = (entries: Iterable<EventEntry>): StateIndex<EventEntry> => {
  const index = new Map<string, Map<string, EventEntry>>();
  for (const entry of entries) {
    const { type, state_key: stateKey = '' } = entry.pdu;
    const ofType = index.get(type) ?? new Map<string, EventEntry>();
    index.set(type, ofType.set(stateKey, entry));
  }
  return {
    entry: (type, stateKey) => index.get(type)?.get(stateKey),
    entriesOf: (type) => index.get(type) ?? [],
    types: () => index.keys(),
  };
};
