import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { languageCodes } from '../locales/languages.ts';
import type { Language } from '../locales/languages.ts';

/** One file for each language, fetched when it is chosen. */
const files: Readonly<Record<Language, () => Promise<{ default: Readonly<Record<string, object>> }>>> = {
  en: () => import('../locales/en/index.ts'),
  'zh-Hans': () => import('../locales/zh-Hans/index.ts'),
};

const tellDocument = (language: string): void => {
  document.documentElement.lang = language;
};

/** Starts the app's language. When it resolves, every text of `language` is there. */
export async function startI18n(language: Language): Promise<void> {
  i18next.on('languageChanged', tellDocument);
  await i18next.use(initReactI18next).init({
    // Both languages have every key (a test says so), so nothing has to fall back and one file is enough.
    fallbackLng: false,
    supportedLngs: languageCodes,
    load: 'currentOnly',
    defaultNS: 'app',
    resources: {},
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  await showLanguage(language);
}

/** Changes the language of everything shown, once its texts are there. */
export async function showLanguage(language: Language): Promise<void> {
  const { default: texts } = await files[language]();
  for (const [namespace, keys] of Object.entries(texts)) i18next.addResourceBundle(language, namespace, keys);
  await i18next.changeLanguage(language);
}
