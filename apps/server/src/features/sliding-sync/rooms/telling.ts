import type { RoomId } from '@byline/protocol';
import type { Position } from '../../../platform/log/entry.ts';
import type { Room, RoomGraph } from '../../graph/service.ts';
import type { Standing, SyncDevice, UserView } from '../../sync/service.ts';
import type { RoomResult } from '../answer.ts';
import type { RoomSent } from '../connections/connection.ts';
import type { RuleSet } from '../lists/rules.ts';

/** A room of which a client may have to be told. */
export interface Telling {
  readonly view: UserView;
  readonly device: SyncDevice;
  readonly room: Room;
  readonly graph: RoomGraph;
  readonly standing: Standing;
  readonly rules: RuleSet;
  /** What the client has been told of it; `undefined`: nothing. */
  readonly sent: RoomSent | undefined;
  /** Up to where it has been told of anything; `undefined`: it begins. */
  readonly since: Position | undefined;
  readonly upTo: Position;
  readonly isDm: boolean;
  readonly bumpStamp: Position;
  readonly tellsUnread: boolean;
}

/** What is told of a room, and what the client will know of it then. */
export interface ToldRoom {
  readonly roomId: RoomId;
  /** `undefined`: there is nothing to tell. */
  readonly result: RoomResult | undefined;
  readonly sent: RoomSent;
}

/** What a client that has been told nothing of a room knows of what comes besides it. */
export const UNTOLD = {
  shown: Infinity,
  members: new Set<string>(),
  accountData: undefined,
  receipts: undefined,
  isRefused: false,
  typingMissed: false,
} as const;

/** Of a value that a client may know: what to tell of it. `null`: there is none any more. */
export const changeOf = <Value>(
  now: Value | undefined,
  told: Value | undefined,
  isInitial: boolean,
): Value | null | undefined => {
  if (isInitial) return now;
  return now === told ? undefined : (now ?? null);
};
