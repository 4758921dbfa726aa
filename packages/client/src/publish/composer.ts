import type { EventId, JsonObject } from '@byline/protocol';
import { deletePost, editPost, getPost, publishPost } from '@byline/protocol/byline/posts.ts';
import { EventId as EventIdSchema } from '@byline/protocol/ids.ts';
import { uploadMedia } from '@byline/protocol/matrix/media.ts';
import type { Api } from '../api/api.ts';
import type { KeptText } from '../kept-text.ts';
import { type Observable, Source } from '../observable.ts';
import type { PostTimeline } from '../posts/post-timeline.ts';
import { type Attachment, filePost, rewritten, textPost, writtenIn } from './post-content.ts';

/** A file that was chosen, under a name of its own, so that it can be taken away again. */
export interface Chosen {
  readonly id: string;
  readonly attachment: Attachment;
}

export interface ComposerState {
  readonly text: string;
  readonly chosen: readonly Chosen[];
  /** The post whose words are being changed. */
  readonly editing: { readonly id: string; readonly hasFile: boolean } | undefined;
  /** How much has gone, from 0 to 1, while it is being published. */
  readonly publishing: number | undefined;
}

interface Parts {
  readonly api: Api;
  readonly kept: KeptText;
  readonly handle: string;
  readonly timeline: PostTimeline;
}

/** A post to be sent, under one name for all attempts, so that none is published twice. */
interface Pending {
  readonly txnId: string;
  readonly text: string;
  readonly chosen: Chosen | undefined;
}

/** The part of a post's way that its file takes. */
const UPLOADING = 0.9;

const NOTHING = { text: '', chosen: [], editing: undefined, publishing: undefined } as const satisfies ComposerState;

/** What an operator writes as an account. It is kept on this device until it is published. */
export class Composer {
  readonly #api: Api;
  readonly #kept: KeptText;
  readonly #handle: string;
  readonly #timeline: PostTimeline;
  readonly #state: Source<ComposerState>;
  /** What is left of an attempt that failed; `undefined` when something was changed since. */
  #pending: Pending[] | undefined;
  readonly #uploads = new WeakMap<Attachment, string>();
  #edited: JsonObject = {};

  constructor({ api, kept, handle, timeline }: Parts) {
    this.#api = api;
    this.#kept = kept;
    this.#handle = handle;
    this.#timeline = timeline;
    this.#state = new Source<ComposerState>({ ...NOTHING, text: kept.read(this.#draftKey()) ?? '' });
  }

  get state(): Observable<ComposerState> {
    return this.#state;
  }

