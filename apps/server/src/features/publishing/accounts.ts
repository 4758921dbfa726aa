import { parseHandle } from '@byline/core/account/handle.ts';
import { searchText } from '@byline/core/account/search-text.ts';
import { DomainError, type Localpart, type RoomId, type UserId } from '@byline/protocol';
import type { Qualification } from '@byline/protocol/byline/accounts.ts';
import type { PublicPart } from '@byline/protocol/byline/identity.ts';
import { randomBytes } from 'node:crypto';
import type { Clock } from '../../platform/clock.ts';
import type { Writer } from '../../platform/engine/engine.ts';
import type { Batch } from '../../platform/log/batch.ts';
import type { Log } from '../../platform/log/log.ts';
import type { RoomGraph } from '../graph/service.ts';
import type { Policy } from '../provider/service.ts';
import type { Users } from '../users/service.ts';
import type { Account, Operator } from './account.ts';
import { changedState, creationOf, firstState, type RoomDescription } from './account-room.ts';
import type { AccountStore, Holding } from './account-store.ts';
import { PublishPermission } from './permission.ts';
import type { PublicMedia } from './public-media.ts';
import { AccountRegister } from './register.ts';
import type { AccountId, AccountRow } from './tables.ts';

export interface AccountsParts {
  readonly store: AccountStore;
  readonly users: Users;
  readonly graph: RoomGraph;
  readonly log: Log;
  readonly media: PublicMedia;
  readonly clock: Clock;
  readonly policy: Policy;
  readonly publicUrl: string;
}

/** A wish to have an account. */
export interface Opening {
  readonly applicant: UserId;
  readonly public: PublicPart;
  /** Whether somebody's application for an account is open. */
  readonly isApplied: (writer: Writer, accountId: AccountId) => Promise<boolean>;
}

/** Decides, in the same transaction, what else belongs to it. It may throw; then nothing is done. */
export type DecideToo<Result> = (batch: Batch, accountId: AccountId) => Promise<Result>;

/** What an approval grants. */
interface Grant extends Pick<Qualification, 'kind' | 'category' | 'label'> {
  /** Milliseconds since the epoch; absent: as long as the policy lets a verification live. */
  readonly expires: number | undefined;
}

const ROOM_VERSION = '12';

/** Public accounts: made when they are first applied for, able to publish once a review has qualified them. */
export class Accounts {
  /** Which of them may publish at this moment. */
  readonly permission: PublishPermission;
  readonly #store: AccountStore;
  readonly #users: Users;
  readonly #graph: RoomGraph;
  readonly #log: Log;
  readonly #media: PublicMedia;
  readonly #clock: Clock;
  readonly #register: AccountRegister;

  private constructor(parts: AccountsParts, register: AccountRegister) {
    this.#store = parts.store;
    this.#users = parts.users;
    this.#graph = parts.graph;
    this.#log = parts.log;
    this.#media = parts.media;
    this.#clock = parts.clock;
    this.permission = new PublishPermission(parts);
    this.#register = register;
  }

  static async open(parts: AccountsParts): Promise<Accounts> {
    return new Accounts(parts, new AccountRegister(await parts.store.all()));
  }

  byHandle(handle: string): Account | undefined {
    return this.#register.byHandle(handle);
  }

  byRoom(roomId: RoomId): Account | undefined {
    return this.#register.byRoom(roomId);
  }

  byId(accountId: AccountId): Account | undefined {
    return this.#register.byId(accountId);
  }

  operatedBy(userId: UserId): Account[] {
    return this.#register.operatedBy(userId);
  }

  isOperator(accountId: AccountId, userId: UserId): boolean {
    return this.byId(accountId)?.operators.has(userId) ?? false;
  }

