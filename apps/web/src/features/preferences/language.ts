import { closestLanguage, languageCodes } from '../../locales/languages.ts';
import type { Language } from '../../locales/languages.ts';
import { storedChoice } from './choice.ts';

const LANGUAGE_CHOICES = ['system', ...languageCodes] as const;
export type LanguageChoice = Language | 'system';

export const languageChoice = storedChoice<LanguageChoice>('byline.language', LANGUAGE_CHOICES, 'system');

/** The language that the choice comes to in this browser. */
export const languageOf = (choice: LanguageChoice): Language =>
  choice === 'system' ? closestLanguage(navigator.languages) : choice;
