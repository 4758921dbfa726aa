import { combineConfigs, type RoomConfig } from '@byline/core/sliding-sync/required-state.ts';
import type { Connection } from '../connections/connection.ts';
import type { ListRequest } from '../request.ts';

/** The rules by which a room is shown, and what they want of it together. */
export interface RuleSet {
  readonly lists: readonly string[];
  readonly configs: readonly RoomConfig[];
  readonly config: RoomConfig;
}

const LARGEST_TIMELINE = 100;

/**
 * Puts rules together. There are few combinations and many rooms, so each combination is made once; and what is wanted of
 * a room is the same object from request to request for as long as it is the same.
 */
export class Rules {
  readonly #connection: Connection;
  readonly #made = new Map<object, Map<RuleSet | undefined, RuleSet>>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** The rules of a room that a list shows too. */
  withList(rules: RuleSet | undefined, list: ListRequest): RuleSet {
    return this.#with(rules, list, list.name, list.config);
  }

  /** The rules of a room that the client has asked for by name. */
  withSubscription(rules: RuleSet | undefined, config: RoomConfig): RuleSet {
    return this.#with(rules, config, undefined, config);
  }

  #with(rules: RuleSet | undefined, rule: object, list: string | undefined, config: RoomConfig): RuleSet {
    const made = this.#made.get(rule) ?? new Map<RuleSet | undefined, RuleSet>();
    this.#made.set(rule, made);
    const known = made.get(rules);
    if (known !== undefined) return known;
    const configs = [...(rules?.configs ?? []), config];
    const { timelineLimit, requiredState } = combineConfigs(configs);
    const together: RuleSet = {
      lists: [...(rules?.lists ?? []), ...(list === undefined ? [] : [list])],
      configs,
      config: {
        timelineLimit: Math.min(timelineLimit, LARGEST_TIMELINE),
        requiredState: this.#connection.sameConfig(requiredState),
      },
    };
    made.set(rules, together);
    return together;
  }
}
