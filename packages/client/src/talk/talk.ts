import type { MatrixClient } from 'matrix-js-sdk';
import { KeptUnsent } from '../composer/kept-unsent.ts';
import { resendAfterBreak } from '../composer/unsent.ts';
import { Conversations } from '../conversations/conversations.ts';
import { Drafts } from '../conversations/drafts.ts';
import { isConversation } from '../conversations/summary.ts';
import { Media } from '../media/media.ts';
import { personIn } from '../messages/people.ts';
import { type Observable, Source } from '../observable.ts';
import type { MessageSearch } from '../search/message-search.ts';
import { searchAll } from '../search/searches.ts';
import type { SignedIn } from '../session/signed-in.ts';
import { Spaces } from '../spaces/spaces.ts';
import type { Person } from '../timeline/message.ts';
import { Conversation } from './conversation.ts';

/** As many conversations stay open behind the one that is shown, with the stretch that was read. */
const MOST_OPEN = 12;

/** All that somebody who is signed in says to people and hears from them. */
export class Talk {
  readonly conversations: Conversations;
  readonly spaces: Spaces;
  readonly media: Media;
  readonly drafts: Drafts;
  readonly #client: MatrixClient;
  readonly #account: SignedIn;
  /** Least recently shown first. */
  readonly #open = new Map<string, Conversation>();
  readonly #failure = new Source<Failure | undefined>(undefined);

  constructor(account: SignedIn, client: MatrixClient) {
    this.#account = account;
    this.#client = client;
    this.media = new Media(account.api);
    this.spaces = new Spaces(client, account.api);
    this.drafts = new Drafts(account.kept, account.userId);
    KeptUnsent.follow(client, account.kept);
    this.#resendAfterBreaks();
    this.conversations = new Conversations({ client, api: account.api, drafts: this.drafts, onFailed: this.#onFailed });
  }

  /** The last thing that could not be carried out after its screen was left. */
  get failure(): Observable<Failure | undefined> {
    return this.#failure;
  }

  /** Oneself. */
  me(): Person {
    return personIn(this.#client, null, this.#account.userId);
  }

  /** A conversation that one is in; `undefined` for others and for those not known yet. The same each time. */
  conversation(roomId: string): Conversation | undefined {
    const known = this.#open.get(roomId);
    const room = this.#client.getRoom(roomId);
    if (room === null || !isConversation(room) || room.getMyMembership() !== 'join') return undefined;
    const conversation = known ?? this.#opened(roomId);
    this.#open.delete(roomId);
    if (conversation !== undefined) this.#open.set(roomId, conversation);
    return conversation;
  }

  /** A search for words in all conversations. */
  search(): MessageSearch {
    return searchAll(this.#client);
  }

  /** What is written while there is no connection goes when it is back. */
  #resendAfterBreaks(): void {
    const { connection } = this.#account;
    let wasBroken = false;
    connection.subscribe(() => {
      const now = connection.get();
      if (now === 'online' && wasBroken) {
        resendAfterBreak(this.#client);
        for (const conversation of this.#open.values()) conversation.retryFiles();
      }
      if (now !== 'connecting') wasBroken = now === 'offline';
    });
  }

  #opened(roomId: string): Conversation | undefined {
    const room = this.#client.getRoom(roomId);
    if (room === null) return undefined;
    this.#closeOldest();
    return new Conversation({
      client: this.#client,
      api: this.#account.api,
      room,
      media: this.media,
      drafts: this.drafts,
      isDirect: () => this.conversations.find(roomId)?.kind === 'direct',
      onFailed: this.#onFailed,
      onRefused: () => void this.#account.standing.reload(),
    });
  }

  /** What still has files on their way stays open, so that none is lost from sight. */
  #closeOldest(): void {
    if (this.#open.size < MOST_OPEN) return;
    const oldest = [...this.#open.values()].find((conversation) => !conversation.hasUnsentFiles());
    if (oldest === undefined) return;
    oldest.close();
    this.#open.delete(oldest.roomId);
  }

  /** Whether something would be lost if the page were closed now: files that have not gone up yet. */
  hasUnsentFiles(): boolean {
    return [...this.#open.values()].some((conversation) => conversation.hasUnsentFiles());
  }

  readonly #onFailed = (error: unknown): void => this.#failure.set({ error });
}

/** A failure, as an object of its own: the same may happen twice. */
export interface Failure {
  readonly error: unknown;
}
