import { type Profile, OwnProfile } from '@byline/client/me/own-profile.ts';
import type { Loaded } from '@byline/client/resource.ts';
import { useMemo } from 'react';
import { useAccount } from '../session/session.tsx';
import { useObservable } from '../session/useObservable.ts';

export const useOwnProfile = (): OwnProfile => OwnProfile.of(useAccount());

export const useLoadedProfile = (): Loaded<Profile> => useObservable(useOwnProfile().profile);

/** The name that one signs in with. */
export const useUsername = (): string => useAccount().userId.slice(1).split(':', 1).join('');

const NOTHING = { state: 'loading', value: undefined } as const;
const NEVER = { get: () => NOTHING, subscribe: () => () => undefined };
const FACE = { width: 192, height: 192, method: 'crop' } as const;

/** Where this page shows one's picture; nothing while it is fetched, or when there is none. */
export function useOwnPicture(mxc: string | undefined): string | undefined {
  const { media } = useOwnProfile();
  const address = useMemo(() => (mxc === undefined ? NEVER : media.address(mxc, FACE)), [media, mxc]);
  return useObservable(address).value;
}