  write(text: string): void {
    if (this.#state.get().editing === undefined) this.#kept.write(this.#draftKey(), text);
    this.#change({ text });
  }

  attach(attachment: Attachment): void {
    const chosen = [...this.#state.get().chosen, { id: crypto.randomUUID(), attachment }];
    this.#change({ chosen });
  }

  detach(id: string): void {
    this.#change({ chosen: this.#state.get().chosen.filter((each) => each.id !== id) });
  }

  /** Begins to change a post's words; what was being written comes back afterwards. Throws `ApiError`. */
  async edit(postId: string): Promise<void> {
    const eventId = EventIdSchema.parse(postId);
    const { content } = await this.#api.call(getPost, { params: { handle: this.#handle, eventId } });
    this.#edited = content;
    const hasFile = typeof content['url'] === 'string';
    this.#change({ text: writtenIn(content), chosen: [], editing: { id: postId, hasFile } });
  }

  /** Leaves what is being changed as it was. */
  readonly cancelEdit = (): void => this.#clear();

  /** Whether there is something to publish. */
  canPublish(): boolean {
    const { text, chosen, editing, publishing } = this.#state.get();
    if (publishing !== undefined) return false;
    return text.trim() !== '' || chosen.length > 0 || editing?.hasFile === true;
  }

  /**
   * Publishes. Several files become several posts; the text stands with the first. After a failure the rest can be
   * published again, and nothing is published twice.
   *
   * @throws ApiError (`BYLINE_NOT_QUALIFIED`, `BYLINE_IDENTITY_REQUIRED`, `M_FORBIDDEN`, …)
   */
  async publish(): Promise<void> {
    const { editing } = this.#state.get();
    this.#change({ publishing: 0 });
    try {
      if (editing === undefined) await this.#publishAll();
      else await this.#publishEdit(EventIdSchema.parse(editing.id));
    } catch (error) {
      this.#state.update((before) => ({ ...before, publishing: undefined }));
      throw error;
    }
    this.#clear();
    await this.#timeline.refresh();
  }

  /** Takes away what a post says, for everybody. Throws `ApiError`. */
  async delete(postId: string): Promise<void> {
    const params = { handle: this.#handle, eventId: EventIdSchema.parse(postId) };
    await this.#api.call(deletePost, { params, body: {} });
    this.#timeline.apply({ kind: 'deleted', id: postId });
    if (this.#state.get().editing?.id === postId) this.#clear();
  }

  async #publishAll(): Promise<void> {
    this.#pending ??= this.#pendingPosts();
    const all = this.#pending.length;
    for (let next = this.#pending[0]; next !== undefined; next = this.#pending[0]) {
      const content = await this.#contentOf(next, all);
      await this.#api.call(publishPost, { params: { handle: this.#handle }, body: { content, txn_id: next.txnId } });
      this.#pending.shift();
      this.#published(next, all);
    }
  }

  async #publishEdit(eventId: EventId): Promise<void> {
    const params = { handle: this.#handle, eventId };
    const content = rewritten(this.#edited, this.#state.get().text);
    await this.#api.call(editPost, { params, body: { content, txn_id: crypto.randomUUID() } });
    this.#timeline.apply({ kind: 'edited', id: eventId, at: Date.now(), content });
  }

  #pendingPosts(): Pending[] {
    const { text, chosen } = this.#state.get();
    if (chosen.length === 0) return [{ txnId: crypto.randomUUID(), text, chosen: undefined }];
    return chosen.map((each, index) => ({ txnId: crypto.randomUUID(), text: index === 0 ? text : '', chosen: each }));
  }

  async #contentOf({ text, chosen }: Pending, all: number): Promise<JsonObject> {
    if (chosen === undefined) return textPost(text);
    const { attachment } = chosen;
    const url = this.#uploads.get(attachment) ?? (await this.#upload(attachment, all));
    this.#uploads.set(attachment, url);
    return filePost(attachment, url, text);
  }

  async #upload({ file, name }: Attachment, all: number): Promise<string> {
    const done = all - (this.#pending?.length ?? all);
    const { content_uri: uri } = await this.#api.upload(uploadMedia, { query: { filename: name } }, file, {
      onProgress: (share) => this.#progress(done + share * UPLOADING, all),
    });
    return uri;
  }

  /** What has gone is no longer to be written, so that after a failure only the rest is left. */
  #published({ chosen: gone }: Pending, all: number): void {
    this.#kept.remove(this.#draftKey());
    this.#state.update((before) => ({ ...before, text: '', chosen: before.chosen.filter((each) => each !== gone) }));
    this.#progress(all - (this.#pending?.length ?? 0), all);
  }

  #progress(done: number, all: number): void {
    this.#state.update((before) => ({ ...before, publishing: done / all }));
  }

  /** Something was changed by the person, so an attempt that failed is over. */
  #change(change: Partial<ComposerState>): void {
    if (!('publishing' in change)) this.#pending = undefined;
    this.#state.update((before) => ({ ...before, ...change }));
  }

  #clear(): void {
    this.#pending = undefined;
    this.#edited = {};
    this.#state.set({ ...NOTHING, text: this.#kept.read(this.#draftKey()) ?? '' });
  }

  #draftKey(): string {
    return `byline.publish.${this.#handle}`;
  }
}
