import type { PublicAccount } from '@byline/protocol/byline/accounts.ts';
import { Bell, BellOff, Check, Plus, UserMinus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/controls/Button.tsx';
import { Menu } from '../../ui/overlays/Menu.tsx';
import { useFollow } from './useFollow.ts';

export interface FollowButtonProps {
  readonly account: PublicAccount;
  readonly size?: 'm' | 's' | undefined;
  /** `strong` where it is the one thing to do on the screen. */
  readonly tone?: 'strong' | 'soft' | undefined;
}

/** Follows an account; once one does, opens what else one can do about it. */
export function FollowButton({ account, size, tone = 'soft' }: FollowButtonProps) {
  const { t } = useTranslation('account');
  const { follow, mute, unmute, unfollow } = useFollow(account);
  const { name, subscription } = account;
  if (!subscription) {
    return (
      <Button size={size} tone={tone} icon={<Plus />} aria-label={t('follow.followName', { name })} onClick={follow}>
        {t('follow.follow')}
      </Button>
    );
  }
  const { muted } = subscription;
  return (
    <Menu
      trigger={
        <Button
          size={size}
          tone={tone === 'strong' ? 'soft' : 'quiet'}
          icon={muted ? <BellOff /> : <Check />}
          aria-label={muted ? t('follow.mutedName', { name }) : t('follow.followingName', { name })}
        >
          {t('follow.following')}
        </Button>
      }
      groups={[
        [
          muted
            ? { key: 'unmute', label: t('follow.unmute'), icon: <Bell />, onSelect: unmute }
            : { key: 'mute', label: t('follow.mute'), icon: <BellOff />, onSelect: mute },
        ],
        [{ key: 'unfollow', label: t('follow.unfollow'), icon: <UserMinus />, onSelect: unfollow }],
      ]}
    />
  );
}
