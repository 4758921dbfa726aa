import type { ClientEvent, DeviceId, EventId, RoomId, UserId } from '@byline/protocol';
import type { SetPresence } from '@byline/protocol/matrix/sync.ts';
import type { Filter } from '@byline/protocol/matrix/filter.ts';
import type { AccountDataEntry, EventEntry, Position, ReceiptEntry } from '../../platform/log/entry.ts';
import type { Room } from '../graph/service.ts';
import type { EncryptionSource } from './news/encryption.ts';

/** What sync asks of other features. Each is a service of theirs; sync itself keeps nothing. */
export interface Sources {
  readonly history: HistorySource;
  readonly subscriptions: SubscriptionSource;
  readonly accountData: AccountDataSource;
  readonly receipts: ReceiptSource;
  readonly typing: TypingSource;
  readonly unread: UnreadSource;
  readonly filters: FilterSource;
  readonly ignored: IgnoredSource;
  readonly relations: RelationSource;
  readonly encryption: EncryptionSource;
  /** Absent: nobody is told who is there. */
  readonly presence?: PresenceSource;
}

export interface HistorySource {
  /** Those of the entries that the user may read. */
  readableBy(userId: UserId, room: Room, entries: readonly EventEntry[]): Promise<readonly EventEntry[]>;
  /** The rooms that the user wants to hear no more of. */
  forgottenBy(userId: UserId): Promise<ReadonlySet<RoomId>>;
}

export interface SubscriptionSource {
  /** The public accounts that a user follows, or has ceased to follow, each since when. */
  standingsOf(userId: UserId): Promise<readonly SubscriberStanding[]>;
  /** The membership that a subscriber alone is shown. */
  selfMember(userId: UserId, roomId: RoomId): Promise<ClientEvent | undefined>;
}

export interface SubscriberStanding {
  readonly roomId: RoomId;
  readonly subscribed: boolean;
  readonly position: Position;
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

/** All that is unread in a room, whatever its thread, and what of it is in which thread. */
export interface UnreadOfRoom extends UnreadCounts {
  /** By the thread's first event; the main timeline is none of them, nor are threads in which nothing is unread. */
  readonly threads?: ReadonlyMap<EventId, UnreadCounts>;
}

export interface UnreadSource {
  unread(userId: UserId, room: Room): Promise<UnreadOfRoom>;
}

export interface RelationSource {
  /** What relates to events of one room, as the JSON of `m.relations`, by event. Of public accounts it is the same for all. */
  bundles(userId: UserId, room: Room, entries: readonly EventEntry[]): Promise<ReadonlyMap<EventId, string>>;
}

export interface IgnoredSource {
  /** Those of whom the user wants to hear nothing. The same object as long as it is the same people. */
  ignoredBy(userId: UserId): Promise<ReadonlySet<UserId>>;
}

export interface InvitationSource {
  /** Whether a user takes no invitations at all. */
  areBlockedBy(userId: UserId): Promise<boolean>;
}

/**
 * Who is there, in memory only. Sync decides who is told of whom (who shares a conversation with them) and keeps who has
 * been told; so a change is told to those few alone, and nobody else looks at it.
 */
export interface PresenceSource {
  /** The `m.presence` event of a user, as JSON; `undefined`: there is nothing to say of them. */
  text(userId: UserId): string | undefined;
  /** Has `listener` called whenever there is something else to say of a user. It must not throw. */
  onChange(listener: (userId: UserId) => void): void;
  /** A device has asked for news, and how it wants its user to be seen for that. */
  seen(device: SyncDevice, as: SetPresence): void;
}

export interface FilterSource {
  filter(userId: UserId, filterId: string): Promise<Filter>;
}

/** A device, as far as sync tells them apart. */
export interface SyncDevice {
  readonly userId: UserId;
  readonly deviceId: DeviceId;
}
