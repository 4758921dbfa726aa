import type { EventEntry } from '../../../platform/log/entry.ts';
import type { Room } from '../../graph/service.ts';
import { summaryFor } from '../../sync/service.ts';
import type { Hero, RoomResult } from '../answer.ts';
import type { RoomSent } from '../connections/connection.ts';
import { changeOf, type Telling } from './telling.ts';

/** By what a client draws a room in a list. */
type Looks = Pick<RoomSent, 'name' | 'avatar' | 'joinedCount' | 'invitedCount'>;

export interface Appearance {
  /** What of it is new to the client. */
  readonly told: Pick<RoomResult, 'name' | 'avatar' | 'heroes' | 'joinedCount' | 'invitedCount'>;
  readonly known: Looks;
  readonly isChanged: boolean;
}

/**
 * What a room looks like, as far as it is new.
 *
 * @param mayHaveMoved whether people may have come, gone, or changed their names since the client was told
 */
export const appearanceOf = (telling: Telling, isInitial: boolean, mayHaveMoved: boolean): Appearance => {
  const { room, view, sent } = telling;
  const name = textIn(room, 'm.room.name', 'name');
  const avatar = textIn(room, 'm.room.avatar', 'url');
  const summary = isInitial || mayHaveMoved || sent?.joinedCount === undefined ? peopleIn(telling) : undefined;
  const known = {
    name,
    avatar,
    joinedCount: summary?.joined ?? sent?.joinedCount,
    invitedCount: summary?.invited ?? sent?.invitedCount,
  };
  const lostName = !isInitial && name === undefined && sent?.name !== undefined;
  const heroes = name === undefined && (summary !== undefined || lostName) ? heroesIn(room, view.userId) : undefined;
  const told = {
    name: changeOf(name, sent?.name, isInitial),
    avatar: changeOf(avatar, sent?.avatar, isInitial),
    heroes,
    joinedCount: changeOf(known.joinedCount, sent?.joinedCount, isInitial) ?? undefined,
    invitedCount: changeOf(known.invitedCount, sent?.invitedCount, isInitial) ?? undefined,
  };
  const { name: toldName, avatar: toldAvatar, joinedCount, invitedCount } = told;
  return {
    told,
    known,
    isChanged: [toldName, toldAvatar, joinedCount, invitedCount].some((value) => value !== undefined),
  };
};

const textIn = (room: Room, type: string, member: string): string | undefined => {
  const text = room.get(type, '')?.content[member];
  return typeof text === 'string' && text !== '' ? text : undefined;
};

/** Who follows a public account is seen by nobody: there are the account and oneself. */
const peopleIn = ({ room, graph, view }: Telling): { readonly joined: number; readonly invited: number } =>
  graph.audience === 'subscribers' ? { joined: room.joined.size + 1, invited: 0 } : summaryFor(room, view.userId);

const heroesIn = (room: Room, userId: string): Hero[] => summaryFor(room, userId).heroes.map(heroOf);

const heroOf = ({ pdu }: EventEntry): Hero => {
  const { displayname, avatar_url: avatar } = pdu.content;
  return {
    user_id: pdu.state_key ?? '',
    ...(typeof displayname === 'string' ? { displayname } : {}),
    ...(typeof avatar === 'string' ? { avatar_url: avatar } : {}),
  };
};
