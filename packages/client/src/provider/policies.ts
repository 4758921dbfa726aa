import {
  listPolicies,
  type Policy,
  type PolicyEffect,
  type PolicyKey,
  type PolicyValue,
  previewPolicy,
  setPolicy,
  withdrawPolicy,
} from '@byline/protocol/byline/policy.ts';
import type { Api } from '../api/api.ts';
import { Resource } from '../resource.ts';

/** What is to hold, and from when: milliseconds since 1970; absent: at once. */
export interface PolicyChange {
  readonly key: PolicyKey;
  readonly value: PolicyValue;
  readonly from?: number | undefined;
}

/** What the provider has decided for the whole server, with all versions. */
export class Policies {
  readonly list: Resource<readonly Policy[]>;
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
    this.list = new Resource(async () => (await api.call(listPolicies)).policies);
  }

  /** Whom a change would block, of those who are there. Throws `ApiError`. */
  preview({ key, value, from }: PolicyChange): Promise<PolicyEffect> {
    return this.#api.call(previewPolicy, { params: { key }, body: bodyOf(value, from) });
  }

  /** Throws `ApiError`. */
  async decide({ key, value, from }: PolicyChange): Promise<void> {
    await this.#api.call(setPolicy, { params: { key }, body: bodyOf(value, from) });
    await this.list.reload();
  }

  /** Takes back what has not begun. Throws `ApiError` (`M_BAD_STATE` when it has, meanwhile). */
  async withdraw(key: PolicyKey, version: number): Promise<void> {
    await this.#api.call(withdrawPolicy, { params: { key, version } });
    await this.list.reload();
  }
}

const bodyOf = (value: PolicyValue, from: number | undefined) => ({
  value,
  ...(from !== undefined && { effective_from: from }),
});
