/** The languages that Byline is written in, with the name that each gives itself. */
export const LANGUAGES = { en: 'English', 'zh-Hans': '简体中文' } as const;

export type Language = keyof typeof LANGUAGES;

export const languageCodes: readonly Language[] = ['en', 'zh-Hans'];

export const isLanguage = (value: unknown): value is Language => languageCodes.some((code) => code === value);

/**
 * The first of the person's languages that Byline is written in, or English.
 * Readers of traditional characters get the simplified ones: closer to them than English is.
 */
export function closestLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const primary = tag.toLowerCase().split('-')[0];
    if (primary === 'zh') return 'zh-Hans';
    if (primary === 'en') return 'en';
  }
  return 'en';
}
