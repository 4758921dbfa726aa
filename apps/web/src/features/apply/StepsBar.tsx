import type { Saving } from '@byline/client/applications/application-form.ts';
import type { FormStep } from '@byline/client/applications/steps.ts';
import { Check } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Hidden } from '../../ui/style/Hidden.tsx';
import { classNames } from '../../ui/style/classNames.ts';
import styles from './StepsBar.module.css';

export interface StepsBarProps {
  readonly steps: readonly FormStep[];
  readonly current: FormStep;
  readonly done: readonly FormStep[];
  readonly pathOf: (step: FormStep) => string;
  /** `here`: all but who one is, which stands in this page alone until it is complete. */
  readonly saving: Saving | 'here';
  readonly onSaveAgain: () => void;
}

/** Which step this is, which are done, and whether what was written is kept. Each step can be gone to. */
export function StepsBar({ steps, current, done, pathOf, saving, onSaveAgain }: StepsBarProps) {
  const { t } = useTranslation('apply');
  const place = steps.indexOf(current) + 1;
  return (
    <div className={styles.bar}>
      <div className={styles.words}>
        <span>{t('stepOf', { place, all: steps.length })}</span>
        <span aria-live="polite">
          {saving === 'failed' ? (
            <button type="button" className={styles.again} onClick={onSaveAgain}>
              {t('saving.failed')}
            </button>
          ) : (
            <span className={styles.saving}>
              {saving === 'saved' && <Check aria-hidden="true" />}
              {t(`saving.${saving}`)}
            </span>
          )}
        </span>
      </div>
      <nav aria-label={t('stepsLabel')}>
        <ol className={styles.steps}>
          {steps.map((step) => (
            <li key={step} className={styles.step}>
              <Link
                href={pathOf(step)}
                className={classNames(styles.link, done.includes(step) && styles.done)}
                aria-current={step === current ? 'step' : undefined}
                title={t(`steps.${step}`)}
              >
                <Hidden>
                  {done.includes(step)
                    ? t('stepDone', { step: t(`steps.${step}`) })
                    : t('stepOpen', { step: t(`steps.${step}`) })}
                </Hidden>
              </Link>
            </li>
          ))}
        </ol>
      </nav>
    </div>
  );
}
