import { DomainError, type UserId } from '@byline/protocol';
import { POLICIES, type PolicyKey, type PolicyValues } from '@byline/protocol/byline/policy.ts';
import type { Clock } from '../../platform/clock.ts';
import { Turns } from '../../platform/turns.ts';
import type { PolicyRow, PolicyStore } from './policy-store.ts';
import type { Staff } from './staff.ts';

/** A policy as it is, and as it will be. */
export interface PolicyState<Key extends PolicyKey> {
  readonly value: PolicyValues[Key];
  /** Milliseconds since the epoch; absent: since the server began. */
  readonly effective_from?: number;
  readonly upcoming: { readonly value: PolicyValues[Key]; readonly effective_from: number }[];
}

/** What the provider decides for the whole server. It is in memory, so that asking costs nothing; a change holds at once. */
export class Policy {
  readonly #store: PolicyStore;
  readonly #staff: Staff;
  readonly #clock: Clock;
  readonly #turns = new Turns();
  #rows: readonly PolicyRow[];

  private constructor(parts: PolicyParts, rows: readonly PolicyRow[]) {
    this.#store = parts.store;
    this.#staff = parts.staff;
    this.#clock = parts.clock;
    this.#rows = rows;
  }

  static async open(parts: PolicyParts): Promise<Policy> {
    return new Policy(parts, await parts.store.all());
  }

  /** What holds now. */
  get<Key extends PolicyKey>(key: Key): PolicyValues[Key] {
    return this.state(key).value;
  }

  state<Key extends PolicyKey>(key: Key): PolicyState<Key> {
    const now = this.#clock.now();
    const versions = this.#rows.filter((row) => row.key === key);
    const current = versions.findLast((row) => row.effective_from <= now);
    const upcoming = versions
      .filter((row) => row.effective_from > now)
      .map((row) => ({ value: valueOf(key, row.value), effective_from: row.effective_from }));
    if (current === undefined) return { value: POLICIES[key].initial, upcoming };
    return { value: valueOf(key, current.value), effective_from: current.effective_from, upcoming };
  }

  /** Decides what holds from then on; absent: at once. Throws `BYLINE_ROLE_REQUIRED`, `M_INVALID_PARAM` for the past. */
  async set<Key extends PolicyKey>(by: UserId, key: Key, value: PolicyValues[Key], from?: number): Promise<void> {
    this.#staff.requireRole(by, 'administrator');
    const now = this.#clock.now();
    if (from !== undefined && from < now)
      throw new DomainError('M_INVALID_PARAM', 'A policy can not be changed for the past.');
    await this.#turns.take(async () => {
      await this.#store.insert({ key, value, effective_from: from ?? now, set_by: by, set_at: now });
      this.#rows = await this.#store.all();
    });
  }
}

interface PolicyParts {
  readonly store: PolicyStore;
  readonly staff: Staff;
  readonly clock: Clock;
}

const valueOf = <Key extends PolicyKey>(key: Key, value: string): PolicyValues[Key] =>
  POLICIES[key].values.parse(value);
