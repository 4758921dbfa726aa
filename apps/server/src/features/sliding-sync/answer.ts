import type { RoomId } from '@byline/protocol';
import type { Position } from '../../platform/log/entry.ts';
import type { KeyCounts, DeviceListChanges } from '../keys/service.ts';
import type { UnreadCounts } from '../sync/service.ts';

/** An answer in no dialect yet. Events are JSON texts, which are shared by all who are told of them. */
export interface SlidingAnswer {
  readonly pos: string;
  /** How many rooms each list is of. */
  readonly counts: ReadonlyMap<string, number>;
  readonly rooms: ReadonlyMap<RoomId, RoomResult>;
  readonly extensions: ExtensionResults;
}

/** What is new of a room. What is left out has not changed, or, where it is told for the first time, is not there. */
export interface RoomResult {
  readonly membership: string;
  /** The lists that show it. */
  readonly lists: readonly string[];
  readonly initial: boolean;
  readonly bumpStamp?: Position | undefined;
  readonly isDm?: boolean | undefined;
  /** `null`: it has none any more. */
  readonly name?: string | null | undefined;
  readonly avatar?: string | null | undefined;
  readonly heroes?: readonly Hero[] | undefined;
  readonly joinedCount?: number | undefined;
  readonly invitedCount?: number | undefined;
  readonly requiredState?: readonly string[] | undefined;
  readonly timeline?: RoomTimeline | undefined;
  readonly unread?: UnreadCounts | undefined;
  /** Of a room that the user is not in. */
  readonly strippedState?: readonly string[] | undefined;
}

export interface RoomTimeline {
  readonly events: readonly string[];
  readonly limited: boolean;
  /** Whether it goes back before what was told already. */
  readonly expanded: boolean;
  /** How many of the last events have happened since the last answer. */
  readonly live: number;
  /** From where history leads on backwards. */
  readonly start: Position;
}

export interface Hero {
  readonly user_id: string;
  readonly displayname?: string;
  readonly avatar_url?: string;
}

/** What extensions tell; those that were not asked for, and those of rooms that have nothing to tell, are left out. */
export interface ExtensionResults {
  readonly toDevice?: { readonly nextBatch: Position; readonly events: readonly string[] } | undefined;
  readonly e2ee?: { readonly deviceLists: DeviceListChanges | undefined; readonly counts: KeyCounts } | undefined;
  readonly accountData?: AccountDataResult | undefined;
  /** The `m.receipt` event of each room. */
  readonly receipts?: ReadonlyMap<RoomId, string> | undefined;
  /** The `m.typing` event of each room. */
  readonly typing?: ReadonlyMap<RoomId, string> | undefined;
}

export interface AccountDataResult {
  readonly global: readonly string[];
  readonly rooms: ReadonlyMap<RoomId, readonly string[]>;
}
