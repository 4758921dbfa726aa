import type { SaidByTemplate } from '@byline/protocol/byline/progress.ts';
import { useTranslation } from 'react-i18next';
import { useLanguage } from './useLanguage.ts';

interface Said {
  readonly template?: SaidByTemplate | undefined;
  readonly reason?: string | undefined;
}

/** What was said with a template and in own words, in the reader's language. */
export function useSaid(): (said: Said) => string {
  const { t } = useTranslation('desk');
  const language = useLanguage();
  return ({ template, reason }) => {
    const rule = template && t('templates.clause', { clause: template.clause });
    return [template?.text[language], reason, rule].filter(Boolean).join('\n');
  };
}
