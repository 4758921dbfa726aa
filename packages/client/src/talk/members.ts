import type { MatrixClient, Room, RoomMember } from 'matrix-js-sdk';
import { ENCRYPTION } from '../crypto/encrypted-room.ts';
import { personIn } from '../messages/people.ts';
import { PINNED } from '../pinned/pins.ts';
import type { Person } from '../timeline/message.ts';

/** Somebody of a group. */
export interface Member extends Person {
  readonly key: string;
  readonly isInvited: boolean;
  readonly isSelf: boolean;
  /** May change the group. */
  readonly isAdministrator: boolean;
  /** Whether one may remove them oneself. */
  readonly mayRemove: boolean;
}

/** What one may do with a group. */
export interface GroupRights {
  /** May say something. */
  readonly maySpeak: boolean;
  readonly mayInvite: boolean;
  readonly mayRename: boolean;
  readonly mayPicture: boolean;
  readonly mayPin: boolean;
  /** May encrypt what is said from now on. */
  readonly mayEncrypt: boolean;
}

const ADMINISTRATOR = 100;

export function membersOf(client: MatrixClient, room: Room): Member[] {
  const me = client.getSafeUserId();
  const own = room.getMember(me)?.powerLevel ?? 0;
  const mayKick = room.currentState.hasSufficientPowerLevelFor('kick', own);
  const memberOf = (member: RoomMember): Member => ({
    ...personIn(client, room, member.userId),
    key: member.userId,
    isInvited: member.membership === 'invite',
    isSelf: member.userId === me,
    isAdministrator: member.powerLevel >= ADMINISTRATOR,
    mayRemove: member.userId !== me && mayKick && member.powerLevel < own,
  });
  return room
    .getMembers()
    .filter(({ membership }) => membership === 'join' || membership === 'invite')
    .map(memberOf)
    .toSorted(
      (one, other) =>
        Number(one.isInvited) - Number(other.isInvited) ||
        Number(other.isAdministrator) - Number(one.isAdministrator) ||
        one.name.localeCompare(other.name),
    );
}

export function rightsIn(client: MatrixClient, room: Room): GroupRights {
  const me = client.getSafeUserId();
  return {
    maySpeak: room.currentState.maySendMessage(me),
    mayInvite: room.canInvite(me),
    mayRename: room.currentState.maySendStateEvent('m.room.name', me),
    mayPicture: room.currentState.maySendStateEvent('m.room.avatar', me),
    mayPin: room.currentState.maySendStateEvent(PINNED, me),
    mayEncrypt: !room.hasEncryptionStateEvent() && room.currentState.maySendStateEvent(ENCRYPTION.type, me),
  };
}
