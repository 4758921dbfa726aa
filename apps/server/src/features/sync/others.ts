import { strippedStateOf } from '@byline/core/event/client-event.ts';
import type { RoomId } from '@byline/protocol';
import { clientJsonFor, membershipIn, type RoomGraph } from '../graph/service.ts';
import { type SyncContext, timelineFilter } from './context.ts';
import type { Sources } from './sources.ts';
import { stateBefore } from './room-state.ts';
import { eventsText, objectText } from './text.ts';
import { readTimeline } from './timeline.ts';
import { tokenOf } from '@byline/protocol/matrix/token.ts';
import type { Standing, UserView } from './view.ts';

/** Which section of an answer a room belongs to, where the user is not in it. */
const SECTIONS: Readonly<Record<string, 'invite' | 'knock' | 'leave'>> = {
  invite: 'invite',
  knock: 'knock',
  leave: 'leave',
  ban: 'leave',
};

export interface OtherRooms {
  readonly invite: (readonly [RoomId, string])[];
  readonly knock: (readonly [RoomId, string])[];
  readonly leave: (readonly [RoomId, string])[];
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
  async write(view: UserView, roomIds: Iterable<RoomId>, context: SyncContext): Promise<OtherRooms> {
    const rooms: OtherRooms = { invite: [], knock: [], leave: [] };
    const forgotten = await this.#sources.history.forgottenBy(view.userId);
    for (const roomId of roomIds) {
      const standing = view.conversations.get(roomId) ?? view.accounts.get(roomId);
      const section = standing === undefined ? undefined : SECTIONS[standing.membership];
      if (standing === undefined || section === undefined || forgotten.has(roomId)) continue;
      const text = await this.#text(view, roomId, section, standing, context);
      if (text !== undefined) rooms[section].push([roomId, text]);
    }
    return rooms;
  }

  async #text(
    view: UserView,
    roomId: RoomId,
    section: keyof OtherRooms,
    standing: Standing,
    context: SyncContext,
  ): Promise<string | undefined> {
    if (view.accounts.has(roomId)) return UNSUBSCRIBED;
    if (section === 'leave') return this.#leftText(roomId, standing, context);
    return this.#strippedText(roomId, section, context);
  }

  /** What the user may still see of a room: up to the moment of leaving. */
  async #leftText(roomId: RoomId, standing: Standing, context: SyncContext): Promise<string | undefined> {
    const room = await this.#conversations.room(roomId);
    if (room === undefined) return undefined;
    const { device, since } = context;
    const before = await this.#conversations.stateEntryAt(roomId, 'm.room.member', device.userId, since ?? 0);
    const wasIn = membershipIn(before) === 'join';
    const known = wasIn ? since : standing.position - 1;
    const span = { after: known ?? 0, upTo: standing.position };
    const timeline = await readTimeline(this.#conversations, room, span, timelineFilter(context));
    const readable = await this.#sources.history.readableBy(device.userId, room, timeline.entries);
    const state = wasIn ? await stateBefore(this.#conversations, room, timeline, known, context) : [];
    const events = readable.map((entry) => clientJsonFor(entry, device)).join(',');
    return objectText([
      ['timeline', `{"events":[${events}],"limited":${timeline.limited},"prev_batch":"${tokenOf(timeline.start)}"}`],
      ['state', eventsText(state.map((entry) => clientJsonFor(entry, device)))],
    ]);
  }

  async #strippedText(
    roomId: RoomId,
    section: 'invite' | 'knock',
    { device }: SyncContext,
  ): Promise<string | undefined> {
    const room = await this.#conversations.room(roomId);
    if (room === undefined) return undefined;
    const inviter = room.entry('m.room.member', device.userId)?.pdu.sender;
    const people = inviter === undefined ? [device.userId] : [...new Set([inviter, device.userId])];
    const events = strippedStateOf(room, people).map((event) => JSON.stringify(event));
    return objectText([[`${section}_state`, eventsText(events)]]);
  }
}

/** A public account that the user has ceased to follow. */
const UNSUBSCRIBED = '{"timeline":{"events":[],"limited":false},"state":{"events":[]}}';
