import { DomainError } from '@byline/protocol/errors.ts';
import type { Json } from '@byline/protocol/json.ts';
import { isJsonObject } from '../json.ts';
import type { PushAction } from './ruleset.ts';

/** Actions of older versions of the specification, which must be ignored ("Historical Actions"). */
const HISTORICAL: ReadonlySet<Json> = new Set<Json>(['dont_notify', 'coalesce']);

/**
 * The actions of a rule as a client sends them, without those that only older versions know.
 *
 * @throws DomainError `M_INVALID_PARAM` for what is no action
 */
export const actionsFrom = (sent: readonly Json[]): readonly PushAction[] =>
  sent.filter((action) => !HISTORICAL.has(action)).map(actionFrom);

const actionFrom = (sent: Json): PushAction => {
  if (sent === 'notify') return sent;
  const tweak = isJsonObject(sent) ? sent['set_tweak'] : undefined;
  if (!isJsonObject(sent) || typeof tweak !== 'string') {
    throw new DomainError('M_INVALID_PARAM', 'An action is either “notify” or an object with “set_tweak”.');
  }
  return sent['value'] === undefined ? { set_tweak: tweak } : { set_tweak: tweak, value: sent['value'] };
};
