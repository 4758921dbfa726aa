import { Newspaper } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'wouter';
import { EmptyState } from '../../ui/feedback/EmptyState.tsx';
import { Panes } from '../../ui/layout/Panes.tsx';
import { AccountPane } from '../account/AccountPane.tsx';
import { postIdIn } from '../account/postAddress.ts';
import { PostPane } from '../account/PostPane.tsx';
import { FollowedList } from './FollowedList.tsx';

const PLACE = '/following';

/** The public accounts that one follows: `/following`, `/following/:handle` and `/following/:handle/:postId`. */
export default function FollowingPlace() {
  const { t } = useTranslation('following');
  const { handle, postId: part } = useParams<'/following/:handle?/:postId?'>();
  const postId = postIdIn(part);
  return (
    <Panes
      list={<FollowedList current={handle} />}
      content={
        handle &&
        (postId ? (
          <PostPane handle={handle} postId={postId} place={PLACE} />
        ) : (
          <AccountPane key={handle} handle={handle} place={PLACE} />
        ))
      }
      placeholder={<EmptyState icon={<Newspaper />} title={t('choose.title')} text={t('choose.text')} />}
    />
  );
}
