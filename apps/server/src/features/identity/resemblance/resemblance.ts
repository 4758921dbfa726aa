import { handleSkeleton, nameSkeleton } from '@byline/core/identity/confusables/skeleton.ts';
import { isLongEnough, isOneEditApart } from '@byline/core/identity/resemblance/one-edit.ts';
import { areAlike, distanceOf } from '@byline/core/identity/resemblance/picture-likeness.ts';
import { mixedScripts } from '@byline/core/identity/confusables/mixed-scripts.ts';
import { normaliseHandle } from '@byline/core/account/handle.ts';
import { DomainError, type UserId } from '@byline/protocol';
import type { ApplicationId, PublicDraft, PublicPart } from '@byline/protocol/byline/identity.ts';
import type { LookAlike, LookAlikes } from '@byline/protocol/byline/resemblance.ts';
import type { Engine, Writer } from '../../../platform/engine/engine.ts';
import type { Staff } from '../../provider/service.ts';
import type { Accounts } from '../../publishing/service.ts';
import type { ApplicationStore } from '../application-store.ts';
import { publicOf } from '../application-view.ts';
import type { PictureReader } from './picture-reader.ts';
import type { Owner, ResemblanceStore } from './store.ts';
import type { AccountId, TextAspect } from './tables.ts';

interface ResemblanceParts {
  readonly resemblanceStore: ResemblanceStore;
  readonly applications: ApplicationStore;
  readonly pictures: PictureReader;
  readonly accounts: Accounts;
  readonly staff: Staff;
  readonly engine: Engine;
}

type Account = NonNullable<ReturnType<Accounts['byId']>>;
type Reason = LookAlike['reasons'][number];

interface Found extends Owner {
  readonly reason: Reason;
}

const SKELETONS: Readonly<Record<TextAspect, (text: string) => string>> = {
  handle: (text) => handleSkeleton(normaliseHandle(text)),
  name: nameSkeleton,
};

const MOST_SHOWN = 20;

/**
 * What can be taken for something else: a handle that looks like that of another account is refused, because it could
 * only deceive; names and pictures a reviewer sees and judges.
 */
export class Resemblance {
  readonly #store: ResemblanceStore;
  readonly #applications: ApplicationStore;
  readonly #pictures: PictureReader;
  readonly #accounts: Accounts;
  readonly #staff: Staff;
  readonly #engine: Engine;

  constructor(parts: ResemblanceParts) {
    this.#store = parts.resemblanceStore;
    this.#applications = parts.applications;
    this.#pictures = parts.pictures;
    this.#accounts = parts.accounts;
    this.#staff = parts.staff;
    this.#engine = parts.engine;
  }

