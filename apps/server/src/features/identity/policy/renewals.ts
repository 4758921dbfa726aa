import { DomainError, type UserId } from '@byline/protocol';
import type { Application } from '@byline/protocol/byline/applications.ts';
import { Turns } from '../../../platform/turns.ts';
import { type Accounts, isVisibleTo } from '../../publishing/service.ts';
import type { Applications } from '../applications.ts';

const OVER: ReadonlySet<string> = new Set(['approved', 'refused', 'withdrawn']);

/** An account that was verified is confirmed again, before or after its verification has run out. */
export class Renewals {
  readonly #accounts: Accounts;
  readonly #applications: Applications;
  readonly #turns = new Turns();

  constructor({ accounts, applications }: { readonly accounts: Accounts; readonly applications: Applications }) {
    this.#accounts = accounts;
    this.#applications = applications;
  }

  /**
   * The application that renews an account: the one that is open, or a new one that says what the account says. Who the
   * owner is must be sealed in it anew: what was sealed before, nobody here can read or copy.
   *
   * @throws DomainError `M_NOT_FOUND`, `M_FORBIDDEN` for who does not own it, `M_BAD_STATE` when it was never verified, and
   *   what beginning an application throws
   */
  begin(by: UserId, handle: string): Promise<Application> {
    const account = this.#accounts.byHandle(handle.toLowerCase());
    if (account === undefined || !isVisibleTo(account, by))
      throw new DomainError('M_NOT_FOUND', 'There is no such public account.');
    if (account.operators.get(by)?.role !== 'owner')
      throw new DomainError('M_FORBIDDEN', 'Only the owner of a public account may do this.');
    const { qualification, name, description, picture } = account;
    if (qualification === null)
      throw new DomainError('M_BAD_STATE', 'This account was not verified yet, so there is nothing to renew.');
    const { kind, category } = qualification;
    return this.#turns.take(async () => {
      const mine = await this.#applications.list(by);
      const open = mine.find((each) => each.public.handle === account.handle && !OVER.has(each.state));
      if (open !== undefined) return open;
      const standing = { kind, name, handle: account.handle, category, description, picture };
      return this.#applications.create(by, 'public-account', standing);
    });
  }
}
