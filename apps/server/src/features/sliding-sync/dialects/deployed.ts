import type { RequiredState, RoomConfig, StatePattern } from '@byline/core/sliding-sync/required-state.ts';
import type { UserId } from '@byline/protocol';
import type {
  DeployedSlidingSyncBody,
  DeployedSlidingSyncQuery,
} from '@byline/protocol/matrix/sliding-sync-deployed.ts';
import { tokenOf } from '@byline/protocol/matrix/token.ts';
import { objectText, type SyncDevice } from '../../sync/service.ts';
import type { RoomResult, SlidingAnswer } from '../answer.ts';
import { extensionsText } from './extension-text.ts';
import { requireFew } from './merged.ts';
import { jsonIf, listText, roomsText } from './result-text.ts';
import type { Dialect, ListRequest, SlidingRequest } from '../request.ts';

/** Sliding sync as the clients speak that are out there: what it was while MSC4186 was discussed. */

const MOST_LISTS = 100;
const ANY = '*';
const ME = '$ME';
const LAZY = '$LAZY';
const MEMBER = 'm.room.member';

/** Throws `M_INVALID_PARAM`: too many lists. */
export const readDeployed = (
  device: SyncDevice,
  { pos, timeout, set_presence: setPresence }: DeployedSlidingSyncQuery,
  body: DeployedSlidingSyncBody,
): SlidingRequest => {
  requireFew('lists', body.lists, MOST_LISTS);
  const { userId } = device;
  return {
    device,
    connId: body.conn_id ?? '',
    pos,
    timeoutMs: timeout,
    setPresence,
    lists: Object.entries(body.lists).map(([name, list]) => listOf(name, list, userId)),
    subscriptions: {
      rooms: new Map(Object.entries(body.room_subscriptions).map(([roomId, room]) => [roomId, configOf(room, userId)])),
      // NOTSPEC: matrix-js-sdk, which alone names no connection, names each room once, as it was before MSC4186.
      ended: body.conn_id === undefined ? body.unsubscribe_rooms : undefined,
    },
    extensions: body.extensions,
    dialect: body.txn_id === undefined ? DEPLOYED : { ...DEPLOYED, write: writerFor(body.txn_id) },
  };
};

type ListBody = DeployedSlidingSyncBody['lists'][string];
type RoomBody = DeployedSlidingSyncBody['room_subscriptions'][string];

const listOf = (name: string, list: ListBody, userId: UserId): ListRequest => ({
  name,
  ranges: list.ranges,
  filter: {
    isDm: list.filters?.is_dm ?? undefined,
    isEncrypted: list.filters?.is_encrypted ?? undefined,
    isInvited: list.filters?.is_invite ?? undefined,
    roomTypes: list.filters?.room_types ?? undefined,
    notRoomTypes: list.filters?.not_room_types ?? undefined,
    tags: list.filters?.tags ?? undefined,
    notTags: list.filters?.not_tags ?? undefined,
    spaces: list.filters?.spaces ?? undefined,
  },
  config: configOf(list, userId),
});

const configOf = ({ timeline_limit, required_state }: RoomBody, userId: UserId): RoomConfig => ({
  timelineLimit: timeline_limit,
  requiredState: [requiredOf(required_state, userId)],
});

const requiredOf = (required: RoomBody['required_state'], userId: UserId): RequiredState => ({
  include: required.filter(([, stateKey]) => stateKey !== LAZY).map((pair) => patternOf(pair, userId)),
  exclude: [],
  lazyMembers: required.some(([type, stateKey]) => type === MEMBER && stateKey === LAZY),
});

const patternOf = ([type, stateKey]: readonly [string, string], userId: UserId): StatePattern => ({
  type: type === ANY ? undefined : type,
  stateKey: stateKey === ANY ? undefined : stateKey === ME ? userId : stateKey,
});

const writerFor =
  (transactionId: string | undefined) =>
  ({ pos, counts, rooms, extensions }: SlidingAnswer): string =>
    objectText([
      ['pos', JSON.stringify(pos)],
      ['txn_id', jsonIf(transactionId)],
      ['lists', objectText([...counts].map(([name, count]) => [name, `{"count":${count}}`]))],
      ['rooms', roomsText(rooms, roomText)],
      ['extensions', extensionsText(extensions)],
    ]);

const roomText = (room: RoomResult): string => {
  const { timeline, unread } = room;
  // Clients take a room with an `invite_state` for an invitation, or for a knock, whatever else is said of it.
  const isOpen = room.membership === 'invite' || room.membership === 'knock';
  return objectText([
    ['bump_stamp', jsonIf(room.bumpStamp)],
    ['name', jsonIf(room.name)],
    ['avatar', jsonIf(room.avatar)],
    ['heroes', jsonIf(room.heroes)],
    ['is_dm', jsonIf(room.isDm)],
    ['initial', jsonIf(room.initial || undefined)],
    ['unstable_expanded_timeline', jsonIf(timeline?.expanded === true || undefined)],
    ['required_state', listText(room.requiredState)],
    ['timeline', listText(timeline?.events)],
    ['prev_batch', jsonIf(timeline === undefined ? undefined : tokenOf(timeline.start))],
    // What goes back before what is known is sorted in by matrix-js-sdk only if the timeline is said to be limited.
    ['limited', jsonIf(timeline?.limited === true || timeline?.expanded === true || undefined)],
    ['num_live', jsonIf(timeline?.live)],
    ['joined_count', jsonIf(room.joinedCount)],
    ['invited_count', jsonIf(room.invitedCount)],
    ['notification_count', jsonIf(unread?.notificationCount)],
    ['highlight_count', jsonIf(unread?.highlightCount)],
    ['invite_state', isOpen ? `[${(room.strippedState ?? []).join(',')}]` : undefined],
  ]);
};

const DEPLOYED: Dialect = { tellsUnread: true, write: writerFor(undefined) };
