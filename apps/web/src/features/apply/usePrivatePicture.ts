import { useMemo } from 'react';
import { usePublicAccounts } from '../account/usePublicAccounts.ts';
import { useObservable } from '../session/useObservable.ts';

const NOTHING = { state: 'loading', value: undefined } as const;
const NEVER = { get: () => NOTHING, subscribe: () => () => undefined };
const SMALL = { width: 192, height: 192, method: 'crop' } as const;

/** Where this page shows a picture that is not published yet; nothing while it is fetched, or when there is none. */
export function usePrivatePicture(mxc: string | undefined): string | undefined {
  const { media } = usePublicAccounts();
  const address = useMemo(() => (mxc === undefined ? NEVER : media.address(mxc, SMALL)), [media, mxc]);
  return useObservable(address).value;
}
