import { evaluate, type PushOutcome } from '@byline/core/push/evaluation.ts';
import type { Ruleset } from '@byline/core/push/ruleset.ts';
import type { EventId, RoomId, UserId } from '@byline/protocol';
import type { EventEntry, Position } from '../../platform/log/entry.ts';
import { clientEvent } from '../graph/service.ts';
import type { PastRoom } from './past-room.ts';

/** By what a user's events are judged. */
export interface JudgedBy {
  readonly userId: UserId;
  readonly ruleset: Ruleset;
  readonly ignored: ReadonlySet<UserId>;
}

/** What judging asks of relations. */
export interface ReplacingEvents {
  /** The event that this one replaces by the rules; `undefined`: none. */
  replacedBy(entry: EventEntry): Promise<EventId | undefined>;
  /** Where the events stand that replace this one. */
  replacementsOf(entry: EventEntry): Promise<readonly Position[]>;
}

export interface JudgementParts {
  readonly rooms: { event(roomId: RoomId, eventId: EventId): Promise<EventEntry | undefined> };
  readonly relations: Pick<ReplacingEvents, 'replacedBy'>;
}

/** What an event is worth to a user who did not send it; `undefined`: they are not told of it. */
export const judge = async (
  entry: EventEntry,
  past: PastRoom,
  { userId, ruleset, ignored }: JudgedBy,
  { rooms, relations }: JudgementParts,
): Promise<PushOutcome | undefined> => {
  const { sender } = entry.pdu;
  if (entry.redactedBy !== undefined || sender === userId || ignored.has(sender)) return undefined;
  const outcome = evaluate(ruleset, clientEvent(entry), past.contextOf(entry));
  if (!outcome.notify) return undefined;
  const replaced = await relations.replacedBy(entry);
  if (replaced === undefined) return outcome;
  // What was to replace an event that is gone is nothing to be told of either.
  const isGone = (await rooms.event(entry.roomId, replaced))?.redactedBy !== undefined;
  return isGone ? undefined : outcome;
};
