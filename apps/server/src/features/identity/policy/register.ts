import { REGISTER_HEADER, registerLine } from '@byline/core/account/register-csv.ts';
import type { UserId } from '@byline/protocol';
import type { RegisterEntry, RegisterFormat } from '@byline/protocol/byline/register.ts';
import type { Staff } from '../../provider/service.ts';
import type { Accounts } from '../../publishing/service.ts';

/** So many entries go out together. */
const AT_ONCE = 500;

/** The register of qualified accounts, as it is filed with who may ask for it. */
export class Register {
  readonly #accounts: Accounts;
  readonly #staff: Staff;

  constructor({ accounts, staff }: { readonly accounts: Accounts; readonly staff: Staff }) {
    this.#accounts = accounts;
    this.#staff = staff;
  }

  /** The file, piece by piece. Throws `BYLINE_ROLE_REQUIRED`. */
  file(by: UserId, format: RegisterFormat): AsyncGenerator<string> {
    this.#staff.requireRole(by, 'administrator');
    return format === 'csv' ? this.#csv() : this.#json();
  }

  async *#csv(): AsyncGenerator<string> {
    yield REGISTER_HEADER;
    for await (const entries of this.#entries()) yield entries.map(registerLine).join('');
  }

  async *#json(): AsyncGenerator<string> {
    let before = '[\n';
    for await (const entries of this.#entries()) {
      yield before + entries.map((entry) => JSON.stringify(entry)).join(',\n');
      before = ',\n';
    }
    yield before === '[\n' ? '[]\n' : '\n]\n';
  }

  /** By handle. Between two pieces others get their turn. */
  async *#entries(): AsyncGenerator<RegisterEntry[]> {
    let after = '';
    for (;;) {
      const accounts = await this.#accounts.holdingAfter(after, AT_ONCE);
      const last = accounts.at(-1);
      if (last === undefined) return;
      after = last.handle;
      const entries = accounts.flatMap((account) => {
        const qualification = this.#accounts.permission.qualificationOf(account);
        if (qualification === null) return [];
        const { kind, category, label, verified_since } = qualification;
        const since = new Date(verified_since).toISOString();
        return [{ name: account.name, handle: account.handle, kind, category, label, since }];
      });
      if (entries.length > 0) yield entries;
    }
  }
}
