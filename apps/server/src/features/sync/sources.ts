import type { ClientEvent, DeviceId, RoomId, UserId } from '@byline/protocol';
import type { Filter } from '@byline/protocol/matrix/filter.ts';
import type { AccountDataEntry, EventEntry, Position, ReceiptEntry } from '../../platform/log/entry.ts';
import type { Room } from '../graph/service.ts';

/** What sync asks of other features. Each is a service of theirs; sync itself keeps nothing. */
export interface Sources {
  readonly history: HistorySource;
  readonly subscriptions: SubscriptionSource;
  readonly accountData: AccountDataSource;
  readonly receipts: ReceiptSource;
  readonly typing: TypingSource;
  readonly unread: UnreadSource;
  readonly filters: FilterSource;
}

export interface HistorySource {
  /** Those of the entries that the user may read. */
  readableBy(userId: UserId, room: Room, entries: readonly EventEntry[]): Promise<readonly EventEntry[]>;
  /** The rooms that the user wants to hear no more of. */
  forgottenBy(userId: UserId): Promise<ReadonlySet<RoomId>>;
}

export interface SubscriptionSource {
  subscriptionsOf(userId: UserId): Promise<readonly { readonly roomId: RoomId; readonly position: Position }[]>;
  /** The membership that a subscriber alone is shown. */
  selfMember(userId: UserId, roomId: RoomId): Promise<ClientEvent | undefined>;
}

export interface AccountDataSource {
  all(userId: UserId): Promise<readonly AccountDataEntry[]>;
  since(userId: UserId, position: Position): Promise<readonly AccountDataEntry[]>;
}

export interface ReceiptSource {
  /** The present receipts of rooms; private ones of other users are left out by sync. */
  all(roomIds: readonly RoomId[]): Promise<readonly ReceiptEntry[]>;
  since(roomIds: readonly RoomId[], position: Position): Promise<readonly ReceiptEntry[]>;
}

export interface TypingSource {
  /** Counts up with every change. */
  readonly serial: number;
  changedSince(serial: number): readonly RoomId[];
  typingIn(roomId: RoomId): readonly UserId[];
  onChange(listener: (roomId: RoomId) => void): void;
}

export interface UnreadCounts {
  readonly notificationCount: number;
  readonly highlightCount: number;
}

export interface UnreadSource {
  unread(userId: UserId, room: Room): Promise<UnreadCounts>;
}

export interface FilterSource {
  filter(userId: UserId, filterId: string): Promise<Filter>;
}

/** A device, as far as sync tells them apart. */
export interface SyncDevice {
  readonly userId: UserId;
  readonly deviceId: DeviceId;
}
