import { ShieldCheck } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'wouter';
import { EmptyState } from '../../ui/feedback/EmptyState.tsx';
import { Pane } from '../../ui/layout/Pane.tsx';
import { Panes } from '../../ui/layout/Panes.tsx';
import { KeyPane } from '../provider/KeyPane.tsx';
import { PolicyPane } from '../provider/PolicyPane.tsx';
import { RegisterPane } from '../provider/RegisterPane.tsx';
import { StaffPane } from '../provider/StaffPane.tsx';
import { useIsStaff } from '../session/session.tsx';
import { CasePane } from './CasePane.tsx';
import { DeskList } from './DeskList.tsx';
import { ShortcutHelp } from './ShortcutHelp.tsx';
import { useDesk } from '../provider/useDesk.ts';
import { useShortcuts } from './useShortcuts.ts';

/** Where the provider's staff work: `/desk`, `/desk/case/:caseId`, `/desk/key`, `/desk/staff`, `/desk/policy` and `/desk/register`. */
export default function DeskPlace() {
  const { t } = useTranslation('desk');
  const isStaff = useIsStaff();
  if (isStaff) return <StaffDesk />;
  return (
    <Pane title={t('title')}>
      <EmptyState icon={<ShieldCheck />} title={t('staffOnly.title')} text={t('staffOnly.text')} />
    </Pane>
  );
}

const SECTIONS: Readonly<Record<string, () => ReactNode>> = {
  key: KeyPane,
  staff: StaffPane,
  policy: PolicyPane,
  register: RegisterPane,
};

function StaffDesk() {
  const { t } = useTranslation('desk');
  const { section, caseId } = useParams<'/desk/:section?/:caseId?'>();
  const { keys } = useDesk();
  const [helpOpen, setHelpOpen] = useState(false);
  // Who leaves the desk leaves no key open on it.
  useEffect(() => keys.lock, [keys]);
  useShortcuts({ '?': () => setHelpOpen(true), l: keys.lock });
  const Section = section === undefined ? undefined : SECTIONS[section];
  const open = section === 'case' && caseId !== undefined ? caseId : undefined;
  return (
    <>
      <Panes
        list={<DeskList section={section} current={open} onHelp={() => setHelpOpen(true)} />}
        content={open === undefined ? Section && <Section /> : <CasePane key={open} id={open} />}
        placeholder={<EmptyState icon={<ShieldCheck />} title={t('choose.title')} text={t('choose.text')} />}
      />
      <ShortcutHelp open={helpOpen} onOpenChange={setHelpOpen} />
    </>
  );
}
