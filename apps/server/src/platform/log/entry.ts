import type { DeviceId, EventId, JsonObject, Pdu, RoomId, UserId } from '@byline/protocol';

/** A place in the one order of everything that a user can see happen. A sync token is a position. */
export type Position = number;

/** Who hears what happens in a room: those in it, or, in the room of a public account, those who follow it. */
export type Audience = 'members' | 'subscribers';

/** A room's event. */
export interface EventEntry {
  readonly kind: 'event';
  readonly position: Position;
  readonly roomId: RoomId;
  readonly audience: Audience;
  readonly eventId: EventId;
  readonly pdu: Pdu;
  /** The redaction that took this event's content away. */
  readonly redactedBy: LinkedEvent | undefined;
  /** The state that this event took the place of; `undefined` also where it was not asked for. */
  readonly replaces: LinkedEvent | undefined;
  /** The event whose content this one takes away, as it is from now on. */
  readonly redacts: EventEntry | undefined;
  /** Whose request it was, so that the device that sent it recognises it. */
  readonly transaction: Transaction | undefined;
}

/** An event that is shown together with another. */
export interface LinkedEvent {
  readonly eventId: EventId;
  readonly pdu: Pdu;
}

/** An event as it is once `redacted` has lost its content: its own, or that of an event shown together with it. */
export const afterRedaction = (entry: EventEntry, redacted: EventEntry): EventEntry => {
  const { eventId, pdu } = redacted;
  if (entry.eventId === eventId) return redacted;
  if (entry.replaces?.eventId === eventId) return { ...entry, replaces: { eventId, pdu } };
  if (entry.redactedBy?.eventId === eventId) return { ...entry, redactedBy: { eventId, pdu } };
  return entry;
};

/** What a client calls a request, so that it can send it again without its being done twice. */
export interface Transaction {
  readonly userId: UserId;
  readonly deviceId: DeviceId;
  /** What was asked for: the same name for something else is another request. */
  readonly endpoint: string;
  readonly transactionId: string;
}

/** Somebody has read up to an event. A private receipt is seen by nobody else. */
export interface ReceiptEntry {
  readonly kind: 'receipt';
  readonly position: Position;
  readonly roomId: RoomId;
  readonly userId: UserId;
  readonly receipt: Receipt;
}

export interface Receipt {
  readonly type: 'm.read' | 'm.read.private';
  readonly eventId: EventId;
  /** Where that event stands: how far has been read. */
  readonly eventPosition: Position;
  /** `null`: unthreaded. */
  readonly threadId: string | null;
  readonly at: number;
}

/** A user's own data changed: global, or of one room. */
export interface AccountDataEntry {
  readonly kind: 'account-data';
  readonly position: Position;
  readonly userId: UserId;
  readonly roomId: RoomId | null;
  readonly type: string;
  readonly content: JsonObject;
}

/** A user began or ceased to follow a public account, or muted it. */
export interface SubscriptionEntry {
  readonly kind: 'subscription';
  readonly position: Position;
  readonly userId: UserId;
  readonly roomId: RoomId;
  readonly subscribed: boolean;
}

/** A message to one device, waiting to be delivered (specification, client-server API: "Send-to-Device messaging"). */
export interface ToDeviceEntry {
  readonly kind: 'to-device';
  readonly position: Position;
  readonly userId: UserId;
  readonly deviceId: DeviceId;
  readonly message: ToDeviceMessage;
}

export interface ToDeviceMessage {
  readonly sender: UserId;
  readonly type: string;
  readonly content: JsonObject;
}

/** A user's device keys or cross-signing keys changed. */
export interface DeviceListEntry {
  readonly kind: 'device-list';
  readonly position: Position;
  /** Whose keys. */
  readonly userId: UserId;
  /** The one user who can see what changed: a signature that they gave. `undefined`: everybody. */
  readonly seenBy: UserId | undefined;
  /** The encrypted rooms in which the change is of interest, so that those in them can be woken. */
  readonly roomIds: readonly RoomId[];
}

/** A device uploaded one-time or fallback keys, or some were claimed. Only what is in memory follows it; its rows keep no position. */
export interface OneTimeKeysEntry {
  readonly kind: 'one-time-keys';
  readonly position: Position;
  readonly userId: UserId;
  readonly deviceId: DeviceId;
  /** How many one-time keys there are more than before, by algorithm; fewer: negative. */
  readonly added: ReadonlyMap<string, number>;
  /** The algorithms whose fallback key is another now, and whether it is unused. */
  readonly unusedFallback: ReadonlyMap<string, boolean>;
}

/** Whatever a client may have to be told. */
export type LogEntry =
  | EventEntry
  | ReceiptEntry
  | AccountDataEntry
  | SubscriptionEntry
  | ToDeviceEntry
  | DeviceListEntry
  | OneTimeKeysEntry;

/** An entry that has no position yet. */
export type Unplaced<Entry extends LogEntry> = Entry extends LogEntry ? Omit<Entry, 'position'> : never;
