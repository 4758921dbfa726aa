import { decided, runningSince, type Schedule, versionAt } from '@byline/core/provider/schedule.ts';
import { POLICIES, type PolicyKey, type PolicyValues } from '@byline/protocol/byline/policy.ts';

/** A version as it is kept: a choice as it is, a number in digits. */
export interface KeptVersion {
  readonly key: PolicyKey;
  readonly value: string;
  readonly effective_from: number;
}

/** What the policies say at any time: as decided, or as a change would make it. Times are milliseconds since the epoch. */
export class PolicyTimeline {
  readonly #schedules: ReadonlyMap<PolicyKey, Schedule<string>>;

  private constructor(schedules: ReadonlyMap<PolicyKey, Schedule<string>>) {
    this.#schedules = schedules;
  }

  /** @param rows those that stand, in the order in which they begin */
  static of(rows: readonly KeptVersion[]): PolicyTimeline {
    const byKey = Map.groupBy(rows, ({ key }) => key);
    return new PolicyTimeline(new Map([...byKey].map(([key, versions]) => [key, versions.map(versionOf)])));
  }

  /** The same with one more decision. */
  with(added: KeptVersion): PolicyTimeline {
    const schedule = decided(this.#of(added.key), versionOf(added));
    return new PolicyTimeline(new Map([...this.#schedules, [added.key, schedule]]));
  }

  /** What holds at a time. */
  at<Key extends PolicyKey>(key: Key, at: number): PolicyValues[Key] {
    const version = versionAt(this.#of(key), at);
    return version === undefined ? POLICIES[key].initial : valueOf(key, version.value);
  }

  /** Since when what holds at a time has held without a break; 0: since the server began. */
  since(key: PolicyKey, at: number): number {
    return runningSince(this.#of(key), at) ?? 0;
  }

  /** The decision that holds at a time; `undefined`: none, so the initial value does. */
  begun(key: PolicyKey, at: number): number | undefined {
    return versionAt(this.#of(key), at)?.from;
  }

  /** What is still to come after a time. */
  after<Key extends PolicyKey>(key: Key, at: number): { value: PolicyValues[Key]; from: number }[] {
    return this.#of(key)
      .filter(({ from }) => from > at)
      .map(({ value, from }) => ({ value: valueOf(key, value), from }));
  }

  #of(key: PolicyKey): Schedule<string> {
    return this.#schedules.get(key) ?? [];
  }
}

/** Reads a value as it is kept. */
export const valueOf = <Key extends PolicyKey>(key: Key, text: string): PolicyValues[Key] =>
  POLICIES[key].values.parse(POLICIES[key].unit === 'choice' ? text : Number(text));

const versionOf = ({ value, effective_from }: KeptVersion) => ({ value, from: effective_from });
