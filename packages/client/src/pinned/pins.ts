import type { JsonObject } from '@byline/protocol';

/** The state event that says which messages of a room are pinned (specification: "m.room.pinned_events"). */
export const PINNED = 'm.room.pinned_events';

/** The ids of the messages that are pinned, in the order in which they were, each once. */
export function pinsIn(content: JsonObject): readonly string[] {
  const { pinned } = content;
  if (!Array.isArray(pinned)) return [];
  return [...new Set(pinned.filter((id) => typeof id === 'string' && id !== ''))];
}

/** @param at where it stands among the others; at the end when it is pinned now */
export function withPin(pins: readonly string[], id: string, at = pins.length): readonly string[] {
  return pins.includes(id) ? pins : pins.toSpliced(at, 0, id);
}

export const withoutPin = (pins: readonly string[], id: string): readonly string[] => pins.filter((pin) => pin !== id);

/** Whether a change pinned something that was not pinned before. */
export function addsPin(before: JsonObject, now: JsonObject): boolean {
  const known = pinsIn(before);
  return pinsIn(now).some((id) => !known.includes(id));
}
