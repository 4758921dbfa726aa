import { Link, useLocation } from 'wouter';
import type { CameFrom } from '../../ui/layout/navigation.ts';
import { classNames } from '../../ui/style/classNames.ts';
import { AccountAvatar } from '../account/AccountAvatar.tsx';
import { AccountMark } from '../account/AccountSeal.tsx';
import { FollowButton } from '../account/FollowButton.tsx';
import { useKnownAccount } from '../account/usePublicAccounts.ts';
import styles from './DirectoryRow.module.css';

/** An account in the directory: who it is, in a line or two what it is about, and the button to follow it. */
export function DirectoryRow({ handle, current }: { handle: string; current: boolean }) {
  const account = useKnownAccount(handle);
  const [location] = useLocation();
  if (account === undefined) return null;
  const state: CameFrom = { from: location };
  return (
    <div className={classNames(styles.row, current && styles.current)}>
      <AccountAvatar account={account} />
      <div className={styles.about}>
        <div className={styles.head}>
          <Link
            href={`/discover/${handle}`}
            state={state}
            className={styles.name}
            aria-current={current ? 'page' : undefined}
          >
            {account.name}
          </Link>
          <AccountMark account={account} />
        </div>
        <p className={styles.description}>{account.description}</p>
      </div>
      <div className={styles.follow}>
        <FollowButton account={account} size="s" />
      </div>
    </div>
  );
}