  /**
   * Why somebody can't have a handle; `undefined`: they can.
   *
   * @param isApplied whether somebody's application for an account is open
   */
  async handleRefusal(
    by: UserId,
    text: string,
    isApplied: (accountId: AccountId) => Promise<boolean>,
  ): Promise<DomainError | undefined> {
    const handle = handleIn(text);
    if (handle instanceof DomainError) return handle;
    const account = this.byHandle(handle);
    if (account === undefined) return (await this.#users.find(this.#users.userIdOf(handle))) && inUse();
    if (account.operators.get(by)?.role === 'owner') return undefined;
    return account.qualification !== null || (await isApplied(account.accountId)) ? inUse() : undefined;
  }

  /** How many accounts have a verification that holds at a moment. */
  countHolding(holding: Holding): Promise<number> {
    return this.#store.countHolding(holding);
  }

  /** How many accounts were ever verified. */
  countVerified(): Promise<number> {
    return this.#store.countVerified();
  }

  /** Up to `limit` accounts whose verification holds now, by handle, after one. */
  async holdingAfter(handle: string, limit: number): Promise<Account[]> {
    const ids = await this.#store.holdingAfter(this.permission.holding(), handle, limit);
    return ids.map((accountId) => this.byId(accountId)).filter((account) => account !== undefined);
  }

  /** Whether the account may publish at this moment. */
  mayPublish(accountId: AccountId): boolean {
    const account = this.byId(accountId);
    return account !== undefined && this.permission.qualificationOf(account) !== null;
  }

  /**
   * The account that an application is for: its applicant's own, or one that nobody has, or a new one with a user and
   * a room of its own. `decide` runs in the same transaction.
   *
   * @throws DomainError `BYLINE_HANDLE_IN_USE`, `M_INVALID_USERNAME`, `M_NOT_FOUND` or `M_FORBIDDEN` for the picture, and what
   *   `decide` throws
   */
  async openAccount<Result>(opening: Opening, decide: DecideToo<Result>): Promise<Result> {
    const handle = parseHandle(opening.public.handle);
    if (opening.public.picture !== null)
      await this.#media.requirePublishable(opening.applicant, [opening.public.picture]);
    const userId = await this.#requireUser(handle);
    const { account, result } = await this.#log.append(async (batch) => {
      const found = await batch.atOnce((writer) => this.#store.byHandle(writer, handle));
      if (found === undefined) return this.#create(batch, { ...opening, handle, userId }, decide);
      return this.#reopen(batch, found, opening, decide);
    });
    this.#register.keep(account);
    return result;
  }

