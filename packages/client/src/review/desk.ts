import { getReviewersKey, type ReviewersKey } from '@byline/protocol/byline/reviewers-key.ts';
import { isApiError } from '../api/errors.ts';
import { KnownCustodians } from '../custody/known-custodians.ts';
import { Policies } from '../provider/policies.ts';
import { registerFile } from '../provider/register.ts';
import { StaffList } from '../provider/staff-list.ts';
import { Resource } from '../resource.ts';
import type { RegisterFormat } from '@byline/protocol/byline/register.ts';
import type { SignedIn } from '../session/signed-in.ts';
import { KeyCeremony } from './key-ceremony.ts';
import { OpenKeys } from './open-keys.ts';
import { ReviewCase } from './review-case.ts';
import { ReviewQueue } from './review-queue.ts';

/** Where somebody works for the provider. */
export class Desk {
  readonly queue: ReviewQueue;
  readonly keys = new OpenKeys();
  /** The key to which identities are sealed now; `undefined`: there is none. */
  readonly reviewersKey: Resource<ReviewersKey | undefined>;
  readonly staff: StaffList;
  readonly policies: Policies;
  readonly #account: SignedIn;

  private constructor(account: SignedIn) {
    const { api } = account;
    this.#account = account;
    this.queue = new ReviewQueue(api);
    this.staff = new StaffList(api);
    this.policies = new Policies(api);
    this.reviewersKey = new Resource(async () => {
      try {
        return await api.call(getReviewersKey);
      } catch (error) {
        if (isApiError(error, 'BYLINE_NO_REVIEWERS_KEY')) return undefined;
        throw error;
      }
    });
  }

  /** The same for the same person, as long as they are signed in. */
  static of(account: SignedIn): Desk {
    const there = all.get(account);
    if (there !== undefined) return there;
    const made = new Desk(account);
    all.set(account, made);
    return made;
  }

  /** A case to be read and decided; it forgets what was opened in it when it is left. */
  case(id: string): ReviewCase {
    const { api, userId, kept } = this.#account;
    return new ReviewCase({ api, id, keys: this.keys, custodians: new KnownCustodians(kept), me: userId });
  }

  /** The register of qualified accounts, for filing. Throws `ApiError`. */
  register(format: RegisterFormat): Promise<Blob> {
    return registerFile(this.#account.api, format);
  }

  /** To make a new reviewers' key. */
  ceremony(): KeyCeremony {
    return new KeyCeremony(this.#account.api, (key) => this.reviewersKey.set(key));
  }
}

const all = new WeakMap<SignedIn, Desk>();
