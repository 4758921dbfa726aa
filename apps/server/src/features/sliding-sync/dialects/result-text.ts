import type { RoomId } from '@byline/protocol';
import { objectText } from '../../sync/service.ts';
import type { RoomResult } from '../answer.ts';

/** The JSON text of parts of an answer; `undefined` where there is nothing to tell. */

export const jsonIf = (value: unknown): string | undefined => (value === undefined ? undefined : JSON.stringify(value));

export const listText = (events: readonly string[] | undefined): string | undefined =>
  events === undefined || events.length === 0 ? undefined : `[${events.join(',')}]`;

export const roomsText = (
  rooms: ReadonlyMap<RoomId, RoomResult>,
  write: (room: RoomResult) => string,
): string | undefined =>
  rooms.size === 0 ? undefined : objectText([...rooms].map(([roomId, room]) => [roomId, write(room)]));
