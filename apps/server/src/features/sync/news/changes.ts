import type { RoomId, UserId } from '@byline/protocol';
import type { AccountDataEntry, LogEntry, Position, ReceiptEntry } from '../../../platform/log/entry.ts';
import { concernsDevice, type EncryptionEntry } from './encryption.ts';
import type { SyncDevice } from '../sources.ts';
import type { UserView } from '../waiting/view.ts';

/** What is new for a user within a span of the log. */
export interface Changes {
  /** Rooms in which something has happened that the user hears. */
  readonly rooms: ReadonlySet<RoomId>;
  /** Rooms in which the user's own standing has changed. */
  readonly standings: ReadonlySet<RoomId>;
  readonly receipts: ReadonlyMap<RoomId, readonly ReceiptEntry[]>;
  readonly accountData: readonly AccountDataEntry[];
  /** What was said to the device; `undefined`: it was not read, and is to be asked for. */
  readonly encryption: readonly EncryptionEntry[] | undefined;
  /** Whether the user sent any of it; not asked of what is read from the engine, whose answers are nobody else's. */
  readonly hasOwn: boolean;
}

export const isEmpty = (changes: Changes): boolean =>
  changes.rooms.size === 0 &&
  changes.standings.size === 0 &&
  changes.receipts.size === 0 &&
  changes.accountData.length === 0 &&
  changes.encryption?.length === 0;

/** What entries of the log, all of those after a position, mean for a device of the user. */
export const changesOf = (
  view: UserView,
  device: SyncDevice,
  entries: readonly LogEntry[],
  since: Position,
): Changes => {
  if (entries.length === 0) return NO_CHANGES;
  const rooms = new Set<RoomId>();
  const receipts: ReceiptEntry[] = [];
  const accountData: AccountDataEntry[] = [];
  const encryption: EncryptionEntry[] = [];
  let hasOwn = false;
  for (const entry of entries) {
    if (entry.kind === 'account-data') {
      if (entry.userId === view.userId) accountData.push(entry);
    } else if (entry.kind === 'receipt') {
      if (view.hears(entry.roomId) && mayBeTold(view.userId, entry)) receipts.push(entry);
    } else if (entry.kind === 'event' && view.hears(entry.roomId)) {
      rooms.add(entry.roomId);
      hasOwn ||= entry.transaction?.userId === view.userId;
    } else if (concernsDevice(view, device, entry)) encryption.push(entry);
  }
  const standings = view.standingChangedAt <= since ? NO_ROOMS : standingsSince(view, since);
  return { rooms, standings, receipts: byRoom(receipts), accountData, encryption, hasOwn };
};

const byRoom = (receipts: readonly ReceiptEntry[]): ReadonlyMap<RoomId, readonly ReceiptEntry[]> =>
  receipts.length === 0 ? NO_RECEIPTS : Map.groupBy(receipts, (entry) => entry.roomId);

// Most looks find nothing new or only events, so what is empty is not made anew for each of thousands who look at once.
const NO_ROOMS: ReadonlySet<RoomId> = new Set();
const NO_RECEIPTS: ReadonlyMap<RoomId, readonly ReceiptEntry[]> = new Map();
const NO_CHANGES: Changes = {
  rooms: NO_ROOMS,
  standings: NO_ROOMS,
  receipts: NO_RECEIPTS,
  accountData: [],
  encryption: [],
  hasOwn: false,
};

/** The rooms to which the user's standing has changed after a position. */
export const standingsSince = (view: UserView, position: Position): Set<RoomId> => {
  const changed = new Set<RoomId>();
  for (const standings of [view.conversations, view.accounts]) {
    for (const [roomId, standing] of standings) if (standing.position > position) changed.add(roomId);
  }
  return changed;
};

/** A private receipt is only for whom it belongs to. */
export const mayBeTold = (userId: UserId, entry: ReceiptEntry): boolean =>
  entry.receipt.type === 'm.read' || entry.userId === userId;
