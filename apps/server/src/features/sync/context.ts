import type { Filter, RoomEventFilter } from '@byline/protocol/matrix/filter.ts';
import type { Position } from '../../platform/log/entry.ts';
import type { SyncDevice } from './sources.ts';

/** One answer in the making: whose, of which span of the log, through which filter. */
export interface SyncContext {
  readonly device: SyncDevice;
  /** What the device knows already; `undefined`: nothing. */
  readonly since: Position | undefined;
  readonly upTo: Position;
  readonly filter: Filter;
  /** Tells filters apart, so that what one filter let pass can be shared: its text, or its id, which is made of its text. */
  readonly filterKey: string;
  /** Whether all of the state is wanted, known or not. */
  readonly fullState: boolean;
}

export const timelineFilter = ({ filter }: SyncContext): RoomEventFilter | undefined => filter.room?.timeline;

export const stateFilter = ({ filter }: SyncContext): RoomEventFilter | undefined => filter.room?.state;

/** Whether only those members are wanted who speak in the timeline (specification: "Lazy-loading room members"). */
export const isLazy = ({ filter }: SyncContext): boolean => filter.room?.state?.lazy_load_members === true;
