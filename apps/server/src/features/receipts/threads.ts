import { entryOf } from '@byline/core/json.ts';
import { EventId, type Pdu } from '@byline/protocol';
import { MAIN_TIMELINE } from '@byline/protocol/matrix/receipts.ts';

/** `main`, or the event id of the thread's root. */
export type ThreadId = string;

/** How far relations are followed (specification, client-server API: "Threaded read receipts"). */
const MOST_HOPS = 3;

/** Which thread an event is in: its own, or that of the event it relates to. `parentOf` looks such an event up. */
export const threadOf = async (
  event: Pdu,
  parentOf: (eventId: EventId) => Promise<Pdu | undefined>,
): Promise<ThreadId> => {
  let present = event;
  for (let hop = 0; ; hop += 1) {
    const relation = relationOf(present);
    if (relation === undefined) return MAIN_TIMELINE;
    if (relation.type === 'm.thread') return relation.eventId;
    const parent = hop < MOST_HOPS ? await parentOf(relation.eventId) : undefined;
    if (parent === undefined) return MAIN_TIMELINE;
    present = parent;
  }
};

const relationOf = (event: Pdu): { readonly type: string; readonly eventId: EventId } | undefined => {
  const relation = event.content['m.relates_to'];
  const type = entryOf(relation, 'rel_type');
  const eventId = EventId.safeParse(entryOf(relation, 'event_id'));
  return typeof type === 'string' && eventId.success ? { type, eventId: eventId.data } : undefined;
};
