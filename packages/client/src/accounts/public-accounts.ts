import { listMyAccounts } from '@byline/protocol/byline/accounts.ts';
import type { Answered } from '../api/api.ts';
import { Applications } from '../applications/applications.ts';
import { Directory } from '../directory/directory.ts';
import { Following } from '../following/following.ts';
import { Subscriptions } from '../following/subscriptions.ts';
import { Media } from '../media/media.ts';
import { PostTimeline } from '../posts/post-timeline.ts';
import { Composer } from '../publish/composer.ts';
import { Resource } from '../resource.ts';
import type { SignedIn } from '../session/signed-in.ts';
import { KnownAccounts } from './known-accounts.ts';

/** An account that one operates. */
export type OwnAccount = Answered<typeof listMyAccounts>['accounts'][number];

/** Everything about public accounts, for one person who is signed in. */
export class PublicAccounts {
  readonly known: KnownAccounts;
  readonly subscriptions: Subscriptions;
  readonly following: Following;
  readonly directory: Directory;
  /** The accounts that one operates. */
  readonly own: Resource<readonly OwnAccount[]>;
  readonly applications: Applications;
  /** Pictures that are not published: those of accounts that are applied for. */
  readonly media: Media;
  readonly #account: SignedIn;
  readonly #timelines = new Map<string, PostTimeline>();
  readonly #composers = new Map<string, Composer>();

  private constructor(account: SignedIn) {
    const { api } = account;
    this.#account = account;
    this.known = new KnownAccounts(api);
    this.subscriptions = new Subscriptions(api, this.known);
    this.following = new Following(account, this.known, this.subscriptions);
    this.directory = new Directory(api, this.known);
    this.media = new Media(api);
    this.applications = new Applications({
      account,
      media: this.media,
      onApproved: () => void this.own.reload(),
    });
    this.own = new Resource(async () => {
      const { accounts } = await api.call(listMyAccounts);
      this.known.keep(accounts);
      return accounts;
    });
  }

  /** The same for the same person, as long as they are signed in. */
  static of(account: SignedIn): PublicAccounts {
    const there = all.get(account);
    if (there !== undefined) return there;
    const made = new PublicAccounts(account);
    all.set(account, made);
    return made;
  }

  /** An account's posts; kept, so that going back leads to where one was. */
  timeline(handle: string): PostTimeline {
    const there = this.#timelines.get(handle);
    if (there !== undefined) return there;
    const made = new PostTimeline(this.#account.api, handle);
    this.#timelines.set(handle, made);
    return made;
  }

  /** What is being written as an account that one operates. */
  composer(handle: string): Composer {
    const there = this.#composers.get(handle);
    if (there !== undefined) return there;
    const { api, kept } = this.#account;
    const made = new Composer({ api, kept, handle, timeline: this.timeline(handle) });
    this.#composers.set(handle, made);
    return made;
  }
}

const all = new WeakMap<SignedIn, PublicAccounts>();
