import type { UserId } from '@byline/protocol';
import { membershipIn, type Room } from '../graph/service.ts';

const HEROES = 5;

/** The `summary` of a room (specification, client-server API: "Syncing", `RoomSummary`): who is in it besides oneself. */
export const summaryText = (room: Room, userId: UserId): string => {
  const counts = { join: 0, invite: 0, knock: 0, leave: 0, ban: 0 };
  const present: string[] = [];
  const past: string[] = [];
  for (const entry of room.members()) {
    const membership = membershipIn(entry);
    counts[membership] += 1;
    const member = entry.pdu.state_key ?? '';
    if (member === userId || present.length >= HEROES) continue;
    if (membership === 'join' || membership === 'invite') present.push(member);
    else if (past.length < HEROES) past.push(member);
  }
  return JSON.stringify({
    'm.heroes': present.length > 0 ? present : past,
    'm.joined_member_count': counts.join,
    'm.invited_member_count': counts.invite,
  });
};
