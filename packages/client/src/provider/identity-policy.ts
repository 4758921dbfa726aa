import { getIdentityRequired, setIdentityRequired } from '@byline/protocol/byline/policy.ts';
import type { Answered, Api } from '../api/api.ts';
import { Resource } from '../resource.ts';

export type Policy = Answered<typeof getIdentityRequired>;
export type PolicyValue = Policy['value'];

/** Whose identity must be verified before what. */
export class IdentityPolicy {
  readonly policy: Resource<Policy>;
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
    this.policy = new Resource(() => api.call(getIdentityRequired));
  }

  /** Decides it from now on, or from a time on (milliseconds since 1970). Throws `ApiError`. */
  async decide(value: PolicyValue, effectiveFrom: number | undefined): Promise<void> {
    const body = { value, ...(effectiveFrom !== undefined && { effective_from: effectiveFrom }) };
    this.policy.set(await this.#api.call(setIdentityRequired, { body }));
  }
}
