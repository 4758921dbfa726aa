import type { RoomId } from '@byline/protocol';
import type { LogEntry, Position, ReceiptEntry } from '../../platform/log/entry.ts';
import type { Tail } from '../../platform/log/tail.ts';
import { mayBeTold, type Sources, type UserView } from '../sync/service.ts';
import type { OwnData } from './account-data.ts';

/** What has happened to a user since a position, besides what happened in rooms. */
export interface News {
  readonly receipts: ReadonlyMap<RoomId, readonly ReceiptEntry[]>;
  /** The rooms of which the user's own data has changed. */
  readonly ownData: ReadonlySet<RoomId>;
  readonly hasGlobalData: boolean;
  /** Whether somebody's devices may have changed, or who shares an encrypted room with the user. */
  readonly mayConcernDevices: boolean;
}

const NO_NEWS: News = { receipts: new Map(), ownData: new Set(), hasGlobalData: false, mayConcernDevices: false };

/** Beyond that many entries it is cheaper to ask for the user's own. */
const LONGEST_TAIL_READ = 5_000;

/** Finds what is new: in the log's tail where that reaches back, in the engine where it does not. */
export const newsSince = async (
  view: UserView,
  since: Position | undefined,
  tail: Tail,
  sources: Pick<Sources, 'receipts'>,
  ownData: () => Promise<OwnData>,
): Promise<News> => {
  if (since === undefined) return NO_NEWS;
  const entries = tail.after(since);
  if (entries !== undefined && entries.length <= LONGEST_TAIL_READ) return newsIn(view, entries);
  const receipts = await sources.receipts.since([...view.heard()], since);
  const data = await ownData();
  return {
    receipts: byRoom(receipts.filter((entry) => mayBeTold(view.userId, entry))),
    ownData: new Set(data.roomsSince(since)),
    hasGlobalData: data.globalSince(since).length > 0,
    mayConcernDevices: true,
  };
};

const newsIn = (view: UserView, entries: readonly LogEntry[]): News => {
  if (entries.length === 0) return NO_NEWS;
  const receipts: ReceiptEntry[] = [];
  const ownData = new Set<RoomId>();
  let [hasGlobalData, mayConcernDevices] = [false, false];
  for (const entry of entries) {
    if (entry.kind === 'receipt') {
      if (view.hears(entry.roomId) && mayBeTold(view.userId, entry)) receipts.push(entry);
    } else if (entry.kind === 'account-data') {
      if (entry.userId !== view.userId) continue;
      if (entry.roomId === null) hasGlobalData = true;
      else ownData.add(entry.roomId);
    } else if (entry.kind === 'device-list') mayConcernDevices = true;
    else if (entry.kind === 'event') mayConcernDevices ||= DEVICE_EVENTS.has(entry.pdu.type);
  }
  return { receipts: byRoom(receipts), ownData, hasGlobalData, mayConcernDevices };
};

/** By these it changes who shares an encrypted room with whom. */
const DEVICE_EVENTS: ReadonlySet<string> = new Set(['m.room.member', 'm.room.encryption']);

const byRoom = (receipts: readonly ReceiptEntry[]): ReadonlyMap<RoomId, readonly ReceiptEntry[]> =>
  Map.groupBy(receipts, (entry) => entry.roomId);
