import { DomainError, type UserId } from '@byline/protocol';
import { type Rules, RulesTexts } from '@byline/protocol/byline/rules.ts';
import type { Clock } from '../../platform/clock.ts';
import { Turns } from '../../platform/turns.ts';
import defaultTexts from './default-rules.json' with { type: 'json' };
import type { RulesRow, RulesStore } from './rules-store.ts';
import type { Staff } from './staff.ts';

/** The provider's rules: data that the provider writes, in versions that never change. */
export class ProviderRules {
  readonly #store: RulesStore;
  readonly #staff: Staff;
  readonly #clock: Clock;
  readonly #turns = new Turns();
  #current: Rules;

  private constructor(parts: RulesParts, current: Rules) {
    this.#store = parts.store;
    this.#staff = parts.staff;
    this.#clock = parts.clock;
    this.#current = current;
  }

  /** Reads the rules that hold; a new server begins with those that came with it. */
  static async open(parts: RulesParts): Promise<ProviderRules> {
    const newest = await parts.store.newest();
    if (newest !== undefined) return new ProviderRules(parts, parseRow(newest));
    const first = { version: 1, published_at: parts.clock.now(), texts: RulesTexts.parse(defaultTexts) };
    await parts.store.insert(rowOf(first, null));
    return new ProviderRules(parts, first);
  }

  /** The rules that hold now. */
  get current(): Rules {
    return this.#current;
  }

  /** Throws `M_NOT_FOUND`. */
  async version(version: number): Promise<Rules> {
    if (version === this.#current.version) return this.#current;
    const row = await this.#store.find(version);
    if (row === undefined) throw new DomainError('M_NOT_FOUND', 'There is no such version of the rules.');
    return parseRow(row);
  }

  /** Publishes a new version, which holds at once. Throws `BYLINE_ROLE_REQUIRED`. */
  async publish(by: UserId, texts: RulesTexts): Promise<Rules> {
    this.#staff.requireRole(by, 'administrator');
    return this.#turns.take(async () => {
      const next = { version: this.#current.version + 1, published_at: this.#clock.now(), texts };
      await this.#store.insert(rowOf(next, by));
      this.#current = next;
      return next;
    });
  }

  /** Keeps that a user agreed to a version. Throws `M_NOT_FOUND` when there is none such. */
  async agree(userId: UserId, version: number): Promise<void> {
    await this.version(version);
    await this.#store.insertAgreement(userId, version, this.#clock.now());
  }

  /** The newest version to which a user agreed; `undefined`: none. */
  agreedVersion(userId: UserId): Promise<number | undefined> {
    return this.#store.newestAgreement(userId);
  }
}

interface RulesParts {
  readonly store: RulesStore;
  readonly staff: Staff;
  readonly clock: Clock;
}

const rowOf = (rules: Rules, by: UserId | null): RulesRow => ({
  version: rules.version,
  texts: JSON.stringify(rules.texts),
  published_by: by,
  published_at: rules.published_at,
});

const parseRow = (row: RulesRow): Rules => ({
  version: row.version,
  published_at: row.published_at,
  texts: RulesTexts.parse(JSON.parse(row.texts)),
});
