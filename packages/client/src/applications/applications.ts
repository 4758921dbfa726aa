import {
  type Application,
  createApplication,
  getApplication,
  listApplications,
} from '@byline/protocol/byline/applications.ts';
import { getReviewTimes } from '@byline/protocol/byline/blind-index.ts';
import { ApplicationId, type Purpose } from '@byline/protocol/byline/identity.ts';
import { getPolicy } from '@byline/protocol/byline/policy.ts';
import { getReviewersKey, type ReviewersKey } from '@byline/protocol/byline/reviewers-key.ts';
import type { Answered } from '../api/api.ts';
import { ApiError, isApiError } from '../api/errors.ts';
import type { Media } from '../media/media.ts';
import { Source } from '../observable.ts';
import { Resource } from '../resource.ts';
import type { SignedIn } from '../session/signed-in.ts';
import { ApplicationForm } from './application-form.ts';

/** Where one's own application stands with the reviewers, which may change at any moment. */
export const isWaiting = ({ state }: Application): boolean =>
  state === 'submitted' || state === 'in-review' || state === 'question-asked';

/** What one may still write in. */
export const isOpen = ({ state }: Application): boolean => state === 'draft' || state === 'changes-asked';

/** Whether something was done with an application: it was changed, or somebody else has it. */
const hasMoved = (old: Application, now: Application): boolean =>
  old.updated_at !== now.updated_at ||
  old.progress.with !== now.progress.with ||
  old.history.length !== now.history.length;

/** How often a waiting application is asked after, in milliseconds. */
const LOOK_AGAIN = 5_000;

/** What can be said of an application beforehand. */
export interface Prospects {
  /** How long the last answers took; `null`: there were too few to say. */
  readonly times: Answered<typeof getReviewTimes>['measured'];
  /** How many public accounts one person, and one organisation, may have. */
  readonly caps: { readonly person: number; readonly organisation: number };
}

interface Parts {
  readonly account: SignedIn;
  readonly media: Media;
  /** Hears of an approval: there may be another account that one operates. */
  readonly onApproved: () => void;
}

/** One's own applications. */
export class Applications {
  /** The newest first. While it is watched and one of them waits for a reviewer, it is looked at again and again. */
  readonly list: Resource<readonly Application[]>;
  /** The key to which identities are sealed; `undefined`: the provider has none, so nobody can apply. */
  readonly key: Resource<ReviewersKey | undefined>;
  readonly prospects: Resource<Prospects>;
  readonly #account: SignedIn;
  readonly #media: Media;
  readonly #onApproved: () => void;
  readonly #forms = new Map<string, Resource<ApplicationForm>>();
  readonly #watched: Source<undefined>;

  constructor({ account, media, onApproved }: Parts) {
    this.#account = account;
    this.#media = media;
    this.#onApproved = onApproved;
    this.list = new Resource(async () => (await account.api.call(listApplications)).applications);
    this.key = new Resource(async () => {
      try {
        return await account.api.call(getReviewersKey);
      } catch (error) {
        if (isApiError(error, 'BYLINE_NO_REVIEWERS_KEY')) return undefined;
        throw error;
      }
    });
    this.prospects = new Resource(() => this.#prospects());
    this.#watched = new Source<undefined>(undefined, () => this.#keepLooking());
  }

  /** Looks again and again as long as somebody waits for an answer here; what it returns ends that. */
  readonly watch = (): (() => void) => this.#watched.subscribe(() => undefined);

  /** Begins an application and returns its id. Throws `ApiError` (`BYLINE_NO_REVIEWERS_KEY`, `M_FORBIDDEN`). */
  async begin(purpose: Purpose): Promise<string> {
    const application = await this.#account.api.call(createApplication, { body: { purpose } });
    this.#keep(application);
    return application.id;
  }

  /** The form of an application; the same as long as the app is open, so that nothing has to be written twice. */
  form(id: string): Resource<ApplicationForm> {
    const there = this.#forms.get(id);
    if (there !== undefined) return there;
    const made = new Resource(() => this.#makeForm(id));
    this.#forms.set(id, made);
    return made;
  }

  async #prospects(): Promise<Prospects> {
    const { api } = this.#account;
    const [{ measured: times }, person, organisation] = await Promise.all([
      api.call(getReviewTimes),
      api.call(getPolicy, { params: { key: 'accounts.per-individual' } }),
      api.call(getPolicy, { params: { key: 'accounts.per-organisation' } }),
    ]);
    return { times, caps: { person: Number(person.value), organisation: Number(organisation.value) } };
  }

  async #makeForm(id: string): Promise<ApplicationForm> {
    const parsed = ApplicationId.safeParse(id);
    if (!parsed.success) throw new ApiError('M_NOT_FOUND', 'There is no such application.');
    const { api, kept } = this.#account;
    const application = await api.call(getApplication, { params: { id: parsed.data } });
    return new ApplicationForm({
      api,
      kept,
      media: this.#media,
      application,
      onChange: (changed) => this.#keep(changed),
    });
  }

  #keep(application: Application): void {
    const known = this.list.get().value;
    if (known === undefined) return;
    const isKnown = known.some(({ id }) => id === application.id);
    this.list.set(
      isKnown ? known.map((each) => (each.id === application.id ? application : each)) : [application, ...known],
    );
    void this.#account.standing.reload();
  }

  #keepLooking(): () => void {
    const timer = setInterval(() => void this.#look(), LOOK_AGAIN);
    return () => clearInterval(timer);
  }

  async #look(): Promise<void> {
    const before = this.list.get().value;
    if (document.visibilityState === 'hidden' || before?.some(isWaiting) === false) return;
    const { value } = await this.list.reload();
    const changed = value?.filter((each) => before?.some((old) => old.id === each.id && hasMoved(old, each)));
    for (const { id } of changed ?? []) void this.#forms.get(id)?.get().value?.reload();
    if (changed?.length) void this.#account.standing.reload();
    if (changed?.some(({ state }) => state === 'approved')) this.#onApproved();
  }
}
