import { PublicAccounts } from '@byline/client/accounts/public-accounts.ts';
import type { PublicAccount } from '@byline/protocol/byline/accounts.ts';
import { useAccount } from '../session/session.tsx';
import { useObservable } from '../session/useObservable.ts';

/** Everything about public accounts, for who is signed in. */
export const usePublicAccounts = (): PublicAccounts => PublicAccounts.of(useAccount());

/** What is known of an account, or nothing yet; draws again when more is known. */
export function useKnownAccount(handle: string): PublicAccount | undefined {
  const { known } = usePublicAccounts();
  return useObservable(known.account(handle)).value;
}
