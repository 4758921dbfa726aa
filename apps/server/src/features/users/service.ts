import {
  DomainError,
  type Json,
  type JsonObject,
  type Localpart,
  type ServerName,
  type UserId,
  userIdOf,
} from '@byline/protocol';
import type { Clock } from '../../platform/clock.ts';
import { hashPassword, isPassword, requireStrongPassword } from './password.ts';
import { emptyProfile, type Profile, profileOf, requireFieldName, withField } from './profile.ts';
import { searchable } from './search-name.ts';
import type { UserKind, UserStore } from './store.ts';

export type { Profile } from './profile.ts';
export type { UserKind } from './store.ts';

/** The localpart under which the provider speaks. Nobody else may have it. */
export const RESERVED_FOR_NOTICES = 'notices';

/** An account of this server. */
export interface User {
  readonly userId: UserId;
  readonly kind: UserKind;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly deactivated: boolean;
}

export interface NewUser {
  readonly localpart: Localpart;
  readonly kind: UserKind;
  /** Absent: nobody can sign in. */
  readonly password?: string;
  readonly displayname?: string;
}

/** Somebody's display name or picture is another now; both are given, `undefined` where there is none. */
export interface ProfileChange {
  readonly userId: UserId;
  readonly displayname: string | undefined;
  readonly avatarUrl: string | undefined;
}

/** Somebody closed their account for good. */
export interface Deactivation {
  readonly userId: UserId;
  /** They asked that as much as can be is forgotten. */
  readonly erase: boolean;
}

export interface FoundUser {
  readonly userId: UserId;
  readonly displayname: string | undefined;
  readonly avatarUrl: string | undefined;
}

/** That somebody has shown their password. */
export interface PasswordProof {
  readonly userId: UserId;
  /** Throws `M_FORBIDDEN` once the password is another, or the account is closed. */
  readonly requireStill: () => Promise<void>;
}

type Listener<Change> = (change: Change) => Promise<void>;

/** The people and other accounts of this server, and what they show of themselves. */
export class Users {
  readonly #store: UserStore;
  readonly #clock: Clock;
  readonly #serverName: ServerName;
  readonly #profileListeners: Listener<ProfileChange>[] = [];
  readonly #deactivationListeners: Listener<Deactivation>[] = [];

  constructor(parts: { readonly store: UserStore; readonly clock: Clock; readonly serverName: ServerName }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#serverName = parts.serverName;
  }

  /** Told, and waited for, after a display name or a picture changed. */
  onProfileChange(listener: Listener<ProfileChange>): void {
    this.#profileListeners.push(listener);
  }

  /** Told, and waited for, after an account was closed. */
  onDeactivate(listener: Listener<Deactivation>): void {
    this.#deactivationListeners.push(listener);
  }

