import type { JsonObject } from '@byline/protocol';
import { type MatrixClient, MatrixError, type Room } from 'matrix-js-sdk';
import type { Drafts } from '../conversations/drafts.ts';
import { type Observable, Source } from '../observable.ts';
import type { Place } from '../threads/place.ts';
import type { Message } from '../timeline/message.ts';
import { type Answered, asMessage, editContent, textContent } from './contents.ts';
import { TypingNotice } from './typing.ts';

export interface ComposerState {
  readonly text: string;
  /** The message that will be answered. */
  readonly answering: Message | undefined;
  /** The message whose words are being changed. */
  readonly editing: Message | undefined;
}

interface Parts {
  readonly client: MatrixClient;
  readonly room: Room;
  readonly drafts: Drafts;
  readonly place: Place;
  readonly onRefused: () => void;
}

/** What one is writing in a conversation, or in one of its threads. Nothing of it is lost by leaving or reloading. */
export class Composer {
  readonly #client: MatrixClient;
  readonly #room: Room;
  readonly #drafts: Drafts;
  readonly #place: Place;
  readonly #typing: TypingNotice;
  readonly #onRefused: () => void;
  readonly #state: Source<ComposerState>;

  constructor({ client, room, drafts, place, onRefused }: Parts) {
    this.#onRefused = onRefused;
    this.#client = client;
    this.#room = room;
    this.#drafts = drafts;
    this.#place = place;
    this.#typing = new TypingNotice(client, room.roomId);
    this.#state = new Source<ComposerState>({
      text: drafts.read(place.draftKey),
      answering: undefined,
      editing: undefined,
    });
  }

  get state(): Observable<ComposerState> {
    return this.#state;
  }

  write(text: string): void {
    const { editing } = this.#state.get();
    this.#change({ text });
    if (editing !== undefined) return;
    this.#drafts.write(this.#place.draftKey, text);
    if (text.trim() === '') this.#typing.stopped();
    // It would be shown to those who read the main timeline.
    else if (this.#place.threadId === null) this.#typing.typed();
  }

  answer(message: Message): void {
    this.#stopEditing();
    this.#change({ answering: message });
  }

  /** Takes a message's words to be changed; what was being written waits meanwhile. */
  edit(message: Message): void {
    if (!message.mayEdit || message.content.kind !== 'text') return;
    this.#change({ editing: message, answering: undefined, text: message.content.plain });
  }

  /** Leaves answering or editing. True when there was something to leave. */
  cancel(): boolean {
    const { answering, editing } = this.#state.get();
    if (editing !== undefined) this.#stopEditing();
    else if (answering !== undefined) this.#change({ answering: undefined });
    return answering !== undefined || editing !== undefined;
  }

  /** What the next message answers; asked for by what is sent beside the words, and then done with. */
  takeAnswered(): Answered | undefined {
    const { answering } = this.#state.get();
    if (answering !== undefined) this.#change({ answering: undefined });
    return answering;
  }

  /** Sends what is written. How it goes on is seen at the message itself. */
  send(): void {
    const { text, editing } = this.#state.get();
    const words = text.trim();
    if (words === '') return;
    this.#typing.stopped();
    if (editing !== undefined) {
      this.#stopEditing();
      const isChanged = editing.content.kind !== 'text' || editing.content.plain !== words;
      if (isChanged) this.#post(editContent(words, editing.id));
      return;
    }
    const content = textContent(words, this.takeAnswered());
    this.#drafts.write(this.#place.draftKey, '');
    this.#change({ text: '' });
    this.#post(content);
  }

  /** The person has left the conversation. */
  left(): void {
    this.#typing.stopped();
  }

  #post(content: JsonObject): void {
    // When it fails the message stays in the conversation, says so, and can be sent again.
    this.#client.sendMessage(this.#room.roomId, this.#place.threadId, asMessage(content)).catch((error: unknown) => {
      if (error instanceof MatrixError && error.errcode === 'BYLINE_IDENTITY_REQUIRED') this.#onRefused();
    });
  }

  #stopEditing(): void {
    if (this.#state.get().editing === undefined) return;
    this.#change({ editing: undefined, text: this.#drafts.read(this.#place.draftKey) });
  }

  #change(change: Partial<ComposerState>): void {
    this.#state.update((before) => ({ ...before, ...change }));
  }
}
