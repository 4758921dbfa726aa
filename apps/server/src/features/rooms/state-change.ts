import { canonicalJson } from '@byline/core/event/canonical-json.ts';
import { ROOM_VERSION_RULES } from '@byline/core/event/room-version.ts';
import type { EventId } from '@byline/protocol';
import type { EventDraft, Room, RoomGraph, RoomView } from '../graph/service.ts';

/** A piece of state that somebody wants to set. */
export interface StateDraft extends EventDraft {
  readonly stateKey: string;
}

/** Sets a piece of state and answers its event; what stands already, by the same sender, is not said again. `check` throws where it may not be. */
export const appendState = async (
  graph: RoomGraph,
  room: Room,
  draft: StateDraft,
  check: (now: RoomView) => void = () => undefined,
): Promise<EventId> => {
  let standing: EventId | undefined;
  const [entry] = await graph.append(room.id, (now) => {
    check(now);
    standing = sameAs(draft, now);
    return standing === undefined ? [draft] : [];
  });
  const eventId = entry?.eventId ?? standing;
  if (eventId === undefined) throw new Error('The state was neither there nor set.');
  return eventId;
};

const sameAs = ({ type, stateKey, sender, content }: StateDraft, room: RoomView): EventId | undefined => {
  const present = room.entry(type, stateKey);
  if (present?.pdu.sender !== sender) return undefined;
  const { numbers } = ROOM_VERSION_RULES[room.version];
  return canonicalJson(present.pdu.content, numbers) === canonicalJson(content, numbers) ? present.eventId : undefined;
};
