import { EventStatus, type MatrixClient, type MatrixEvent, type Room } from 'matrix-js-sdk';
import { openAll } from '../crypto/encrypted-room.ts';
import type { Content } from '../messages/content.ts';
import { othersIn, personIn } from '../messages/people.ts';
import { saidIn } from '../messages/said.ts';
import { lastAnswer } from '../threads/summary.ts';
import { unreadInRoom } from '../threads/unread.ts';
import type { Person } from '../timeline/message.ts';
import { type DirectRooms, partnerIn } from './direct-rooms.ts';
import { isMuted } from './mute.ts';
import { isProviderNotices } from './provider-notices.ts';

/** What a conversation is called: by its own name, by who is in it, or by who was. Screens put it into words. */
export type ConversationName =
  | { readonly kind: 'own'; readonly text: string }
  | { readonly kind: 'people'; readonly names: readonly string[]; readonly more: number }
  | { readonly kind: 'left'; readonly name: string | undefined };

/** The last thing said. */
export interface Preview {
  readonly sender: Person;
  readonly own: boolean;
  readonly content: Content;
}

/** A conversation as a list shows it. */
export interface ConversationSummary {
  readonly key: string;
  /** Talk with one other person, or a group. */
  readonly kind: 'direct' | 'group';
  readonly name: ConversationName;
  /** `mxc://…` */
  readonly picture?: string | undefined;
  /** The other one of direct talk. */
  readonly partner?: string | undefined;
  /** Who invited one to it; then it is to be accepted or declined. */
  readonly invitedBy?: Person | undefined;
  /** When something was last said or done, in milliseconds since 1970. */
  readonly lastAt: number;
  readonly preview?: Preview | undefined;
  readonly unread: number;
  readonly muted: boolean;
  /** What was typed and not sent. */
  readonly draft?: string | undefined;
  /** Something in it could not be sent. */
  readonly failed: boolean;
  /** What is said in it can be read by those who take part alone. */
  readonly encrypted: boolean;
  /** What the provider tells about one's account: nobody answers there, and it can't be left. */
  readonly isNotices: boolean;
}

/** What is known besides the room itself. */
export interface SummaryContext {
  readonly client: MatrixClient;
  readonly direct: DirectRooms;
  readonly draft: string | undefined;
}

const MOST_NAMES = 3;
/** Public accounts have a place of their own; so have spaces, which hold no talk. */
const ACCOUNT_STATE = 'im.byline.account';

/** Whether a room is talk between people that one is in or invited to. */
export const isConversation = (room: Room): boolean =>
  (room.getMyMembership() === 'join' || room.getMyMembership() === 'invite') &&
  room.currentState.getStateEvents(ACCOUNT_STATE, '') === null &&
  !room.isSpaceRoom();

export function summaryOf(room: Room, { client, direct, draft }: SummaryContext): ConversationSummary {
  const me = client.getSafeUserId();
  const others = othersIn(client, room);
  const invitedBy = room.getMyMembership() === 'invite' ? inviterOf(client, room) : undefined;
  const partnerId = partnerOf(room, me, direct);
  const partner = partnerId === undefined ? undefined : personIn(client, room, partnerId);
  const isDirect = partner !== undefined && others.length <= 1;
  const last = lastSaid(client, room);
  return {
    key: room.roomId,
    kind: isDirect ? 'direct' : 'group',
    name: nameOf(room, others, isDirect ? partner : undefined),
    ...pictureOf(room, isDirect ? partner : undefined),
    ...(isDirect && { partner: partner.id }),
    ...(invitedBy !== undefined && { invitedBy }),
    lastAt: Math.max(last?.event.getTs() ?? 0, joinedAt(room, me)),
    ...(last !== undefined && {
      preview: {
        sender: personIn(client, room, last.event.getSender() ?? me),
        own: last.event.getSender() === me,
        content: last.content,
      },
    }),
    unread: unreadInRoom(client, room),
    muted: isMuted(client, room.roomId),
    ...(draft !== undefined && { draft }),
    failed: room.getPendingEvents().some(({ status }) => status === EventStatus.NOT_SENT),
    encrypted: room.hasEncryptionStateEvent(),
    isNotices: isProviderNotices(client, room),
  };
}

/** What people see it called, for sorting out and for searching. */
export const wordsOf = ({ name }: ConversationSummary): string => {
  if (name.kind === 'own') return name.text;
  return name.kind === 'people' ? name.names.join(' ') : (name.name ?? '');
};

function partnerOf(room: Room, me: string, direct: DirectRooms): string | undefined {
  const known = partnerIn(direct, room.roomId);
  if (known !== undefined) return known;
  const own = room.getMember(me)?.events.member;
  return own?.getContent()['is_direct'] === true && own.getSender() !== me ? own.getSender() : undefined;
}

function inviterOf(client: MatrixClient, room: Room): Person | undefined {
  const inviter = room.getMember(client.getSafeUserId())?.events.member?.getSender();
  return inviter === undefined ? undefined : personIn(client, room, inviter);
}

function nameOf(room: Room, others: readonly Person[], partner: Person | undefined): ConversationName {
  if (partner !== undefined) return { kind: 'own', text: partner.name };
  const own: unknown = room.currentState.getStateEvents('m.room.name', '')?.getContent()['name'];
  if (typeof own === 'string' && own.trim() !== '') return { kind: 'own', text: own };
  const names = others.slice(0, MOST_NAMES).map(({ name }) => name);
  if (names.length === 0) return { kind: 'left', name: room.getCanonicalAlias() ?? undefined };
  return { kind: 'people', names, more: Math.max(0, room.getInvitedAndJoinedMemberCount() - 1 - names.length) };
}

function pictureOf(room: Room, partner: Person | undefined): { readonly picture?: string } {
  const picture = room.getMxcAvatarUrl() ?? partner?.picture;
  return picture === undefined ? {} : { picture };
}

const joinedAt = (room: Room, me: string): number => room.getMember(me)?.events.member?.getTs() ?? 0;

function lastSaid(
  client: MatrixClient,
  room: Room,
): { readonly event: MatrixEvent; readonly content: Content } | undefined {
  const inMain = room.getLiveTimeline().getEvents().findLast(isSaid);
  const inThreads = room.getThreads().flatMap((thread) => lastAnswer(thread) ?? []);
  const onItsWay = room.getPendingEvents().findLast(isSaid);
  const latest = [...(inMain === undefined ? [] : [inMain]), ...inThreads].toSorted(byTime).at(-1);
  const event = onItsWay ?? latest;
  const content = event && saidIn(event);
  if (event === undefined || content === undefined) return undefined;
  openAll(client, [event]);
  return { event, content };
}

const isSaid = (event: MatrixEvent): boolean => saidIn(event) !== undefined;
const byTime = (one: MatrixEvent, other: MatrixEvent): number => one.getTs() - other.getTs();
