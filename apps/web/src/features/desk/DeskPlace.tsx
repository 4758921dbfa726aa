import { Inbox, ShieldCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'wouter';
import { EmptyState } from '../../ui/feedback/EmptyState.tsx';
import { Pane } from '../../ui/layout/Pane.tsx';
import { Panes } from '../../ui/layout/Panes.tsx';
import { useIsStaff } from '../session/session.tsx';

/** Where the provider's staff work: `/desk` and `/desk/:caseId`. */
export default function DeskPlace() {
  const { t } = useTranslation('desk');
  const { caseId } = useParams<'/desk/:caseId?'>();
  const isStaff = useIsStaff();
  if (!isStaff) {
    return (
      <Pane title={t('title')}>
        <EmptyState icon={<ShieldCheck />} title={t('staffOnly.title')} text={t('staffOnly.text')} />
      </Pane>
    );
  }
  return (
    <Panes
      list={
        <Pane title={t('title')} body="fill">
          <EmptyState icon={<Inbox />} title={t('empty.title')} text={t('empty.text')} />
        </Pane>
      }
      content={
        caseId && (
          <Pane title={t('case')} backTo="/desk">
            <EmptyState icon={<ShieldCheck />} title={t('choose.title')} text={t('choose.text')} />
          </Pane>
        )
      }
      placeholder={<EmptyState icon={<ShieldCheck />} title={t('choose.title')} text={t('choose.text')} />}
    />
  );
}