  /**
   * Grants an account the right to publish, and makes it say what was approved. `decide` runs in the same transaction,
   * before anything is granted.
   *
   * @throws DomainError what `decide` throws
   */
  async qualify(
    accountId: AccountId,
    approved: { readonly public: PublicPart; readonly grant: Grant },
    decide: (batch: Batch) => Promise<void>,
  ): Promise<void> {
    const account = await this.#log.append(async (batch) => {
      await decide(batch);
      const present = await batch.atOnce((writer) => this.#store.byId(writer, accountId));
      if (present === undefined) throw new Error('An application is approved for an account that is not there.');
      const now = this.#clock.now();
      const verifiedSince = this.permission.qualificationOf(present)?.verified_since ?? now;
      const { name, description, picture } = approved.public;
      const expires = approved.grant.expires ?? this.permission.usualEnd();
      const qualification: Qualification = { ...approved.grant, verified_since: verifiedSince, expires };
      const qualified: Account = {
        ...present,
        name,
        description,
        picture,
        qualification,
        verifiedAt: now,
        endedBecause: null,
      };
      await batch.atOnce(async (writer) => {
        await this.#store.describe(writer, accountId, describedRow(qualified));
        await this.#store.qualify(writer, {
          account_id: accountId,
          ...qualification,
          verified_at: now,
          ended_because: null,
        });
      });
      if (picture !== null) await this.#media.markPublic(batch, [picture]);
      await this.#graph.appendInside(batch, present.roomId, (room) => changedState(room, qualified));
      return qualified;
    });
    this.#register.keep(account);
    await this.#describeUser(account);
  }

  /**
   * Ends an account's right to publish at once. Its posts and subscribers stay. `decide` runs in the same transaction and
   * says whether it ends.
   *
   * @param because what its operators read
   * @throws DomainError what `decide` throws
   */
  async disqualify(accountId: AccountId, because: string, decide: (writer: Writer) => Promise<boolean>): Promise<void> {
    const account = await this.#log.append(async (batch) => {
      if (!(await batch.atOnce(decide))) return undefined;
      const present = await batch.atOnce((writer) => this.#store.byId(writer, accountId));
      const now = this.#clock.now();
      const granted = present === undefined ? null : this.permission.qualificationOf(present);
      if (present === undefined || granted === null) return undefined;
      const qualification: Qualification = { ...granted, expires: now };
      const ended: Account = { ...present, qualification, endedBecause: because };
      await batch.atOnce((writer) =>
        this.#store.qualify(writer, {
          account_id: accountId,
          ...qualification,
          verified_at: present.verifiedAt,
          ended_because: because,
        }),
      );
      await this.#graph.appendInside(batch, present.roomId, (room) => changedState(room, ended));
      return ended;
    });
    if (account !== undefined) this.#register.keep(account);
  }

  async addOperator(accountId: AccountId, userId: UserId): Promise<void> {
    const operator = { account_id: accountId, user_id: userId, role: 'operator', since: this.#clock.now() } as const;
    await this.#change(accountId, (writer) => this.#store.addOperator(writer, operator));
  }

  async removeOperator(accountId: AccountId, userId: UserId): Promise<void> {
    await this.#change(accountId, (writer) => this.#store.removeOperators(writer, accountId, userId));
  }

  async #change(accountId: AccountId, change: (writer: Writer) => Promise<void>): Promise<void> {
    const account = await this.#log.append(async (batch) => {
      await batch.atOnce(change);
      return batch.atOnce((writer) => this.#store.byId(writer, accountId));
    });
    if (account !== undefined) this.#register.keep(account);
  }

  async #create<Result>(
    batch: Batch,
    { applicant, handle, userId, ...opening }: Opening & { readonly handle: Localpart; readonly userId: UserId },
    decide: DecideToo<Result>,
  ): Promise<Opened<Result>> {
    const { name, description, picture } = opening.public;
    const accountId = randomBytes(12).toString('base64url');
    const described = { accountId, handle, userId, name, description, picture, qualification: null, verifiedAt: 0 };
    const planned = this.#graph.plan(creationOf(userId), ROOM_VERSION, () => firstState(described));
    const result = await decide(batch, accountId);
    const now = this.#clock.now();
    const owner = { userId: applicant, role: 'owner', since: now } as const;
    const account: Account = {
      ...described,
      endedBecause: null,
      roomId: planned.room.id,
      createdAt: now,
      operators: new Map([[applicant, owner]]),
    };
    await batch.atOnce(async (writer) => {
      await this.#store.insert(writer, rowOf(account));
      await this.#store.addOperator(writer, { account_id: accountId, user_id: applicant, role: 'owner', since: now });
    });
    this.#graph.createInside(batch, planned);
    return { account, result };
  }

  /**
   * The account that has the handle already: one's own, or one that was never verified and for which nobody applies any
   * more, which is free for whoever asks next. What a verified account says of itself changes only when that is approved.
   */
  async #reopen<Result>(
    batch: Batch,
    found: Account,
    opening: Opening,
    decide: DecideToo<Result>,
  ): Promise<Opened<Result>> {
    const isOwn = found.operators.get(opening.applicant)?.role === 'owner';
    if (!isOwn && !(await this.#isFree(batch, found, opening))) throw inUse();
    const result = await decide(batch, found.accountId);
    if (found.qualification !== null) return { account: found, result };
    const { name, description, picture } = opening.public;
    const owner = { userId: opening.applicant, role: 'owner', since: this.#clock.now() } as const;
    const operators = isOwn ? found.operators : new Map([[opening.applicant, owner]]);
    const account: Account = { ...found, name, description, picture, operators };
    await batch.atOnce(async (writer) => {
      if (!isOwn) await this.#handOver(writer, found.accountId, owner);
      await this.#store.describe(writer, found.accountId, describedRow(account));
    });
    await this.#graph.appendInside(batch, found.roomId, (room) => changedState(room, account));
    return { account, result };
  }

  async #isFree(batch: Batch, { accountId, qualification }: Account, { isApplied }: Opening): Promise<boolean> {
    return qualification === null && !(await batch.atOnce((writer) => isApplied(writer, accountId)));
  }

  async #handOver(writer: Writer, accountId: AccountId, { userId, role, since }: Operator): Promise<void> {
    await this.#store.removeOperators(writer, accountId);
    await this.#store.addOperator(writer, { account_id: accountId, user_id: userId, role, since });
  }

  /**
   * The user who will speak for the account; it has no name before that is approved. A request that was cut short may
   * have left one without an account.
   */
  async #requireUser(handle: Localpart): Promise<UserId> {
    const userId = this.#users.userIdOf(handle);
    const known = await this.#users.find(userId);
    if (known === undefined) return this.#createUser(handle);
    if (known.kind !== 'public-account' || known.deactivated) throw inUse();
    return userId;
  }

  async #createUser(handle: Localpart): Promise<UserId> {
    try {
      return await this.#users.create({ localpart: handle, kind: 'public-account' });
    } catch (error) {
      // Somebody has just taken the name: as a person, or for the same account in another request.
      if (!(error instanceof DomainError && error.code === 'M_USER_IN_USE')) throw error;
      return this.#requireUser(handle);
    }
  }

  /** Its profile is what clients show where they look at the user alone. */
  async #describeUser({ userId, name, picture }: Account): Promise<void> {
    await this.#users.setProfileField(userId, 'displayname', name);
    await this.#users.setProfileField(userId, 'avatar_url', picture ?? undefined);
  }
}

interface Opened<Result> {
  readonly account: Account;
  readonly result: Result;
}

const describedRow = ({ name, handle, description, picture }: RoomDescription) => ({
  name,
  description,
  picture,
  search_text: searchText(name, handle, description),
});

const rowOf = (account: Account): AccountRow => ({
  account_id: account.accountId,
  handle: account.handle,
  user_id: account.userId,
  room_id: account.roomId,
  created_at: account.createdAt,
  ...describedRow(account),
});

const handleIn = (text: string): Localpart | DomainError => {
  try {
    return parseHandle(text);
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
};

const inUse = (): DomainError =>
  new DomainError('BYLINE_HANDLE_IN_USE', 'That handle is taken. Please choose another.');
