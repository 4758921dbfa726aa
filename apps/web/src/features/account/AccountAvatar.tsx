import { publicMediaPath } from '@byline/client/posts/media-address.ts';
import type { PublicAccount } from '@byline/protocol/byline/accounts.ts';
import { Avatar } from '../../ui/identity/Avatar.tsx';
import type { AvatarProps } from '../../ui/identity/Avatar.tsx';

/** Public accounts are square. */
export function AccountAvatar({
  account,
  size,
}: {
  account: Pick<PublicAccount, 'name' | 'account_id' | 'picture'>;
  size?: AvatarProps['size'];
}) {
  const pixels = 2 * (size ?? 48);
  const picture = account.picture
    ? publicMediaPath(account.picture, { width: pixels, height: pixels, method: 'crop' })
    : undefined;
  return <Avatar name={account.name} id={account.account_id} picture={picture} size={size} shape="square" />;
}
