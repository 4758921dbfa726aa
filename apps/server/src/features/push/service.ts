import {
  deleteRule,
  enableRule,
  putRule,
  type RequestedRule,
  type RulePlace,
  setRuleActions,
} from '@byline/core/push/edits.ts';
import {
  NO_PUSH_SETTINGS,
  type PushAction,
  type PushRule,
  type PushSettings,
  type RuleKind,
  type Ruleset,
  rulesetOf,
} from '@byline/core/push/ruleset.ts';
import { DomainError, type JsonObject, type UserId } from '@byline/protocol';
import type { AccountDataEntry, LogEntry, Position } from '../../platform/log/entry.ts';
import type { Log } from '../../platform/log/log.ts';
import type { AccountData } from '../account-data/service.ts';
import type { PushSettingsStore } from './store.ts';

const PUSH_RULES = 'm.push_rules';
const RULESETS_KEPT = 20_000;
/** All of a user's settings. Every one of their devices is sent all of them at each change. */
const LARGEST_SETTINGS_BYTES = 256 * 1024;

/** Which events users want to be told of (specification, client-server API: "Push Rules"). */
export class PushRules {
  readonly #store: PushSettingsStore;
  readonly #log: Log;
  readonly #accountData: Pick<AccountData, 'place' | 'all' | 'since'>;
  /** Those in use, put together. A change makes a new one. */
  readonly #rulesets = new Map<UserId, Promise<Ruleset>>();

  constructor(parts: {
    readonly store: PushSettingsStore;
    readonly log: Log;
    readonly accountData: Pick<AccountData, 'place' | 'all' | 'since'>;
  }) {
    this.#store = parts.store;
    this.#log = parts.log;
    this.#accountData = parts.accountData;
    parts.log.follow((entries) => this.#forgetChanged(entries));
  }

  /** All rules of a user. The same object as long as nothing is changed and it is in use. */
  rulesetOf(userId: UserId): Promise<Ruleset> {
    const known = this.#rulesets.get(userId);
    if (known !== undefined) return known;
    const loading = this.#read(userId);
    // Who waits for it is told of a failure; whoever comes next tries again.
    loading.catch(() => this.#rulesets.delete(userId));
    this.#rulesets.set(userId, loading);
    this.#forgetOldest();
    return loading;
  }

  /** Throws `M_NOT_FOUND`. */
  async rule(userId: UserId, kind: RuleKind, ruleId: string): Promise<PushRule> {
    const rule = (await this.rulesetOf(userId))[kind].find((candidate) => candidate.rule_id === ruleId);
    if (rule === undefined) throw new DomainError('M_NOT_FOUND', 'There is no such push rule.');
    return rule;
  }

  /** Adds or replaces a rule. Throws what `putRule` of core throws, and `M_TOO_LARGE`. */
  put(userId: UserId, kind: RuleKind, ruleId: string, rule: RequestedRule, place: RulePlace): Promise<void> {
    return this.#change(userId, (settings) => putRule(settings, kind, ruleId, rule, place));
  }

  /** Throws `M_NOT_FOUND`. */
  delete(userId: UserId, kind: RuleKind, ruleId: string): Promise<void> {
    return this.#change(userId, (settings) => deleteRule(settings, kind, ruleId));
  }

  /** Throws `M_NOT_FOUND`. */
  enable(userId: UserId, kind: RuleKind, ruleId: string, enabled: boolean): Promise<void> {
    return this.#change(userId, (settings) => enableRule(settings, kind, ruleId, enabled));
  }

  /** Throws `M_NOT_FOUND`, and `M_TOO_LARGE`. */
  setActions(userId: UserId, kind: RuleKind, ruleId: string, actions: readonly PushAction[]): Promise<void> {
    return this.#change(userId, (settings) => setRuleActions(settings, kind, ruleId, actions));
  }

  /** All account data of a user, with the rules as they are now: also those of who never changed any. */
  async all(userId: UserId): Promise<readonly AccountDataEntry[]> {
    const entries = await this.#accountData.all(userId);
    const position = entries.find(isPushRules)?.position ?? 0;
    const content = contentOf(await this.rulesetOf(userId));
    const rules: AccountDataEntry = { kind: 'account-data', position, userId, roomId: null, type: PUSH_RULES, content };
    return [...entries.filter((entry) => !isPushRules(entry)), rules];
  }

  /** What of it was written after a position. */
  since(userId: UserId, position: Position): Promise<readonly AccountDataEntry[]> {
    return this.#accountData.since(userId, position);
  }

  /** Forgets what a user has changed. */
  async erase(userId: UserId): Promise<void> {
    await this.#log.append((batch) => batch.atOnce((writer) => this.#store.delete(writer, userId)));
    this.#rulesets.delete(userId);
  }

  async #read(userId: UserId): Promise<Ruleset> {
    return rulesetOf(userId, (await this.#store.find(userId)) ?? NO_PUSH_SETTINGS);
  }

  async #change(userId: UserId, edit: (settings: PushSettings) => PushSettings): Promise<void> {
    await this.#log.append(async (batch) => {
      const placed = batch.staged(this, () => new Map<UserId, PushSettings>());
      const stored = placed.get(userId) ?? (await batch.read((writer) => this.#store.find(userId, writer)));
      const settings = edit(stored ?? NO_PUSH_SETTINGS);
      requireToFit(settings);
      batch.gather(this.#store.upsert, { userId, settings });
      const content = contentOf(rulesetOf(userId, settings));
      this.#accountData.place(batch, { userId, roomId: null, type: PUSH_RULES, content });
      placed.set(userId, settings);
    });
  }

  #forgetChanged(entries: readonly LogEntry[]): void {
    for (const entry of entries) if (isPushRules(entry)) this.#rulesets.delete(entry.userId);
  }

  #forgetOldest(): void {
    if (this.#rulesets.size <= RULESETS_KEPT) return;
    const [oldest] = this.#rulesets.keys();
    if (oldest !== undefined) this.#rulesets.delete(oldest);
  }
}

const isPushRules = (entry: LogEntry): entry is AccountDataEntry =>
  entry.kind === 'account-data' && entry.roomId === null && entry.type === PUSH_RULES;

/** The content of `m.push_rules`. */
const contentOf = (ruleset: Ruleset): JsonObject => JSON.parse(JSON.stringify({ global: ruleset })) as JsonObject;

const requireToFit = (settings: PushSettings): void => {
  if (Buffer.byteLength(JSON.stringify(settings)) <= LARGEST_SETTINGS_BYTES) return;
  throw new DomainError('M_TOO_LARGE', 'You have too many push rules. Please remove some that you no longer need.');
};
