import i18next from 'i18next';
import type { BackendModule, i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { isLanguage, languageCodes } from '../locales/languages.ts';
import type { Language } from '../locales/languages.ts';

/** One file for each language, fetched when it is chosen. */
const texts: Readonly<Record<Language, () => Promise<{ default: Readonly<Record<string, object>> }>>> = {
  en: () => import('../locales/en/index.ts'),
  'zh-Hans': () => import('../locales/zh-Hans/index.ts'),
};

const ownFiles: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read: (language, namespace, done) => {
    const load = isLanguage(language) ? texts[language] : texts.en;
    load().then(
      (file) => done(null, file.default[namespace] ?? {}),
      (problem: unknown) =>
        done(problem instanceof Error ? problem : new Error('a language could not be loaded'), false),
    );
  },
};

const tellDocument = (language: string): void => {
  document.documentElement.lang = language;
};

/** Starts the app's language. When it resolves, every text of `language` is there. */
export async function startI18n(language: Language): Promise<i18n> {
  i18next.on('languageChanged', tellDocument);
  await i18next
    .use(ownFiles)
    .use(initReactI18next)
    .init({
      lng: language,
      // Both languages have every key (a test says so), so nothing has to fall back and one file is enough.
      fallbackLng: false,
      supportedLngs: languageCodes,
      load: 'currentOnly',
      ns: ['app', 'auth', 'chats', 'desk', 'discover', 'following', 'me', 'ui'],
      defaultNS: 'app',
      interpolation: { escapeValue: false },
      react: { useSuspense: false },
    });
  return i18next;
}
