import { membershipIn, type Room } from '../../graph/service.ts';
import type { EventEntry, Position } from '../../../platform/log/entry.ts';

const HEROES = 5;

/** What the summary of a room says, besides oneself (specification, client-server API: "Syncing", `RoomSummary`). */
export interface RoomSummary {
  readonly heroes: readonly EventEntry[];
  readonly joined: number;
  readonly invited: number;
}

export const summaryFor = (room: Room, userId: string): RoomSummary => {
  const { present, past, joined, invited } = peopleOf(room);
  const others = present.filter(({ pdu }) => pdu.state_key !== userId);
  const heroes = others.length > 0 ? others : past.filter(({ pdu }) => pdu.state_key !== userId);
  return { heroes: heroes.slice(0, HEROES), joined, invited };
};

export const summaryText = ({ heroes, joined, invited }: RoomSummary): string =>
  JSON.stringify({
    'm.heroes': heroes.map(({ pdu }) => pdu.state_key),
    'm.joined_member_count': joined,
    'm.invited_member_count': invited,
  });

/** The first of a room's people, one more than is told of: one of them may be the reader. */
interface People {
  readonly position: Position;
  readonly present: readonly EventEntry[];
  readonly past: readonly EventEntry[];
  readonly joined: number;
  readonly invited: number;
}

/** Counted once for all who are told, until something else happens in the room. */
const counted = new WeakMap<Room, People>();

const peopleOf = (room: Room): People => {
  const known = counted.get(room);
  if (known?.position === room.position) return known;
  const present = new First();
  const past = new First();
  let [joined, invited] = [0, 0];
  for (const entry of room.members()) {
    const membership = membershipIn(entry);
    if (membership === 'join') joined += 1;
    else if (membership === 'invite') invited += 1;
    if (membership === 'join' || membership === 'invite') present.take(entry);
    else if (membership !== 'knock') past.take(entry);
  }
  const people = { position: room.position, present: present.entries, past: past.entries, joined, invited };
  counted.set(room, people);
  return people;
};

/** Keeps the few that stand first in the log's order. */
class First {
  readonly entries: EventEntry[] = [];

  take(entry: EventEntry): void {
    if (this.entries.length > HEROES && entry.position > (this.entries.at(-1)?.position ?? 0)) return;
    const later = this.entries.findIndex(({ position }) => position > entry.position);
    this.entries.splice(later < 0 ? this.entries.length : later, 0, entry);
    if (this.entries.length > HEROES + 1) this.entries.pop();
  }
}
