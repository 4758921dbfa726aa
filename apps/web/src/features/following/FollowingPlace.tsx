import { Newspaper, Rss } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'wouter';
import { LinkButton } from '../../ui/controls/Button.tsx';
import { EmptyState } from '../../ui/feedback/EmptyState.tsx';
import { Pane } from '../../ui/layout/Pane.tsx';
import { Panes } from '../../ui/layout/Panes.tsx';

/** The public accounts that one follows: `/following` and `/following/:handle`. */
export default function FollowingPlace() {
  const { t } = useTranslation('following');
  const { handle } = useParams<'/following/:handle?'>();
  return (
    <Panes
      list={
        <Pane title={t('title')} body="fill">
          <EmptyState
            icon={<Rss />}
            title={t('empty.title')}
            text={t('empty.text')}
            action={<LinkButton href="/discover">{t('empty.discover')}</LinkButton>}
          />
        </Pane>
      }
      content={
        handle && (
          <Pane title={t('account')} backTo="/following">
            <EmptyState icon={<Newspaper />} title={t('choose.title')} text={t('choose.text')} />
          </Pane>
        )
      }
      placeholder={<EmptyState icon={<Newspaper />} title={t('choose.title')} text={t('choose.text')} />}
    />
  );
}
