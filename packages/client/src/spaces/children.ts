import type { JsonObject } from '@byline/protocol';

/** An `m.space.child` of a space. */
export interface ChildEvent {
  /** The room that it names. */
  readonly stateKey: string;
  readonly content: JsonObject;
  /** Milliseconds since 1970. */
  readonly at: number;
}

const MOST_LETTERS = 50;
const LETTERS = /^[\x20-\x7E]+$/;

/** The rooms of a space in the order that it wants (specification: "Ordering of children within a space"). */
export function childrenIn(events: readonly ChildEvent[]): readonly string[] {
  return events
    .filter(({ content }) => isNamed(content))
    .toSorted((one, other) => compareOrders(orderOf(one), orderOf(other)) || one.at - other.at || byId(one, other))
    .map(({ stateKey }) => stateKey);
}

/** What names no server through which it is to be had is no child any more. */
const isNamed = ({ via }: JsonObject): boolean => Array.isArray(via) && via.length > 0;

function orderOf({ content: { order } }: ChildEvent): string | undefined {
  return typeof order === 'string' && order.length <= MOST_LETTERS && LETTERS.test(order) ? order : undefined;
}

/** Those with an order come before those without. */
function compareOrders(one: string | undefined, other: string | undefined): number {
  if (one === other) return 0;
  if (one === undefined) return 1;
  return other === undefined || one < other ? -1 : 1;
}

const byId = (one: ChildEvent, other: ChildEvent): number => (one.stateKey < other.stateKey ? -1 : 1);

/** How one comes into a room: at once, by asking, or only when somebody invites one. */
export type WayIn = 'join' | 'knock' | 'invitation';

/**
 * @param rule the join rule of the room, of those of the specification
 * @param allowed the rooms whose members may join a restricted one; `undefined` when that isn't known
 * @param own the rooms that one is in
 */
export function wayInto(
  rule: string | undefined,
  allowed: readonly string[] | undefined,
  own: ReadonlySet<string>,
): WayIn {
  if (rule === 'public') return 'join';
  const isRestricted = rule === 'restricted' || rule === 'knock_restricted';
  if (isRestricted && (allowed === undefined || allowed.some((id) => own.has(id)))) return 'join';
  return rule === 'knock' || rule === 'knock_restricted' ? 'knock' : 'invitation';
}

/** All rooms under a space: its own, and those of the spaces in it, each once, also when spaces go round in a circle. */
export function roomsUnder(spaceId: string, childrenOf: (id: string) => readonly string[]): readonly string[] {
  const found = new Set<string>();
  const waiting = [spaceId];
  for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
    for (const child of childrenOf(id)) {
      if (child === spaceId || found.has(child)) continue;
      found.add(child);
      waiting.push(child);
    }
  }
  return [...found];
}
