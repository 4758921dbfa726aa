import type { OwnAccount } from '@byline/client/accounts/public-accounts.ts';
import type { Post } from '@byline/client/posts/post.ts';
import { EllipsisVertical, Eye, PenLine, SearchX } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Button } from '../../ui/controls/Button.tsx';
import { IconButton } from '../../ui/controls/IconButton.tsx';
import { EmptyState } from '../../ui/feedback/EmptyState.tsx';
import { Skeleton } from '../../ui/feedback/Skeleton.tsx';
import { Pane } from '../../ui/layout/Pane.tsx';
import { Dialog } from '../../ui/overlays/Dialog.tsx';
import { Menu } from '../../ui/overlays/Menu.tsx';
import { useToasts } from '../../ui/overlays/Toast.tsx';
import { Hidden } from '../../ui/style/Hidden.tsx';
import { AccountAvatar } from '../account/AccountAvatar.tsx';
import { AccountSeal } from '../account/AccountSeal.tsx';
import { postPath } from '../account/postAddress.ts';
import { PostList } from '../account/PostList.tsx';
import { usePublicAccounts } from '../account/usePublicAccounts.ts';
import { useObservable } from '../session/useObservable.ts';
import { useProblemText } from '../session/useProblemText.ts';
import { Composer } from './Composer.tsx';
import { RunsOut } from './RunsOut.tsx';
import { NotQualified } from './NotQualified.tsx';
import styles from './OwnAccountPane.module.css';

const PLACE = '/me/accounts';

/** An account that one operates: where its posts are written, changed and deleted. */
export function OwnAccountPane({ handle }: { handle: string }) {
  const { t } = useTranslation(['publish', 'ui']);
  const { own } = usePublicAccounts();
  const loaded = useObservable(own);
  const account = loaded.value?.find((each) => each.handle === handle);
  if (account !== undefined) return <Operated account={account} />;
  return (
    <Pane title={t('title')} backTo={PLACE}>
      {loaded.value === undefined && loaded.state === 'loading' ? (
        <div className={styles.page} role="status">
          <Hidden>{t('ui:list.loading')}</Hidden>
          <Skeleton height="160px" />
        </div>
      ) : (
        <EmptyState
          icon={<SearchX />}
          title={t('notOwn.title')}
          text={t('notOwn.text')}
          action={<Button onClick={() => void own.reload()}>{t('ui:tryAgain')}</Button>}
        />
      )}
    </Pane>
  );
}

function Operated({ account }: { account: OwnAccount }) {
  const { t } = useTranslation('publish');
  const { name, handle } = account;
  return (
    <Pane
      title={t('speakingAs', { name })}
      heading={<SpeakingAs account={account} />}
      backTo={PLACE}
      actions={
        <Link className={styles.asReaders} href={`/discover/${handle}`} title={t('asReaders')}>
          <Eye aria-hidden="true" />
          <Hidden>{t('asReaders')}</Hidden>
        </Link>
      }
    >
      <div className={styles.page}>
        {account.qualification === null ? (
          <NotQualified account={account} />
        ) : (
          <>
            <RunsOut account={account} end={account.qualification.expires} />
            <Composer account={account} />
          </>
        )}
        <OwnPosts account={account} />
      </div>
    </Pane>
  );
}

/** Always in sight while one writes: it is the account that speaks, not the person. */
function SpeakingAs({ account }: { account: OwnAccount }) {
  const { t } = useTranslation('publish');
  return (
    <span className={styles.speaking}>
      <AccountAvatar account={account} size={40} />
      <span className={styles.speakingText}>
        <span className={styles.as}>{t('youSpeakAs')}</span>
        <span className={styles.name}>
          <span className={styles.nameText}>{account.name}</span>
          <AccountSeal account={account} />
        </span>
      </span>
    </span>
  );
}

function OwnPosts({ account }: { account: OwnAccount }) {
  const { t } = useTranslation('publish');
  const accounts = usePublicAccounts();
  const { handle, room_id: roomId } = account;
  const timeline = accounts.timeline(handle);
  const state = useObservable(timeline.state);
  const readOn = useCallback(() => void timeline.readOn(), [timeline]);
  const [deleting, setDeleting] = useState<Post>();
  useEffect(() => accounts.following.onPosts(roomId, (change) => timeline.apply(change)), [accounts, roomId, timeline]);
  return (
    <>
      <PostList
        accountName={account.name}
        timeline={state}
        readOn={readOn}
        hrefOf={({ id }) => postPath(PLACE, handle, id)}
        renderActions={(post) => <PostMenu account={account} post={post} onDelete={() => setDeleting(post)} />}
        empty={<EmptyState icon={<PenLine />} title={t('noPosts.title')} text={t('noPosts.text')} />}
      />
      {deleting && <DeleteDialog account={account} post={deleting} onDone={() => setDeleting(undefined)} />}
    </>
  );
}

function PostMenu({ account, post, onDelete }: { account: OwnAccount; post: Post; onDelete: () => void }) {
  const { t } = useTranslation('publish');
  const accounts = usePublicAccounts();
  const { show } = useToasts();
  const problemText = useProblemText();
  const edit = async (): Promise<void> => {
    try {
      await accounts.composer(account.handle).edit(post.id);
    } catch (error) {
      show({ message: problemText(error), tone: 'problem' });
    }
  };
  return (
    <Menu
      trigger={<IconButton label={t('postMenu')} icon={<EllipsisVertical />} tooltip={false} />}
      groups={[
        [
          {
            key: 'edit',
            label: t('edit.menu'),
            disabled: account.qualification === null,
            onSelect: () => void edit(),
          },
        ],
        [{ key: 'delete', label: t('delete.menu'), tone: 'danger', onSelect: onDelete }],
      ]}
    />
  );
}

function DeleteDialog({ account, post, onDone }: { account: OwnAccount; post: Post; onDone: () => void }) {
  const { t } = useTranslation('publish');
  const accounts = usePublicAccounts();
  const { show } = useToasts();
  const problemText = useProblemText();
  const [pending, setPending] = useState(false);
  const remove = async (): Promise<void> => {
    setPending(true);
    try {
      await accounts.composer(account.handle).delete(post.id);
      show({ message: t('delete.done') });
      onDone();
    } catch (error) {
      show({ message: problemText(error), tone: 'problem' });
    } finally {
      setPending(false);
    }
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onDone()}
      title={t('delete.title')}
      description={t('delete.text')}
      actions={
        <>
          <Button tone="quiet" onClick={onDone}>
            {t('delete.keep')}
          </Button>
          <Button tone="danger" pending={pending} onClick={() => void remove()}>
            {t('delete.button')}
          </Button>
        </>
      }
    />
  );
}
