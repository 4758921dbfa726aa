import type { ListFilter } from '@byline/core/sliding-sync/list-filter.ts';
import type { RoomConfig } from '@byline/core/sliding-sync/required-state.ts';
import type { Range } from '@byline/core/sliding-sync/window.ts';
import type { SlidingSyncExtensions } from '@byline/protocol/matrix/sliding-sync-extensions.ts';
import type { PresenceState } from '@byline/protocol/matrix/presence.ts';
import type { SyncDevice } from '../sync/service.ts';
import type { SlidingAnswer } from './answer.ts';

/** Which rooms a list shows, and what of each. */
export interface ListRequest {
  readonly name: string;
  /** `undefined`: the whole list. */
  readonly ranges: readonly Range[] | undefined;
  readonly filter: ListFilter;
  readonly config: RoomConfig;
}

/** The rooms that a client asks for by name. */
export interface SubscriptionsRequest {
  readonly rooms: ReadonlyMap<string, RoomConfig>;
  /** Of a client that names a room once, and not again until it has enough of it; `undefined`: these are all. */
  readonly ended: readonly string[] | undefined;
}

/** What a client asks, whichever dialect it speaks. */
export interface SlidingRequest {
  readonly device: SyncDevice;
  /** Tells apart the connections of one device. */
  readonly connId: string;
  /** Where the client stands; `undefined`: it begins. */
  readonly pos: string | undefined;
  readonly timeoutMs: number;
  /** As what the request lets its user be seen. */
  readonly setPresence: PresenceState;
  readonly lists: readonly ListRequest[];
  readonly subscriptions: SubscriptionsRequest;
  readonly extensions: SlidingSyncExtensions;
  readonly dialect: Dialect;
}

/** How answers are written. */
export interface Dialect {
  /** Whether rooms come with the numbers of what is unread in them. */
  readonly tellsUnread: boolean;
  readonly write: (answer: SlidingAnswer) => string;
}
