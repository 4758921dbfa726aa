import { useTranslation } from 'react-i18next';

/** The codes by which browsers know scripts (ISO 15924). */
const CODES: Readonly<Record<string, string>> = {
  Latin: 'Latn',
  Greek: 'Grek',
  Cyrillic: 'Cyrl',
  Armenian: 'Armn',
  Georgian: 'Geor',
  Hebrew: 'Hebr',
  Arabic: 'Arab',
  Cherokee: 'Cher',
  Devanagari: 'Deva',
  Bengali: 'Beng',
  Tamil: 'Taml',
  Thai: 'Thai',
  Han: 'Hani',
  Hiragana: 'Hira',
  Katakana: 'Kana',
  Bopomofo: 'Bopo',
  Hangul: 'Hang',
};

/** Names scripts in the language of the screens, as a list. */
export function useScriptNames(): (scripts: readonly string[]) => string {
  const { t, i18n } = useTranslation('desk');
  const names = new Intl.DisplayNames(i18n.language, { type: 'script' });
  const list = new Intl.ListFormat(i18n.language);
  return (scripts) =>
    list.format(
      scripts.map((script) => {
        const code = CODES[script];
        return code === undefined ? t('lookAlikes.anotherScript') : (names.of(code) ?? script);
      }),
    );
}
