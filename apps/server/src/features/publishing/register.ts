import type { RoomId, UserId } from '@byline/protocol';
import type { Account } from './account.ts';
import type { AccountId } from './tables.ts';

/** All public accounts, in memory: each post, each reader and each page asks for one. */
export class AccountRegister {
  readonly #byId = new Map<AccountId, Account>();
  readonly #byHandle = new Map<string, Account>();
  readonly #byRoom = new Map<RoomId, Account>();

  constructor(accounts: readonly Account[]) {
    for (const account of accounts) this.keep(account);
  }

  /** Takes over an account as it is after a commit. */
  keep(account: Account): void {
    this.#byId.set(account.accountId, account);
    this.#byHandle.set(account.handle, account);
    this.#byRoom.set(account.roomId, account);
  }

  byId(accountId: AccountId): Account | undefined {
    return this.#byId.get(accountId);
  }

  byHandle(handle: string): Account | undefined {
    return this.#byHandle.get(handle);
  }

  byRoom(roomId: RoomId): Account | undefined {
    return this.#byRoom.get(roomId);
  }

  operatedBy(userId: UserId): Account[] {
    return [...this.#byId.values()].filter(({ operators }) => operators.has(userId));
  }
}
