import { renewAccount } from '@byline/protocol/byline/renewal.ts';
import type { Api } from '../api/api.ts';

/** Begins the application that renews an account, or finds the one that is open; returns its id. Throws `ApiError`. */
export const beginRenewal = async (api: Api, handle: string): Promise<string> =>
  (await api.call(renewAccount, { params: { handle } })).id;
