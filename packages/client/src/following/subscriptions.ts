import { listSubscriptions, subscribe, unsubscribe } from '@byline/protocol/byline/subscriptions.ts';
import type { KnownAccounts } from '../accounts/known-accounts.ts';
import type { Api } from '../api/api.ts';
import { Resource } from '../resource.ts';

/** How one follows an account; `undefined`: not at all. */
export type Subscription = { readonly muted: boolean } | undefined;

/** Which public accounts one follows. What is changed here shows at once, and is taken back when the server refuses it. */
export class Subscriptions {
  /** The handles of the followed accounts; what is known of each is in the known accounts. */
  readonly handles: Resource<readonly string[]>;
  readonly #api: Api;
  readonly #known: KnownAccounts;

  constructor(api: Api, known: KnownAccounts) {
    this.#api = api;
    this.#known = known;
    this.handles = new Resource(async () => {
      const { accounts } = await api.call(listSubscriptions);
      known.keep(accounts);
      return accounts.map(({ handle }) => handle);
    });
  }

  /** Throws `ApiError`; then everything is as it was. */
  async follow(handle: string, { muted } = { muted: false }): Promise<void> {
    await this.#change(handle, { muted }, () => this.#api.call(subscribe, { params: { handle }, body: { muted } }));
  }

  /** Throws `ApiError`; then everything is as it was. */
  async unfollow(handle: string): Promise<void> {
    await this.#change(handle, undefined, () => this.#api.call(unsubscribe, { params: { handle } }));
  }

  async #change(handle: string, wanted: Subscription, call: () => Promise<unknown>): Promise<void> {
    const before = subscriptionIn(this.#known, handle);
    this.#show(handle, wanted);
    try {
      await call();
    } catch (error) {
      // Somebody may have decided again meanwhile; that wish is answered by its own call.
      if (subscriptionIn(this.#known, handle) === wanted) this.#show(handle, before);
      throw error;
    }
  }

  #show(handle: string, subscription: Subscription): void {
    const account = this.#known.read(handle);
    if (account !== undefined) this.#known.keep([{ ...account, subscription: subscription ?? null }]);
    const handles = this.handles.get().value;
    if (handles === undefined) return;
    const others = handles.filter((each) => each !== handle);
    this.handles.set(subscription === undefined ? others : [...others, handle]);
  }
}

const subscriptionIn = (known: KnownAccounts, handle: string): Subscription =>
  known.read(handle)?.subscription ?? undefined;