  userIdOf(localpart: Localpart): UserId {
    return userIdOf(localpart, this.#serverName);
  }

  /** The account, if this server has it; closed ones too. */
  async find(userId: UserId): Promise<User | undefined> {
    const row = await this.#store.find(userId);
    if (row === undefined) return undefined;
    return {
      userId: row.user_id,
      kind: row.kind,
      createdAt: row.created_at,
      deactivated: row.deactivated_at !== null,
    };
  }

  /** Which of these are guests. */
  guestsAmong(userIds: readonly UserId[]): Promise<readonly UserId[]> {
    return this.#store.guestsAmong(userIds);
  }

  /** Throws `M_USER_IN_USE`. A name stays taken when its account is closed. */
  async requireFree(localpart: Localpart): Promise<void> {
    const isTaken =
      localpart === RESERVED_FOR_NOTICES || (await this.#store.find(this.userIdOf(localpart))) !== undefined;
    if (isTaken) throw inUse();
  }

  /** Opens an account. Throws `M_USER_IN_USE`, `M_WEAK_PASSWORD`. */
  async create({ localpart, kind, password, displayname }: NewUser): Promise<UserId> {
    if (localpart === RESERVED_FOR_NOTICES && kind !== 'service') throw inUse();
    if (password !== undefined) requireStrongPassword(password);
    const userId = this.userIdOf(localpart);
    const created = await this.#store.insert(
      {
        user_id: userId,
        kind,
        password_hash: password === undefined ? null : await hashPassword(password),
        created_at: this.#clock.now(),
        deactivated_at: null,
      },
      withField(emptyProfile(userId), 'displayname', displayname),
    );
    if (!created) throw inUse();
    return userId;
  }

  /**
   * Resolves with the user whose password it is. Throws `M_FORBIDDEN` when it is not, `M_USER_DEACTIVATED` when the account
   * is closed. It takes as long for a user who does not exist.
   */
  async requirePassword(userId: UserId | undefined, password: string): Promise<UserId> {
    return (await this.provePassword(userId, password)).userId;
  }

  /** The same, and a way to ask later whether what was shown still holds: checking takes long enough for it to be changed. */
  async provePassword(userId: UserId | undefined, password: string): Promise<PasswordProof> {
    const row = userId === undefined ? undefined : await this.#store.find(userId);
    const right = await isPassword(password, row?.password_hash ?? null);
    if (typeof row?.deactivated_at === 'number')
      throw new DomainError('M_USER_DEACTIVATED', 'This account was closed for good.');
    if (row === undefined || !right) throw wrongPassword();
    const requireStill = async (): Promise<void> => {
      const now = await this.#store.find(row.user_id);
      if (now === undefined || now.password_hash !== row.password_hash) throw wrongPassword();
    };
    return { userId: row.user_id, requireStill };
  }

  /** Lets a guest stay, as somebody who signs in. Throws `M_USER_IN_USE` when they are no guest any more, `M_WEAK_PASSWORD`. */
  async makePerson(userId: UserId, password: string): Promise<void> {
    requireStrongPassword(password);
    if (!(await this.#store.makePerson(userId, await hashPassword(password)))) throw inUse();
  }

  /** Throws `M_WEAK_PASSWORD`. */
  async setPassword(userId: UserId, password: string): Promise<void> {
    requireStrongPassword(password);
    await this.#store.setPasswordHash(userId, await hashPassword(password));
  }

  /** Closes an account for good: nobody can sign in to it, nobody can take its name. */
  async deactivate(userId: UserId, erase: boolean): Promise<void> {
    await this.#store.deactivate(userId, this.#clock.now());
    for (const listener of this.#deactivationListeners) await listener({ userId, erase });
  }

  /** Throws `M_NOT_FOUND`. */
  async profile(userId: UserId): Promise<Profile> {
    const row = await this.#store.profile(userId);
    if (row === undefined) throw new DomainError('M_NOT_FOUND', 'There is nobody of that name here.');
    return profileOf(row);
  }

  /** A profile's field, alone in an object. Throws `M_NOT_FOUND` when it has none of that name. */
  async profileField(userId: UserId, name: string): Promise<JsonObject> {
    const profile: JsonObject = await this.profile(userId);
    const value = Object.hasOwn(profile, name) ? profile[name] : undefined;
    if (value === undefined) throw new DomainError('M_NOT_FOUND', 'The profile has no such field.');
    return { [name]: value };
  }

  /** `undefined` removes the field. Throws `M_INVALID_PARAM`, `M_KEY_TOO_LARGE`, `M_PROFILE_TOO_LARGE`, `M_BAD_JSON`. */
  async setProfileField(userId: UserId, name: string, value: Json | undefined): Promise<void> {
    requireFieldName(name);
    const after = await this.#store.changeProfile(userId, (before) => withField(before, name, value));
    if (name !== 'displayname' && name !== 'avatar_url') return;
    const change = {
      userId,
      displayname: after.displayname ?? undefined,
      avatarUrl: after.avatar_url ?? undefined,
    };
    for (const listener of this.#profileListeners) await listener(change);
  }

  /** Throws `M_FORBIDDEN` unless it is one's own profile; otherwise as `setProfileField`. */
  async setOwnProfileField(caller: UserId, userId: UserId, name: string, value: Json | undefined): Promise<void> {
    if (caller !== userId) throw new DomainError('M_FORBIDDEN', 'You can change only your own profile.');
    await this.setProfileField(userId, name, value);
  }

  /** Active persons of this server whose display name or localpart contains `term`. */
  async search(term: string, limit: number): Promise<{ results: readonly FoundUser[]; limited: boolean }> {
    const wanted = searchable(term);
    if (wanted === '' || limit === 0) return { results: [], limited: false };
    const rows = await this.#store.search(wanted, limit + 1);
    const results = rows.slice(0, limit).map((row) => ({
      userId: row.user_id,
      displayname: row.displayname ?? undefined,
      avatarUrl: row.avatar_url ?? undefined,
    }));
    return { results, limited: rows.length > limit };
  }
}

const wrongPassword = (): DomainError => new DomainError('M_FORBIDDEN', 'The name or the password is not right.');

const inUse = (): DomainError => new DomainError('M_USER_IN_USE', 'That name is taken. Please choose another.');
