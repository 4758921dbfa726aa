import type { PublicAccount } from '@byline/protocol/byline/accounts.ts';
import { CloudOff, ExternalLink, PenLine, SearchX } from 'lucide-react';
import { isApiError } from '@byline/client/api/errors.ts';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, LinkButton } from '../../ui/controls/Button.tsx';
import { EmptyState } from '../../ui/feedback/EmptyState.tsx';
import { Skeleton } from '../../ui/feedback/Skeleton.tsx';
import { Pane } from '../../ui/layout/Pane.tsx';
import { Hidden } from '../../ui/style/Hidden.tsx';
import { useObservable } from '../session/useObservable.ts';
import { useProblemText } from '../session/useProblemText.ts';
import { AccountAvatar } from './AccountAvatar.tsx';
import { FollowButton } from './FollowButton.tsx';
import { Masthead } from './Masthead.tsx';
import { postPath } from './postAddress.ts';
import { PostList } from './PostList.tsx';
import { useKeptScroll } from './useKeptScroll.ts';
import { usePublicAccounts } from './usePublicAccounts.ts';
import styles from './AccountPane.module.css';

export interface AccountPaneProps {
  readonly handle: string;
  /** The place in which the account is open: `/following`, `/discover`. */
  readonly place: string;
}

/** A public account: who speaks, and what they published. */
export function AccountPane({ handle, place }: AccountPaneProps) {
  const { t } = useTranslation(['account', 'ui']);
  const problemText = useProblemText();
  const { known } = usePublicAccounts();
  const resource = known.account(handle);
  const { state, value, ...rest } = useObservable(resource);
  useEffect(() => {
    // What a list has said of it may be old by now.
    if (resource.get().state === 'ready') void resource.reload();
  }, [resource]);
  const masthead = useRef<HTMLElement>(null);
  const isPassed = useIsPassed(masthead, value !== undefined);

  if (value !== undefined) {
    return (
      <Pane
        title={value.name}
        heading={<CondensedName account={value} isShown={isPassed} />}
        backTo={place}
        actions={<PublicPageLink handle={handle} />}
      >
        <div className={styles.page}>
          <Masthead ref={masthead} account={value} actions={<Actions account={value} />} />
          <Posts account={value} place={place} />
        </div>
      </Pane>
    );
  }
  const error = 'error' in rest ? rest.error : undefined;
  const isGone = isApiError(error, 'M_NOT_FOUND');
  return (
    <Pane title={t('account')} backTo={place}>
      {state === 'failed' ? (
        <EmptyState
          role="alert"
          icon={isGone ? <SearchX /> : <CloudOff />}
          title={isGone ? t('gone.title') : t('failed')}
          text={isGone ? t('gone.text') : problemText(error)}
          action={
            isGone ? (
              <LinkButton href="/discover">{t('gone.discover')}</LinkButton>
            ) : (
              <Button onClick={() => void resource.reload()}>{t('ui:tryAgain')}</Button>
            )
          }
        />
      ) : (
        <div className={styles.page} role="status">
          <Hidden>{t('ui:list.loading')}</Hidden>
          <div className={styles.loading}>
            <Skeleton width="96px" height="96px" />
            <Skeleton width="60%" height="28px" />
          </div>
        </div>
      )}
    </Pane>
  );
}

function Actions({ account }: { account: PublicAccount }) {
  const { t } = useTranslation('account');
  const { own } = usePublicAccounts();
  const isOwn = useObservable(own).value?.some(({ handle }) => handle === account.handle) ?? false;
  return (
    <>
      <FollowButton account={account} tone="strong" />
      {isOwn && (
        <LinkButton href={`/me/accounts/${account.handle}`} icon={<PenLine />}>
          {t('write')}
        </LinkButton>
      )}
    </>
  );
}

function Posts({ account, place }: { account: PublicAccount; place: string }) {
  const { t } = useTranslation('account');
  const accounts = usePublicAccounts();
  const { handle, room_id: roomId } = account;
  const timeline = accounts.timeline(handle);
  const state = useObservable(timeline.state);
  const readOn = useCallback(() => void timeline.readOn(), [timeline]);
  const list = useRef<HTMLDivElement>(null);
  useKeptScroll(handle, list, state.posts.length > 0);

  useEffect(() => accounts.following.onPosts(roomId, (change) => timeline.apply(change)), [accounts, roomId, timeline]);
  const newest = state.posts[0]?.id;
  const isFollowed = account.subscription != null;
  useEffect(() => {
    // A receipt that did not get through comes with the next look; nobody has to know.
    if (newest !== undefined && isFollowed) accounts.following.markRead(roomId).catch(() => undefined);
  }, [accounts, roomId, newest, isFollowed]);

  return (
    <div ref={list}>
      <PostList
        accountName={account.name}
        timeline={state}
        readOn={readOn}
        hrefOf={({ id }) => postPath(place, handle, id)}
        empty={<EmptyState icon={<PenLine />} title={t('empty.title')} text={t('empty.text')} />}
      />
    </div>
  );
}

/** The name again, small, once the masthead has been scrolled away. */
function CondensedName({ account, isShown }: { account: PublicAccount; isShown: boolean }) {
  return (
    <span className={styles.condensed} data-shown={isShown || undefined}>
      <AccountAvatar account={account} size={32} />
      <span className={styles.condensedName}>{account.name}</span>
    </span>
  );
}

function PublicPageLink({ handle }: { handle: string }) {
  const { t } = useTranslation('account');
  return (
    <a className={styles.public} href={`/@${handle}`} target="_blank" rel="noreferrer" title={t('publicPage')}>
      <ExternalLink aria-hidden="true" />
      <Hidden>{t('publicPage')}</Hidden>
    </a>
  );
}

function useIsPassed(element: RefObject<HTMLElement | null>, isThere: boolean): boolean {
  const [isPassed, setPassed] = useState(false);
  useEffect(() => {
    if (!isThere || !element.current) return undefined;
    const observer = new IntersectionObserver(([entry]) => setPassed(entry?.isIntersecting === false));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element, isThere]);
  return isPassed;
}
