import type { RequiredState, RoomConfig } from '@byline/core/sliding-sync/required-state.ts';
import { DomainError } from '@byline/protocol';
import type { SlidingSyncBody } from '@byline/protocol/matrix/sliding-sync.ts';
import { PresenceState } from '@byline/protocol/matrix/presence.ts';
import { tokenOf } from '@byline/protocol/matrix/token.ts';
import { objectText, type SyncDevice } from '../../sync/service.ts';
import type { RoomResult, SlidingAnswer } from '../answer.ts';
import { extensionsText } from './extension-text.ts';
import { jsonIf, listText, roomsText } from './result-text.ts';
import type { Dialect, ListRequest, SlidingRequest } from '../request.ts';

/** Sliding sync as MSC4186 was accepted. */

const MOST_LISTS = 100;
const MOST_SUBSCRIPTIONS = 100;

/** Throws `M_INVALID_PARAM`: too many lists or subscriptions, or a presence that is none. */
export const readMerged = (device: SyncDevice, body: SlidingSyncBody): SlidingRequest => {
  requireFew('lists', body.lists, MOST_LISTS);
  requireFew('room_subscriptions', body.room_subscriptions, MOST_SUBSCRIPTIONS);
  const presence = PresenceState.default('online').safeParse(body.set_presence);
  if (!presence.success) {
    throw new DomainError('M_INVALID_PARAM', '"set_presence" must be "online", "unavailable" or "offline".');
  }
  return {
    device,
    connId: body.conn_id ?? '',
    pos: body.pos,
    timeoutMs: body.timeout,
    setPresence: presence.data,
    lists: Object.entries(body.lists).map(([name, list]) => listOf(name, list)),
    subscriptions: {
      rooms: new Map(Object.entries(body.room_subscriptions).map(([roomId, room]) => [roomId, configOf(room)])),
      ended: undefined,
    },
    extensions: body.extensions,
    dialect: MERGED,
  };
};

/** Throws `M_INVALID_PARAM`. */
export const requireFew = (name: string, record: object, most: number): void => {
  if (Object.keys(record).length > most)
    throw new DomainError('M_INVALID_PARAM', `"${name}" may have at most ${most}.`);
};

type ListBody = SlidingSyncBody['lists'][string];
type RoomBody = SlidingSyncBody['room_subscriptions'][string];

const listOf = (name: string, list: ListBody): ListRequest => ({
  name,
  ranges: list.range === undefined ? undefined : [list.range],
  filter: {
    isDm: list.filters?.is_dm,
    isEncrypted: list.filters?.is_encrypted,
    isInvited: list.filters?.is_invited,
    roomTypes: list.filters?.room_types,
    notRoomTypes: list.filters?.not_room_types,
    tags: list.filters?.tags,
    notTags: list.filters?.not_tags,
    spaces: list.filters?.spaces,
  },
  config: configOf(list),
});

const configOf = ({ timeline_limit, required_state }: RoomBody): RoomConfig => ({
  timelineLimit: timeline_limit,
  requiredState: [requiredOf(required_state)],
});

const requiredOf = ({ include, exclude, lazy_members }: RoomBody['required_state']): RequiredState => ({
  include: include.map(patternOf),
  exclude: exclude.map(patternOf),
  lazyMembers: lazy_members,
});

const patternOf = ({ type, state_key: stateKey }: { type?: string | undefined; state_key?: string | undefined }) => ({
  type,
  stateKey,
});

const write = ({ pos, counts, rooms, extensions }: SlidingAnswer): string =>
  objectText([
    ['pos', JSON.stringify(pos)],
    ['lists', objectText([...counts].map(([name, count]) => [name, `{"count":${count}}`]))],
    ['rooms', roomsText(rooms, roomText)],
    ['extensions', extensionsText(extensions)],
  ]);

const roomText = (room: RoomResult): string => {
  const { timeline } = room;
  return objectText([
    ['membership', JSON.stringify(room.membership)],
    ['lists', room.lists.length === 0 ? undefined : JSON.stringify(room.lists)],
    ['bump_stamp', jsonIf(room.bumpStamp)],
    ['name', jsonIf(room.name)],
    ['avatar', jsonIf(room.avatar)],
    ['heroes', jsonIf(room.heroes)],
    ['is_dm', jsonIf(room.isDm)],
    ['initial', jsonIf(room.initial || undefined)],
    ['expanded_timeline', jsonIf(timeline?.expanded === true || undefined)],
    ['required_state', room.strippedState === undefined ? listText(room.requiredState) : undefined],
    ['timeline', room.strippedState === undefined ? listText(timeline?.events) : undefined],
    ['prev_batch', jsonIf(timeline === undefined ? undefined : tokenOf(timeline.start))],
    ['limited', jsonIf(timeline?.limited === true || undefined)],
    ['num_live', jsonIf(timeline?.live)],
    ['joined_count', jsonIf(room.joinedCount)],
    ['invited_count', jsonIf(room.invitedCount)],
    ['stripped_state', room.strippedState === undefined ? undefined : `[${room.strippedState.join(',')}]`],
  ]);
};

const MERGED: Dialect = { tellsUnread: false, write };
