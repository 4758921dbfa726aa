import type { Filter, RoomEventFilter } from '@byline/protocol/matrix/filter.ts';
import type { Position } from '../../platform/log/entry.ts';
import type { SyncDevice } from './sources.ts';

/** One answer in the making: whose, of which span of the log, through which filter. */
export interface SyncContext {
  readonly device: SyncDevice;
  /** What the device knows already; `undefined`: nothing. */
  readonly since: Position | undefined;
  readonly upTo: Position;
  /** Up to where the device has the messages to it. */
  readonly toDevice: Position;
  readonly filter: Filter;
  /**
   * Tells apart how answers are written, so that what is written for one can be given to another: the text of the filter,
   * or its id, which is made of its text, and where the state is told.
   */
  readonly filterKey: string;
  /** Whether all of the state is wanted, known or not. */
  readonly fullState: boolean;
  /** Under which name the state after the timeline is told; `undefined`: that before it is told. */
  readonly stateAfter: StateAfter | undefined;
}

/** The name of the specification, and that by which MSC4222 began. */
export type StateAfter = 'state_after' | 'org.matrix.msc4222.state_after';

export const timelineFilter = ({ filter }: SyncContext): RoomEventFilter | undefined => filter.room?.timeline;

export const stateFilter = ({ filter }: SyncContext): RoomEventFilter | undefined => filter.room?.state;

/** Whether only those members are wanted who speak in the timeline (specification: "Lazy-loading room members"). */
export const isLazy = ({ filter }: SyncContext): boolean => filter.room?.state?.lazy_load_members === true;

/** Whether a lazy client wants to be told again of members whom it knows. */
export const wantsRedundantMembers = ({ filter }: SyncContext): boolean =>
  filter.room?.state?.include_redundant_members === true;

/** Whether what is unread in threads is to be counted apart. */
export const countsThreads = ({ filter }: SyncContext): boolean =>
  filter.room?.timeline?.unread_thread_notifications === true;
