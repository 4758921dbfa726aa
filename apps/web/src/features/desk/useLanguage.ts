import { useTranslation } from 'react-i18next';
import { closestLanguage } from '../../locales/languages.ts';
import type { Language } from '../../locales/languages.ts';

/** The language in which the app speaks now. */
export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return closestLanguage([i18n.language]);
}
