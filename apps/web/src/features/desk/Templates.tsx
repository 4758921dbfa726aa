import { templatesFor } from '@byline/protocol/byline/reason-templates.ts';
import type { TemplateId, TemplateUse } from '@byline/protocol/byline/reason-templates.ts';
import { useTranslation } from 'react-i18next';
import { useLanguage } from './useLanguage.ts';
import styles from './DecisionForm.module.css';

export interface TemplatesProps {
  readonly use: TemplateUse;
  readonly value: TemplateId | undefined;
  readonly onChange: (template: TemplateId | undefined) => void;
}

/** Words that are needed often: one is chosen, and the applicant reads it in their language with the clause it rests on. */
export function Templates({ use, value, onChange }: TemplatesProps) {
  const { t } = useTranslation('desk');
  const language = useLanguage();
  const templates = templatesFor(use);
  const chosen = templates.find(({ id }) => id === value);
  return (
    <>
      <div className={styles.templates} role="group" aria-label={t('templates.label')}>
        {templates.map(({ id, name }) => (
          <button
            key={id}
            type="button"
            className={styles.template}
            aria-pressed={id === value}
            onClick={() => onChange(id === value ? undefined : id)}
          >
            {name[language]}
          </button>
        ))}
      </div>
      {chosen && (
        <blockquote className={styles.chosen}>
          {chosen.text[language]} <cite>{t('templates.clause', { clause: chosen.clause })}</cite>
        </blockquote>
      )}
    </>
  );
}
