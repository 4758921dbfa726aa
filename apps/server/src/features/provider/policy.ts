import { DomainError, type UserId } from '@byline/protocol';
import {
  POLICIES,
  POLICY_KEYS,
  type Policy as PolicyView,
  type PolicyKey,
  type PolicyValue,
  type PolicyValues,
  type PolicyVersion,
} from '@byline/protocol/byline/policy.ts';
import type { Clock } from '../../platform/clock.ts';
import { Turns } from '../../platform/turns.ts';
import type { PolicyRow, PolicyStore } from './policy-store.ts';
import { PolicyTimeline, valueOf } from './policy-timeline.ts';
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
  readonly #listeners: (() => void)[] = [];
  #rows: readonly PolicyRow[];
  #timeline: PolicyTimeline;

  private constructor(parts: PolicyParts, rows: readonly PolicyRow[]) {
    this.#store = parts.store;
    this.#staff = parts.staff;
    this.#clock = parts.clock;
    this.#rows = rows;
    this.#timeline = timelineOf(rows);
  }

  static async open(parts: PolicyParts): Promise<Policy> {
    return new Policy(parts, await parts.store.all());
  }

  /** What holds now. */
  get<Key extends PolicyKey>(key: Key): PolicyValues[Key] {
    return this.#timeline.at(key, this.#clock.now());
  }

  state<Key extends PolicyKey>(key: Key): PolicyState<Key> {
    const now = this.#clock.now();
    const from = this.#timeline.begun(key, now);
    const upcoming = this.#timeline.after(key, now).map((next) => ({ value: next.value, effective_from: next.from }));
    return { value: this.get(key), ...(from === undefined ? {} : { effective_from: from }), upcoming };
  }

  /** What they say at any time, as decided by now. */
  get timeline(): PolicyTimeline {
    return this.#timeline;
  }

  /**
   * What they would say, if something were decided now.
   *
   * @throws DomainError as `set` does
   */
  considered(by: UserId, key: PolicyKey, value: PolicyValue, from: number | undefined): PolicyTimeline {
    return this.#timeline.with(this.#requireChange(by, key, value, from));
  }

  /** Has `listener` called whenever something was decided or withdrawn. It must not throw. */
  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** All policies with all their versions; who decided them only for administrators. */
  list(by: UserId | undefined): PolicyView[] {
    return POLICY_KEYS.map((key) => this.view(by, key));
  }

  /** One policy with all its versions; who decided them only for administrators. */
  view(by: UserId | undefined, key: PolicyKey): PolicyView {
    const { unit, initial, meaning } = POLICIES[key];
    const names = by !== undefined && this.#staff.hasRole(by, 'administrator');
    const versions = this.#rows
      .filter((row) => row.key === key)
      .toSorted((one, other) => other.version - one.version)
      .map((row) => versionOf(row, names));
    return { key, ...this.state(key), unit, initial, meaning, versions };
  }

  /**
   * Decides what holds from then on; absent: at once.
   *
   * @throws DomainError `BYLINE_ROLE_REQUIRED`, `M_INVALID_PARAM` for the past and for what the policy can't say
   */
  async set(by: UserId, key: PolicyKey, value: PolicyValue, from?: number): Promise<void> {
    const change = this.#requireChange(by, key, value, from);
    await this.#turns.take(async () => {
      await this.#store.insert({ ...change, set_by: by, set_at: this.#clock.now() });
      await this.#reload();
    });
  }

  /**
   * Takes back a version that has not begun; it stays in the list as withdrawn.
   *
   * @throws DomainError `BYLINE_ROLE_REQUIRED`, `M_NOT_FOUND`, `M_BAD_STATE` for one that holds or has held
   */
  async withdraw(by: UserId, key: PolicyKey, version: number): Promise<void> {
    this.#staff.requireRole(by, 'administrator');
    await this.#turns.take(async () => {
      const row = this.#rows.find((each) => each.key === key && each.version === version);
      if (row === undefined) throw new DomainError('M_NOT_FOUND', 'There is no such version of this policy.');
      if (row.withdrawn_at !== null) return;
      const now = this.#clock.now();
      if (row.effective_from <= now)
        throw new DomainError('M_BAD_STATE', 'This version has begun already. Please decide a new one instead.');
      await this.#store.withdraw(key, version, by, now);
      await this.#reload();
    });
  }

  #requireChange(by: UserId, key: PolicyKey, value: PolicyValue, from: number | undefined) {
    this.#staff.requireRole(by, 'administrator');
    const now = this.#clock.now();
    if (from !== undefined && from < now)
      throw new DomainError('M_INVALID_PARAM', 'A policy can not be changed for the past.');
    return { key, value: textOf(key, value), effective_from: from ?? now };
  }

  async #reload(): Promise<void> {
    this.#rows = await this.#store.all();
    this.#timeline = timelineOf(this.#rows);
    for (const listener of this.#listeners) listener();
  }
}

interface PolicyParts {
  readonly store: PolicyStore;
  readonly staff: Staff;
  readonly clock: Clock;
}

const timelineOf = (rows: readonly PolicyRow[]): PolicyTimeline =>
  PolicyTimeline.of(rows.filter(({ withdrawn_at }) => withdrawn_at === null));

/** A value as it is kept. Throws `M_INVALID_PARAM` for what the policy can't say. */
const textOf = (key: PolicyKey, value: PolicyValue): string => {
  const parsed = POLICIES[key].values.safeParse(value);
  if (parsed.success) return String(parsed.data);
  const [problem] = parsed.error.issues;
  throw new DomainError('M_INVALID_PARAM', `"${key}" can not be that: ${problem?.message ?? 'it has another shape'}.`);
};

const versionOf = (row: PolicyRow, names: boolean): PolicyVersion => ({
  version: row.version,
  value: valueOf(row.key, row.value),
  effective_from: row.effective_from,
  set_at: row.set_at,
  ...(names ? { set_by: row.set_by } : {}),
  ...(row.withdrawn_at === null ? {} : { withdrawn_at: row.withdrawn_at }),
  ...(names && row.withdrawn_by !== null ? { withdrawn_by: row.withdrawn_by } : {}),
});
