import { Avatar } from '../../ui/identity/Avatar.tsx';
import type { AvatarProps } from '../../ui/identity/Avatar.tsx';
import { useMediaAddress } from './useMediaAddress.ts';

export interface FaceProps extends Omit<AvatarProps, 'picture'> {
  /** `mxc://…` */
  readonly picture?: string | undefined;
}

/** Twice as many pixels as it is drawn with, for sharp screens; one size for all, so that each is fetched once. */
const SIZE = { width: 192, height: 192, method: 'crop' } as const;

/** The face of somebody, or the picture of a group. */
export function Face({ picture, ...rest }: FaceProps) {
  return <Avatar {...rest} picture={useMediaAddress(picture, SIZE).value} />;
}
