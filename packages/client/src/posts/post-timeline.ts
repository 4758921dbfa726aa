import { listPosts } from '@byline/protocol/byline/posts.ts';
import type { Api } from '../api/api.ts';
import { type Observable, Source } from '../observable.ts';
import { type Post, type PostChange, postOf, withChange, withPosts } from './post.ts';

export interface TimelineState {
  /** The newest first. */
  readonly posts: readonly Post[];
  /** `loading`: nothing is known yet; `more`: there are older ones; `failed`: the last attempt to get them. */
  readonly state: 'loading' | 'more' | 'ready' | 'failed';
}

/** The posts of one account: fetched page by page as one reads on, and added to as they are published. */
export class PostTimeline {
  readonly #api: Api;
  readonly #handle: string;
  readonly #state: Source<TimelineState>;
  #next: string | undefined;
  #fetching: Promise<void> | undefined;

  constructor(api: Api, handle: string) {
    this.#api = api;
    this.#handle = handle;
    this.#state = new Source<TimelineState>({ posts: [], state: 'loading' }, () => {
      if (this.#state.get().state === 'loading') void this.readOn();
      return () => undefined;
    });
  }

  get state(): Observable<TimelineState> {
    return this.#state;
  }

  /** Fetches the next older posts, or again those that could not be fetched. */
  readonly readOn = (): Promise<void> => {
    if (this.#state.get().state === 'ready') return Promise.resolve();
    this.#fetching ??= this.#fetch().finally(() => {
      this.#fetching = undefined;
    });
    return this.#fetching;
  };

  /** Looks for what was published while nobody listened. */
  readonly refresh = async (): Promise<void> => {
    const { posts } = await this.#api.call(listPosts, { params: { handle: this.#handle } });
    this.#state.update((before) => ({ ...before, posts: withPosts(before.posts, posts.map(postOf)) }));
  };

  apply(change: PostChange): void {
    this.#state.update((before) => {
      const posts = withChange(before.posts, change);
      return posts === before.posts ? before : { ...before, posts };
    });
  }

  async #fetch(): Promise<void> {
    this.#state.update((before) => (before.state === 'failed' ? { ...before, state: this.#stateBefore() } : before));
    try {
      const query = this.#next === undefined ? {} : { from: this.#next };
      const page = await this.#api.call(listPosts, { params: { handle: this.#handle }, query });
      this.#next = page.next;
      this.#state.update(({ posts }) => ({
        posts: withPosts(posts, page.posts.map(postOf)),
        state: page.next === undefined ? 'ready' : 'more',
      }));
    } catch {
      // Whatever it was, it can be tried again; the screen says so.
      this.#state.update((before) => ({ ...before, state: 'failed' }));
    }
  }

  #stateBefore(): TimelineState['state'] {
    return this.#next === undefined ? 'loading' : 'more';
  }
}
