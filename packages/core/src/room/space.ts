import type { Pdu } from '@byline/protocol/event.ts';
import type { Json, JsonObject } from '@byline/protocol/json.ts';
import { RoomId } from '@byline/protocol/ids.ts';
import { compareByCodePoint } from '../event/canonical-json.ts';

/** A room that a space says is in it. */
export interface SpaceChild {
  readonly roomId: RoomId;
  readonly isSuggested: boolean;
  /** The `m.space.child` that says so. */
  readonly pdu: Pdu;
}

/** The rooms of a space in their order, from its `m.space.child` events (client-server API: "Spaces"). */
export const childrenOfSpace = (events: Iterable<Pdu>): readonly SpaceChild[] =>
  [...events]
    .map(childIn)
    .filter((child) => child !== undefined)
    .toSorted((left, right) => compareChildren(left.pdu, right.pdu));

/** Only what can be reached counts, so a child without `via` was taken out again. */
export const isLinked = ({ via }: JsonObject): boolean =>
  Array.isArray(via) && via.length > 0 && via.every((server: Json) => typeof server === 'string');

const childIn = (pdu: Pdu): SpaceChild | undefined => {
  const roomId = RoomId.safeParse(pdu.state_key);
  if (!roomId.success || !isLinked(pdu.content)) return undefined;
  return { roomId: roomId.data, isSuggested: pdu.content['suggested'] === true, pdu };
};

/** First those with an order, by it; then by time; then by room id ("Ordering of children within a space"). */
const compareChildren = (left: Pdu, right: Pdu): number =>
  compareOrders(orderOf(left), orderOf(right)) ||
  left.origin_server_ts - right.origin_server_ts ||
  compareByCodePoint(left.state_key ?? '', right.state_key ?? '');

const compareOrders = (left: string | undefined, right: string | undefined): number => {
  if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined);
  return compareByCodePoint(left, right);
};

const VALID_ORDER = /^[\x20-\x7E]{1,50}$/;

const orderOf = ({ content: { order } }: Pdu): string | undefined =>
  typeof order === 'string' && VALID_ORDER.test(order) ? order : undefined;
