import type { RoomId } from '@byline/protocol';
import type { Position } from '../../../platform/log/entry.ts';
import type { Told } from '../connections/connection.ts';
import type { Looking } from '../look.ts';

/** The rooms of which an extension tells: those that the client is shown by some lists, and by name. */
export interface RoomsOfExtension {
  readonly enabled: boolean;
  readonly lists?: readonly string[] | undefined;
  readonly rooms?: readonly string[] | undefined;
}

const ALL = '*';

/** Whether an extension tells of a room that is shown. Absent lists are all lists, absent rooms all that are named. */
export const isConcerned = (extension: RoomsOfExtension | undefined, looking: Looking, roomId: RoomId): boolean => {
  const rules = looking.shown.get(roomId);
  if (extension?.enabled !== true || rules === undefined) return false;
  const { lists = [ALL], rooms = [ALL] } = extension;
  if (lists.includes(ALL) ? rules.lists.length > 0 : rules.lists.some((list) => lists.includes(list))) return true;
  return looking.wanted.subscriptions.has(roomId) && (rooms.includes(ALL) || rooms.includes(roomId));
};

/** Which of a room's news, that come with each answer, a client has to be told of. */
type Kind = 'accountData' | 'receipts';

/**
 * The rooms of which there is something to tell, each since when: what has changed now, what changed while the room was not
 * shown, and all that there is of rooms that are new to the client. It remembers what is missed.
 */
export const roomsToTell = (
  looking: Looking,
  extension: RoomsOfExtension | undefined,
  kind: Kind,
  changed: Iterable<RoomId>,
): ReadonlyMap<RoomId, Position> => {
  const toTell = new Map<RoomId, Position>();
  const { since = 0 } = looking;
  for (const roomId of changed) {
    if (looking.sent(roomId)?.[kind] !== 'always') continue;
    if (isConcerned(extension, looking, roomId)) toTell.set(roomId, since);
    else looking.change(roomId, kind === 'accountData' ? { accountData: since } : { receipts: since });
  }
  if (extension?.enabled !== true) return toTell;
  for (const roomId of looking.unsettled) {
    const told: Told = looking.sent(roomId)?.[kind];
    if (told === 'always' || looking.sent(roomId) === undefined || !isConcerned(extension, looking, roomId)) continue;
    toTell.set(roomId, told ?? 0);
    looking.change(roomId, kind === 'accountData' ? { accountData: 'always' } : { receipts: 'always' });
  }
  return toTell;
};
