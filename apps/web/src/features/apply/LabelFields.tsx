import { kindIn } from '@byline/client/applications/application-form.ts';
import { labelsFor } from '@byline/core/identity/labels.ts';
import { LABELS } from '@byline/protocol/byline/labels.ts';
import { useTranslation } from 'react-i18next';
import { useLabelTexts } from '../account/useLabelTexts.ts';
import type { StepProps } from './FormSteps.tsx';
import { PictureField } from './PictureField.tsx';
import styles from './LabelFields.module.css';

/** What proves a label, for who wants one: closed until then, because nobody needs it to be verified. */
export function LabelFields(props: StepProps) {
  const { state } = props;
  const { t } = useTranslation(['apply', 'ui']);
  const textsOf = useLabelTexts();
  const { purpose, evidence } = state.application;
  if (purpose === 'personal') return null;
  const labels = labelsFor(kindIn(state));
  const isBegun = labels.some((label) => evidence.some(({ piece }) => piece === LABELS[label].evidence));
  return (
    <details className={styles.labels} open={isBegun}>
      <summary>
        {t('document.labels.title')} <span className={styles.optional}>{t('ui:optional')}</span>
      </summary>
      <p>{t('document.labels.lead')}</p>
      {labels.map((label) => {
        const { name, means, evidence: shown } = textsOf(label);
        return (
          <section key={label} className={styles.label} aria-label={name}>
            <h2 className={styles.name}>{name}</h2>
            <p className={styles.means}>{means}</p>
            <p>{shown}</p>
            <PictureField {...props} piece={LABELS[label].evidence} isRequired={false} />
          </section>
        );
      })}
    </details>
  );
}
