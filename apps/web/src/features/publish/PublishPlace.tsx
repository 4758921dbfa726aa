import { PenLine } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'wouter';
import { EmptyState } from '../../ui/feedback/EmptyState.tsx';
import { Panes } from '../../ui/layout/Panes.tsx';
import { postIdIn } from '../account/postAddress.ts';
import { PostPane } from '../account/PostPane.tsx';
import { OwnAccountPane } from './OwnAccountPane.tsx';
import { OwnAccountsList } from './OwnAccountsList.tsx';

/** One's own public accounts: `/me/accounts`, `/me/accounts/:handle` and `/me/accounts/:handle/:postId`. */
export default function PublishPlace() {
  const { t } = useTranslation('publish');
  const { handle, postId: part } = useParams<'/me/accounts/:handle?/:postId?'>();
  const postId = postIdIn(part);
  return (
    <Panes
      list={<OwnAccountsList current={handle} />}
      content={
        handle &&
        (postId ? (
          <PostPane handle={handle} postId={postId} place="/me/accounts" />
        ) : (
          <OwnAccountPane key={handle} handle={handle} />
        ))
      }
      placeholder={<EmptyState icon={<PenLine />} title={t('choose.title')} text={t('choose.text')} />}
    />
  );
}
