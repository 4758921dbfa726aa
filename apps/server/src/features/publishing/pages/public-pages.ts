import { DomainError, EventId } from '@byline/protocol';
import type { Language } from '@byline/protocol/byline/rules.ts';
import type { Accounts } from '../accounts.ts';
import type { Posts } from '../posts.ts';
import type { Readers } from '../readers.ts';
import type { Subscriptions } from '../subscriptions.ts';
import { accountPageOf } from './account-page.ts';
import { feedOf } from './feed.ts';
import { html } from './html.ts';
import { pageOf, type Setting } from './layout.ts';
import { postPageOf } from './post-page.ts';
import { WORDS } from './words.ts';

const POSTS_ON_A_PAGE = 20;

/** What anybody reads of public accounts with no account and no script. */
export class PublicPages {
  readonly #readers: Readers;
  readonly #posts: Posts;
  readonly #subscriptions: Subscriptions;
  readonly #accounts: Accounts;
  readonly #publicUrl: string;
  readonly #serverName: string;

  constructor(parts: {
    readonly readers: Readers;
    readonly posts: Posts;
    readonly subscriptions: Subscriptions;
    readonly accounts: Accounts;
    readonly publicUrl: string;
    readonly serverName: string;
  }) {
    this.#readers = parts.readers;
    this.#posts = parts.posts;
    this.#subscriptions = parts.subscriptions;
    this.#accounts = parts.accounts;
    this.#publicUrl = parts.publicUrl;
    this.#serverName = parts.serverName;
  }

  /** Throws `M_NOT_FOUND`. */
  async account(handle: string, from: number | undefined, language: Language): Promise<string> {
    const account = this.#readers.require(handle, undefined);
    const { permission } = this.#accounts;
    const { posts, next } = await this.#posts.list(account.roomId, from, POSTS_ON_A_PAGE);
    return accountPageOf(this.#setting(language), {
      account,
      qualification: permission.qualificationOf(account),
      end: permission.endOf(account),
      subscribers: this.#subscriptions.subscriberCount(account.roomId),
      posts,
      next: next === undefined ? undefined : String(next),
      isFirst: from === undefined,
    });
  }

  /** @param id the post's event id, with or without its sigil. Throws `M_NOT_FOUND`. */
  async post(handle: string, id: string, language: Language): Promise<string> {
    const account = this.#readers.require(handle, undefined);
    const post = await this.#posts.get(account.roomId, EventId.parse(id.startsWith('$') ? id : `$${id}`));
    return postPageOf(this.#setting(language), {
      account,
      qualification: this.#accounts.permission.qualificationOf(account),
      post,
    });
  }

  /** Throws `M_NOT_FOUND`. */
  async feed(handle: string, language: Language): Promise<string> {
    const account = this.#readers.require(handle, undefined);
    const { posts } = await this.#posts.list(account.roomId, undefined, POSTS_ON_A_PAGE);
    return feedOf(this.#setting(language), account, posts);
  }

  /** What is said instead of a page that is not there. */
  missing(what: 'account' | 'post', language: Language): string {
    const setting = this.#setting(language);
    const { words } = setting;
    const sentence = what === 'account' ? words.noAccount : words.noPost;
    return pageOf(setting, {
      title: words.notFound,
      body: html`<header class="masthead">
        <h1>${words.notFound}</h1>
        <p>${sentence}</p>
      </header>`,
    });
  }

  #setting(language: Language): Setting {
    return { language, words: WORDS[language], publicUrl: this.#publicUrl, serverName: this.#serverName };
  }
}

/** Whether an error says that something is not there. */
export const isMissing = (error: unknown): boolean => error instanceof DomainError && error.code === 'M_NOT_FOUND';
