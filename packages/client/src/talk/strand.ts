import { redactEvent } from '@byline/protocol/matrix/send.ts';
import { EventType, type MatrixClient, RelationType, type Room } from 'matrix-js-sdk';
import type { Api } from '../api/api.ts';
import { Composer } from '../composer/composer.ts';
import { Outbox } from '../composer/outbox.ts';
import { resend, unsentIn } from '../composer/unsent.ts';
import type { Drafts } from '../conversations/drafts.ts';
import type { Undoable } from '../conversations/undoable.ts';
import type { Media } from '../media/media.ts';
import { type PollDraft, POLL_TYPES, startContent } from '../polls/poll-content.ts';
import { type Polls, sendPollEvent } from '../polls/polls.ts';
import type { Place } from '../threads/place.ts';
import type { Message } from '../timeline/message.ts';
import { ownReaction } from '../timeline/reading.ts';
import { Timeline } from '../timeline/timeline.ts';

export interface StrandParts {
  readonly client: MatrixClient;
  readonly api: Api;
  readonly room: Room;
  readonly media: Media;
  readonly drafts: Drafts;
  readonly isDirect: () => boolean;
  /** The server lets nobody talk who is not verified, and one isn't. */
  readonly onRefused: () => void;
  /** What is about to be deleted in the conversation. */
  readonly deleting: Undoable;
  readonly polls: Polls;
  readonly place: Place;
}

/** What is said in one place of a conversation, and what one does there: in its main timeline, or in a thread. */
export class Strand {
  /** The event with which the thread begins; `null` for the main timeline. */
  readonly threadId: string | null;
  readonly timeline: Timeline;
  readonly composer: Composer;
  readonly outbox: Outbox;
  readonly #parts: StrandParts;

  constructor(parts: StrandParts) {
    this.#parts = parts;
    this.threadId = parts.place.threadId;
    this.outbox = new Outbox(parts);
    this.composer = new Composer(parts);
    this.timeline = new Timeline({ ...parts, outgoing: this.outbox.messages, hidden: parts.deleting.hidden });
  }

  close(): void {
    this.timeline.close();
    this.composer.left();
  }

  /** The newest message whose words one may still change. */
  lastEditable(): Message | undefined {
    const item = this.timeline.state.get().items.findLast((each) => each.kind === 'message' && each.message.mayEdit);
    return item?.kind === 'message' ? item.message : undefined;
  }

  /** Adds one's reaction, or takes it back when it is there. Throws when it could not be sent. */
  async react({ id }: Message, emoji: string): Promise<void> {
    const { client, room, place } = this.#parts;
    const own = ownReaction(client, room, id, emoji);
    const ownId = own?.getId();
    if (own !== undefined && own.status !== null) return;
    if (ownId !== undefined) {
      await client.redactEvent(room.roomId, ownId);
      return;
    }
    const relation = { rel_type: RelationType.Annotation, event_id: id, key: emoji } as const;
    // What is said of a thread's first message belongs to the main timeline.
    const threadId = id === place.threadId ? null : place.threadId;
    await client.sendEvent(room.roomId, threadId, EventType.Reaction, { 'm.relates_to': relation });
  }

  /** Asks all. How it goes on is seen at the poll itself. */
  ask(draft: PollDraft): void {
    const { client, room, place } = this.#parts;
    // When it fails the poll stays in the conversation, says so, and can be sent again.
    sendPollEvent(client, room.roomId, place.threadId, POLL_TYPES.start[0], startContent(draft)).catch(() => undefined);
  }

  /** Deletes a message for everyone, unless it is taken back in time: see `Undoable`. What was never sent is just dropped. */
  delete({ id, key }: Message): void {
    const { client, api, room, deleting } = this.#parts;
    if (this.outbox.has(key)) {
      this.outbox.cancel(key);
      return;
    }
    const unsent = unsentIn(room).find((event) => event.getId() === id);
    if (unsent !== undefined) {
      client.cancelPendingEvent(unsent);
      return;
    }
    const params = { roomId: room.roomId, eventId: id, txnId: client.makeTxnId() };
    deleting.begin(id, async () => void (await api.callAtLast(redactEvent, { params })));
  }

  undoDelete({ id }: Message): void {
    this.#parts.deleting.undo(id);
  }

  /** Sends again what failed; in a conversation all of it, in its order, so that nothing overtakes. */
  retry({ key }: Message): void {
    const { client, room } = this.#parts;
    if (this.outbox.has(key)) {
      this.outbox.retry(key);
      return;
    }
    void resend(client, room);
  }
}
