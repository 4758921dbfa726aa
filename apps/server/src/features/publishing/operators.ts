import { DomainError, type UserId } from '@byline/protocol';
import type { Users } from '../users/service.ts';
import { type Account, isVisibleTo, type Operator, requireOperator } from './account.ts';
import type { Accounts } from './accounts.ts';

const MOST_OPERATORS = 50;

/** Who may act as an account: its owner and those whom the owner names. */
export class Operators {
  readonly #accounts: Accounts;
  readonly #users: Users;

  constructor(parts: { readonly accounts: Accounts; readonly users: Users }) {
    this.#accounts = parts.accounts;
    this.#users = parts.users;
  }

  /** For operators alone. Throws `M_NOT_FOUND`, `M_FORBIDDEN`. */
  list(by: UserId, handle: string): Operator[] {
    const account = this.#require(by, handle);
    return [...account.operators.values()];
  }

  /** Throws `M_NOT_FOUND`, and `M_FORBIDDEN` unless the caller owns the account. */
  async add(by: UserId, handle: string, userId: UserId): Promise<void> {
    const { accountId, operators } = this.#requireOwned(by, handle);
    const user = await this.#users.find(userId);
    if (user === undefined || user.deactivated || user.kind !== 'person')
      throw new DomainError('M_NOT_FOUND', 'There is nobody of that name here.');
    if (operators.size >= MOST_OPERATORS && !operators.has(userId))
      throw new DomainError('M_FORBIDDEN', `An account may have at most ${MOST_OPERATORS} operators.`);
    await this.#accounts.addOperator(accountId, userId);
  }

  /** The owner removes operators, and an operator themself. Throws `M_NOT_FOUND`, `M_FORBIDDEN`. */
  async remove(by: UserId, handle: string, userId: UserId): Promise<void> {
    const { accountId, operators } = by === userId ? this.#require(by, handle) : this.#requireOwned(by, handle);
    const operator = operators.get(userId);
    if (operator === undefined) throw new DomainError('M_NOT_FOUND', 'This person does not operate the account.');
    if (operator.role === 'owner')
      throw new DomainError('M_FORBIDDEN', 'The owner answers for the account and can not be removed from it.');
    await this.#accounts.removeOperator(accountId, userId);
  }

  #requireOwned(by: UserId, handle: string): Account {
    const account = this.#require(by, handle);
    if (account.operators.get(by)?.role !== 'owner')
      throw new DomainError('M_FORBIDDEN', 'Only the owner of a public account may do this.');
    return account;
  }

  #require(by: UserId, handle: string): Account {
    const account = this.#accounts.byHandle(handle);
    if (account === undefined || !isVisibleTo(account, by))
      throw new DomainError('M_NOT_FOUND', 'There is no such public account.');
    requireOperator(account, by);
    return account;
  }
}