  /**
   * Throws `BYLINE_HANDLE_LOOKS_ALIKE` for a handle that looks like that of another account, unless both are of one
   * owner. Of an account that is not public yet, it does not say which.
   */
  async requireDistinct(by: UserId, handle: string, writer?: Writer): Promise<void> {
    const accountId = this.#accounts.byHandle(normaliseHandle(handle))?.accountId;
    const rows = await this.#store.same('handle', SKELETONS.handle(handle), accountId, writer);
    const other = rows.find(({ account_id }) => this.#accounts.byId(account_id)?.operators.get(by)?.role !== 'owner');
    if (other === undefined) return;
    const account = this.#accounts.byId(other.account_id);
    const known = account !== undefined && account.qualification !== null ? account.handle : undefined;
    throw new DomainError(
      'BYLINE_HANDLE_LOOKS_ALIKE',
      known === undefined
        ? 'People could take this handle for another one that somebody has. Please choose one that looks different.'
        : `People could take this handle for @${known}. Please choose one that looks different.`,
      known === undefined ? {} : { handle: known },
    );
  }

  /** Why somebody can't have a handle for what it looks like; `undefined`: they can. */
  async handleRefusal(by: UserId, handle: string): Promise<string | undefined> {
    try {
      await this.requireDistinct(by, handle);
      return undefined;
    } catch (error) {
      if (error instanceof DomainError) return error.message;
      throw error;
    }
  }

  /**
   * Takes over what an application that is sent now says, so that others are compared with it. Throws
   * `BYLINE_HANDLE_LOOKS_ALIKE`, once more at its turn.
   */
  async keep(writer: Writer, by: UserId, owner: Owner, part: PublicPart): Promise<void> {
    await this.requireDistinct(by, part.handle, writer);
    await this.#store.keepTexts(writer, owner, {
      handle: SKELETONS.handle(part.handle),
      name: SKELETONS.name(part.name),
    });
    if (part.picture === null) await this.#store.forgetPicture(writer, owner.applicationId);
  }

  /** Takes over what the picture of an application that was sent looks like, if it can be looked at. */
  async look(id: ApplicationId): Promise<void> {
    const row = await this.#applications.find(id);
    if (row === undefined || row.account_id === null) return;
    await this.#likenessOf({ applicationId: id, accountId: row.account_id }, publicOf(row));
  }

  /** What looks like the account of a case, what is most alike first. Throws `BYLINE_ROLE_REQUIRED`, `M_NOT_FOUND`. */
  async of(by: UserId, id: ApplicationId): Promise<LookAlikes> {
    this.#staff.requireRole(by, 'reviewer');
    const row = await this.#applications.find(id);
    if (row === undefined || row.submitted_at === null) throw new DomainError('M_NOT_FOUND', 'There is no such case.');
    if (row.account_id === null) return { mixed_scripts: [], look_alikes: [] };
    const draft = publicOf(row);
    const owner = { applicationId: id, accountId: row.account_id };
    const found = [
      ...(await this.#textsLike('handle', draft.handle, owner.accountId)),
      ...(await this.#textsLike('name', draft.name, owner.accountId)),
      ...(await this.#picturesLike(owner, draft)),
    ];
    return { mixed_scripts: mixedScripts(draft.name ?? ''), look_alikes: await this.#shown(found) };
  }

  async #textsLike(what: TextAspect, text: string | undefined, not: AccountId): Promise<Found[]> {
    const skeleton = SKELETONS[what](text ?? '');
    if (skeleton === '') return [];
    const same = await this.#store.same(what, skeleton, not);
    const near = isLongEnough(skeleton) ? await this.#store.near(what, skeleton, not) : [];
    const apart = near.filter((row) => isOneEditApart(skeleton, row.skeleton));
    return [
      ...same.map((row) => foundBy(row, { what, how: 'same-look' })),
      ...apart.map((row) => foundBy(row, { what, how: 'one-edit' })),
    ];
  }

  async #picturesLike(owner: Owner, draft: PublicDraft): Promise<Found[]> {
    const likeness = await this.#likenessOf(owner, draft);
    if (likeness === undefined) return [];
    const near = await this.#store.nearPictures(likeness, owner.accountId);
    return near
      .filter((other) => areAlike(likeness, other.likeness))
      .map(({ applicationId, accountId, likeness: other }) => ({
        applicationId,
        accountId,
        reason: { what: 'picture', distance: distanceOf(likeness, other) },
      }));
  }

  /** It is looked at once; what could not be looked at is tried again the next time that somebody asks. */
  async #likenessOf(owner: Owner, { picture }: PublicDraft) {
    if (picture === undefined || picture === null) return undefined;
    const known = await this.#store.picture(owner.applicationId, picture);
    if (known !== undefined) return known;
    const likeness = await this.#pictures.look(picture);
    if (likeness !== undefined)
      await this.#engine.transaction((writer) => this.#store.keepPicture(writer, owner, picture, likeness));
    return likeness;
  }

  /** An account is shown as everybody sees it, or as its open application says; each with all that is alike. */
  async #shown(found: readonly Found[]): Promise<LookAlike[]> {
    const rows = await this.#store.applications([...new Set(found.map(({ applicationId }) => applicationId))]);
    const applications = new Map(rows.map((row) => [row.application_id, row]));
    const shown = [...Map.groupBy(found, ({ accountId }) => accountId)].flatMap(([accountId, ofAccount]) => {
      const account = this.#accounts.byId(accountId);
      const standing = ofAccount.flatMap(({ applicationId, reason }) => {
        const row = applications.get(applicationId);
        if (row === undefined) return [];
        const draft = publicOf(row);
        return row.state !== 'approved' || stillSays(account, draft, reason.what) ? [{ draft, reason }] : [];
      });
      const [first] = standing;
      return first === undefined
        ? []
        : [
            lookAlikeOf(
              account,
              first.draft,
              standing.map(({ reason }) => reason),
            ),
          ];
    });
    return shown.toSorted((one, other) => weight(other) - weight(one)).slice(0, MOST_SHOWN);
  }
}

const foundBy = (row: { application_id: ApplicationId; account_id: AccountId }, reason: Reason): Found => ({
  applicationId: row.application_id,
  accountId: row.account_id,
  reason,
});

/** What was approved once holds only as long as the account still says so. */
const stillSays = (account: Account | undefined, draft: PublicDraft, what: Reason['what']): boolean =>
  account !== undefined && account.qualification !== null && account[what] === (draft[what] ?? null);

/** As everybody sees it or, where nobody can see it yet, as its application says. */
const lookAlikeOf = (account: Account | undefined, draft: PublicDraft, reasons: readonly Reason[]): LookAlike => {
  const verified = account !== undefined && account.qualification !== null;
  const { handle = '', name = '', picture = null } = verified ? account : draft;
  return { handle, name, picture, verified, reasons: distinct(reasons) };
};

const distinct = (reasons: readonly Reason[]): Reason[] => [
  ...new Map(reasons.map((reason) => [JSON.stringify(reason), reason])).values(),
];

/** The same look says more than one edit, and an account that people know matters more than one that is asked for. */
const weight = ({ reasons, verified }: LookAlike): number =>
  reasons.reduce((sum, reason) => sum + (reason.what === 'picture' || reason.how === 'same-look' ? 2 : 1), 0) +
  (verified ? 0.5 : 0);
