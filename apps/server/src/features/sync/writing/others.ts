import { strippedStateOf } from '@byline/core/event/client-event.ts';
import type { RoomId } from '@byline/protocol';
import type { AccountDataEntry, EventEntry, Position } from '../../../platform/log/entry.ts';
import type { Room, RoomGraph } from '../../graph/service.ts';
import { type SyncContext, timelineFilter } from '../context.ts';
import { eventText, stateText } from './event-text.ts';
import { accountDataTexts } from './joined.ts';
import { stateToTell } from './room-state.ts';
import type { Sources } from '../sources.ts';
import {
  cameIn,
  heardUpTo,
  leftAt,
  membershipAt,
  type Memberships,
  membershipsIn,
  wasInThroughout,
} from './standing.ts';
import { eventsText, eventsTextIfAny, objectText } from '../text.ts';
import { readTimeline, timelineText, withoutHoles } from './timeline.ts';
import type { Standing, UserView } from '../waiting/view.ts';

/** Which section of an answer a room belongs to, where the user is not in it. */
const SECTIONS: Readonly<Record<string, 'invite' | 'knock' | 'leave'>> = {
  invite: 'invite',
  knock: 'knock',
  leave: 'leave',
  ban: 'leave',
};

type Section = readonly (readonly [RoomId, string])[];

export interface OtherRooms {
  readonly invite: Section;
  readonly knock: Section;
  readonly leave: Section;
}

/** A room that the user has left. */
interface Left {
  readonly view: UserView;
  readonly room: Room;
  readonly standing: Standing;
  readonly memberships: Memberships;
}

/** Writes the sections of rooms that the user was invited to, knocks at, or has left. */
export class OtherRoomWriter {
  readonly #conversations: RoomGraph;
  readonly #sources: Sources;

  constructor(conversations: RoomGraph, sources: Sources) {
    this.#conversations = conversations;
    this.#sources = sources;
  }

  /** The sections of those rooms; rooms that the user is in are left out. */
  async write(
    view: UserView,
    roomIds: readonly RoomId[],
    accountData: ReadonlyMap<RoomId | null, readonly AccountDataEntry[]>,
    context: SyncContext,
  ): Promise<OtherRooms> {
    const written = roomIds.map(async (roomId) => {
      const standing = view.conversations.get(roomId) ?? view.accounts.get(roomId);
      const section = standing === undefined ? undefined : SECTIONS[standing.membership];
      if (standing === undefined || section === undefined) return undefined;
      const text =
        section === 'leave'
          ? await this.#leave(view, roomId, standing, accountData.get(roomId) ?? [], context)
          : await this.#strippedText(view, roomId, section, context);
      return text === undefined ? undefined : { section, room: [roomId, text] as const };
    });
    const found = (await Promise.all(written)).filter((one) => one !== undefined);
    const of = (wanted: keyof OtherRooms): Section =>
      found.filter(({ section }) => section === wanted).map(({ room }) => room);
    return { invite: of('invite'), knock: of('knock'), leave: of('leave') };
  }

  async #leave(
    view: UserView,
    roomId: RoomId,
    standing: Standing,
    accountData: readonly AccountDataEntry[],
    context: SyncContext,
  ): Promise<string | undefined> {
    if (view.accounts.has(roomId)) return this.#unfollowedText(roomId, context);
    const room = await this.#conversations.room(roomId);
    if (room === undefined) return undefined;
    const memberships = await membershipsIn(this.#conversations, room, view.userId);
    return this.#leftText({ view, room, standing, memberships }, accountData, context);
  }

  /** What the user may still see of a room: up to the moment of leaving, and what became of their standing since. */
  async #leftText(left: Left, accountData: readonly AccountDataEntry[], context: SyncContext): Promise<string> {
    const { view, room, standing, memberships } = left;
    const graph = this.#conversations;
    const known = knownOf(left, context);
    const end = known === standing.position - 1 ? standing.position : (leftAt(memberships) ?? standing.position);
    const { since } = context;
    const onceKnown = since === undefined || known !== undefined ? undefined : heardUpTo(memberships, since);
    const span = { after: known ?? onceKnown ?? 0, upTo: end };
    const wanted = await readTimeline(graph, room, span, timelineFilter(context), view.hides);
    const readable = await this.#sources.history.readableBy(view.userId, room, wanted.entries);
    const timeline = withoutHoles(wanted, readable, end);
    const told = { graph, room, timeline, known, onceKnown, upTo: end, heroes: [], newcomers: [] };
    const later = memberships.filter(({ position }) => position > end && position === standing.position);
    const state = await stateToTell(told, context);
    const events = [...timeline.entries, ...later];
    const stateTexts = (context.stateAfter === undefined ? state : [...state.filter(notIn(later)), ...later]).map(
      (entry) => stateText(entry, context),
    );
    const isWhole = known !== undefined && !timeline.limited;
    const bundles = isWhole ? undefined : await this.#sources.relations.bundles(view.userId, room, events);
    const eventTexts = events.map((entry) =>
      eventText(entry, context, membershipAt(memberships, entry.position), bundles?.get(entry.eventId)),
    );
    return objectText([
      ['timeline', timelineText(eventTexts, timeline)],
      [context.stateAfter ?? 'state', eventsText(stateTexts)],
      ['account_data', eventsTextIfAny(accountDataTexts(room.id, accountData, context))],
    ]);
  }

  /** A public account that the user has ceased to follow. */
  async #unfollowedText(roomId: RoomId, { device, stateAfter }: SyncContext): Promise<string> {
    const member = await this.#sources.subscriptions.selfMember(device.userId, roomId);
    return objectText([
      ['timeline', '{"events":[],"limited":false}'],
      [stateAfter ?? 'state', eventsText(member === undefined ? [] : [JSON.stringify(member)])],
    ]);
  }

  async #strippedText(
    view: UserView,
    roomId: RoomId,
    section: 'invite' | 'knock',
    { device }: SyncContext,
  ): Promise<string | undefined> {
    const room = await this.#conversations.room(roomId);
    const inviter = room?.entry('m.room.member', device.userId)?.pdu.sender;
    if (room === undefined || inviter === undefined) return undefined;
    if (section === 'invite' && view.keepsOut(inviter)) return undefined;
    const events = strippedStateOf(room, [...new Set([inviter, device.userId])]);
    return objectText([[`${section}_state`, eventsText(events.map((event) => JSON.stringify(event)))]]);
  }
}

/**
 * Up to where the device knows a room that its user has left; `undefined`: it does not. Who was never in it meanwhile is
 * told only what has become of their standing.
 */
const knownOf = ({ standing, memberships }: Left, { since, fullState }: SyncContext): Position | undefined => {
  const left = leftAt(memberships);
  const was = since ?? 0;
  const isNew = left === undefined || (left <= was && since !== undefined && !fullState);
  if (isNew) return standing.position - 1;
  if (since === undefined || fullState) return undefined;
  if (wasInThroughout(memberships, since, left - 1)) return since;
  return cameIn(memberships, since, left) || membershipAt(memberships, since) === 'join'
    ? undefined
    : standing.position - 1;
};

const notIn =
  (later: readonly EventEntry[]) =>
  ({ pdu }: EventEntry): boolean =>
    later.every((entry) => entry.pdu.type !== pdu.type || entry.pdu.state_key !== pdu.state_key);
