import type { EncryptedFile } from '@byline/client/media/encrypted-file.ts';
import type { Observable } from '@byline/client/observable.ts';
import type { PictureSize } from '@byline/client/posts/media-address.ts';
import type { Loaded } from '@byline/client/resource.ts';
import { useMemo } from 'react';
import { useObservable } from '../session/useObservable.ts';
import { useTalk } from './useTalk.ts';

const NONE: Loaded<string> = { state: 'loading' };
const nothing: Observable<Loaded<string>> = { get: () => NONE, subscribe: () => () => undefined };

/** Where this page shows a file of a conversation; with a size, a smaller copy of a picture. `sealed`: what opens it. */
export function useMediaAddress(mxc: string | undefined, size?: PictureSize, sealed?: EncryptedFile): Loaded<string> {
  const { media } = useTalk();
  const { width, height, method } = size ?? {};
  const address = useMemo(() => {
    if (mxc === undefined) return nothing;
    if (width === undefined || height === undefined || method === undefined)
      return media.address(mxc, undefined, sealed);
    return media.address(mxc, { width, height, method }, sealed);
  }, [media, mxc, width, height, method, sealed]);
  return useObservable(address);
}
