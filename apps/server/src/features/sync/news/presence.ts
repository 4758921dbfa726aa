import { passes } from '@byline/core/event/filter.ts';
import type { UserId } from '@byline/protocol';
import type { RoomGraph } from '../../graph/service.ts';
import type { Audience } from '../waiting/audience.ts';
import type { SyncContext } from '../context.ts';
import type { PresenceSource } from '../sources.ts';
import type { UserView } from '../waiting/view.ts';

/** In larger rooms nobody is told who comes and goes: each of a thousand who come would be told to each of the others. */
const LARGEST_ROOM = 100;

/**
 * Who is told of whose presence: those who share a conversation. A change is noted in the views of these few when it
 * happens, so that everybody else who is answered has nothing to look through.
 */
export class PresenceNews {
  readonly #source: PresenceSource | undefined;
  readonly #conversations: RoomGraph;
  /** Counts up with every change. */
  #serial = 0;

  constructor(source: PresenceSource | undefined, audience: Audience, conversations: RoomGraph) {
    this.#source = source;
    this.#conversations = conversations;
    source?.onChange((userId) => {
      this.#serial += 1;
      for (const view of audience.sharing(userId, LARGEST_ROOM)) {
        view.notePresence(userId, this.#serial);
        view.wake();
      }
    });
  }

  /** The `m.presence` events that a device has to be told, as JSON. */
  of(view: UserView, context: SyncContext): readonly string[] {
    const told = context.since === undefined ? undefined : view.device(context.device.deviceId).presenceTold;
    if (this.#source === undefined || told === this.#serial) return NOTHING;
    const users = told === undefined ? this.#everybodyAround(view) : changedSince(view, told);
    const texts = users === undefined ? NOTHING : this.#texts(users, view, context);
    if (texts.length === 0) this.tell(view, context);
    return texts;
  }

  /** A device has been told all that there is to say. */
  tell(view: UserView, { device }: SyncContext): void {
    view.device(device.deviceId).presenceTold = this.#serial;
  }

  #texts(users: Iterable<UserId>, view: UserView, { filter }: SyncContext): readonly string[] {
    const texts: string[] = [];
    for (const sender of users) {
      if (view.ignored.has(sender) || !passes(filter.presence, { type: 'm.presence', sender, content: {} })) continue;
      const text = this.#source?.text(sender);
      if (text !== undefined) texts.push(text);
    }
    return texts.length === 0 ? NOTHING : texts.slice(0, filter.presence?.limit);
  }

  #everybodyAround(view: UserView): ReadonlySet<UserId> {
    const around = new Set([view.userId]);
    for (const [roomId, { membership }] of view.conversations) {
      const room = membership === 'join' ? this.#conversations.peek(roomId) : undefined;
      if (room === undefined || room.joined.size > LARGEST_ROOM) continue;
      for (const userId of room.joined) around.add(userId);
    }
    return around;
  }
}

const NOTHING: readonly string[] = [];

const changedSince = (view: UserView, told: number): UserId[] | undefined => {
  const changed: UserId[] = [];
  for (const [userId, serial] of view.presenceChanged ?? []) if (serial > told) changed.push(userId);
  return changed.length === 0 ? undefined : changed;
};
