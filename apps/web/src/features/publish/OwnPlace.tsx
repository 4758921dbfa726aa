import { PenLine } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useRoute } from 'wouter';
import { EmptyState } from '../../ui/feedback/EmptyState.tsx';
import { Panes } from '../../ui/layout/Panes.tsx';
import { postIdIn } from '../account/postAddress.ts';
import { PostPane } from '../account/PostPane.tsx';
import { ApplyContent } from '../apply/ApplyContent.tsx';
import { OwnAccountPane } from './OwnAccountPane.tsx';
import { RenewalPane } from './RenewalPane.tsx';
import { OwnAccountsList } from './OwnAccountsList.tsx';

const PLACE = '/me/accounts';
/** Stands where a post's id would. */
const RENEWAL = 'renew';

/**
 * One's own public accounts: `/me/accounts`, `/me/accounts/:handle`, `/me/accounts/:handle/renew` and `/me/accounts/:handle/:postId`; and how one comes
 * to have one: `/me/apply`, `/me/apply/:id` and `/me/apply/:id/:step`.
 */
export default function OwnPlace() {
  const { t } = useTranslation('publish');
  const [isApplying, applying] = useRoute('/me/apply/:id?/:step?');
  const [, writing] = useRoute('/me/accounts/:handle?/:postId?');
  const handle = writing?.handle;
  const postId = postIdIn(writing?.postId);
  return (
    <Panes
      list={<OwnAccountsList current={handle ?? applying?.id} />}
      content={
        isApplying ? (
          <ApplyContent id={applying.id} step={applying.step} />
        ) : (
          handle &&
          (writing?.postId === RENEWAL ? (
            <RenewalPane key={handle} handle={handle} />
          ) : postId ? (
            <PostPane handle={handle} postId={postId} place={PLACE} />
          ) : (
            <OwnAccountPane key={handle} handle={handle} />
          ))
        )
      }
      placeholder={<EmptyState icon={<PenLine />} title={t('choose.title')} text={t('choose.text')} />}
    />
  );
}
