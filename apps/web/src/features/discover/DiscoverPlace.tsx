import { Stamp } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'wouter';
import { EmptyState } from '../../ui/feedback/EmptyState.tsx';
import { Panes } from '../../ui/layout/Panes.tsx';
import { AccountPane } from '../account/AccountPane.tsx';
import { postIdIn } from '../account/postAddress.ts';
import { PostPane } from '../account/PostPane.tsx';
import { DirectoryList } from './DirectoryList.tsx';

const PLACE = '/discover';

/** The directory of public accounts: `/discover`, `/discover/:handle` and `/discover/:handle/:postId`. */
export default function DiscoverPlace() {
  const { t } = useTranslation('discover');
  const { handle, postId: part } = useParams<'/discover/:handle?/:postId?'>();
  const postId = postIdIn(part);
  return (
    <Panes
      list={<DirectoryList current={handle} />}
      content={
        handle &&
        (postId ? (
          <PostPane handle={handle} postId={postId} place={PLACE} />
        ) : (
          <AccountPane key={handle} handle={handle} place={PLACE} />
        ))
      }
      placeholder={<EmptyState icon={<Stamp />} title={t('choose.title')} text={t('choose.text')} />}
    />
  );
}
