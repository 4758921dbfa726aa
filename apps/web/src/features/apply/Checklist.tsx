import { checklistFor } from '@byline/core/identity/requirements.ts';
import type { Purpose, SubjectKind } from '@byline/protocol/byline/identity.ts';
import { CircleCheck, Clock } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../ui/time/formats.ts';
import { usePublicAccounts } from '../account/usePublicAccounts.ts';
import { useObservable } from '../session/useObservable.ts';
import styles from './Checklist.module.css';

/** All that an application takes, before anything is asked, and how long it takes as far as that was measured. */
export function Checklist({ purpose, kind }: { purpose: Purpose; kind: SubjectKind }) {
  const { t } = useTranslation(['apply', 'ui']);
  const list = checklistFor(purpose, kind);
  return (
    <section className={styles.needed} aria-labelledby="needed">
      <h2 id="needed" className={styles.title}>
        {t('needed.title')}
      </h2>
      <ul className={styles.list}>
        {list.public.length > 0 && <Item>{t('needed.public')}</Item>}
        <Item>{t(`needed.name.${kind}`)}</Item>
        <Item>
          {t('needed.document')}
          <ul className={styles.parts}>
            {list.documents.map((each) => (
              <li key={each}>{t(`documents.${each}`)}</li>
            ))}
          </ul>
        </Item>
        <Item>
          {t('needed.pictures')}
          <ul className={styles.parts}>
            {list.evidence.map((each) => (
              <li key={each}>{t(`document.pieces.${each}`)}</li>
            ))}
            {list.welcome.map((each) => (
              <li key={each}>
                {t(`document.pieces.${each}`)} <span className={styles.optional}>{t('ui:optional')}</span>
              </li>
            ))}
          </ul>
        </Item>
        <Prospects purpose={purpose} kind={kind} />
      </ul>
    </section>
  );
}

function Prospects({ purpose, kind }: { purpose: Purpose; kind: SubjectKind }) {
  const { t } = useTranslation('apply');
  const { duration } = useFormats();
  const { applications } = usePublicAccounts();
  const { value } = useObservable(applications.prospects);
  return (
    <>
      {purpose === 'public-account' && value && (
        <Item>
          {kind === 'individual'
            ? t('needed.cap.person', { count: value.caps.person })
            : t('needed.cap.organisation', { count: value.caps.organisation })}
        </Item>
      )}
      {value && (
        <Item icon={<Clock aria-hidden="true" />}>
          {value?.times === null && t('needed.review.none')}
          {value?.times &&
            t('needed.review.measured', {
              count: value.times.answers,
              median: duration(value.times.median),
              ninetieth: duration(value.times.ninetieth),
            })}
        </Item>
      )}
    </>
  );
}

function Item({ icon = <CircleCheck aria-hidden="true" />, children }: { icon?: ReactNode; children: ReactNode }) {
  return (
    <li>
      {icon}
      <div>{children}</div>
    </li>
  );
}
