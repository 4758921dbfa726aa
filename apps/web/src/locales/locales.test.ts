import { describe, expect, it } from 'vitest';
import english from './en/index.ts';
import { flatten, means, openPlaces, pluralOf, spoken, tableUsesIn, usesIn } from './keys.ts';
import { languageCodes } from './languages.ts';
import type { Language } from './languages.ts';
import chinese from './zh-Hans/index.ts';

const all = { en: flatten(english), 'zh-Hans': flatten(chinese) } as const satisfies Record<
  Language,
  Map<string, string>
>;
/** `app:places.chats`, as code writes it. */
const written = (key: string): string => spoken(key).replace('.', ':');
const keysOf = (language: Language): readonly string[] =>
  [...new Set([...all[language].keys()].map(written))].toSorted();

const placesOf = (language: Language) =>
  Object.fromEntries([...all[language]].map(([key, text]) => [spoken(key), openPlaces(text)]));

const sources = import.meta.glob<string>(['../**/*.{ts,tsx}', '!../**/*.test.ts', '!../locales/**'], {
  query: '?raw',
  import: 'default',
  eager: true,
});
const uses = Object.entries(sources).flatMap(([file, source]) => usesIn(file, source));
const tableUses = Object.entries(sources).flatMap(([file, source]) => tableUsesIn(file, source));

describe('the texts', () => {
  it('are the same in every language', () => {
    expect(keysOf('zh-Hans')).toEqual(keysOf('en'));
  });

  it.each(languageCodes)('%s has each plural that the language knows, and no other', (language) => {
    const wanted: ReadonlySet<unknown> = new Set(new Intl.PluralRules(language).resolvedOptions().pluralCategories);
    const plurals = Map.groupBy(
      [...all[language].keys()].filter((key) => pluralOf(key) !== undefined),
      spoken,
    );
    expect(plurals.size).toBeGreaterThan(0);
    for (const [key, forms] of plurals) expect([key, new Set(forms.map(pluralOf))]).toEqual([key, wanted]);
  });

  it('leave the same places open in every language', () => {
    expect(placesOf('zh-Hans')).toEqual(placesOf('en'));
  });

  it.each(languageCodes)('%s has no empty text and no exclamation mark', (language) => {
    const odd = [...all[language]].filter(([, text]) => text.trim() === '' || /[!！]/.test(text));
    expect(odd).toEqual([]);
  });
});

describe('the code', () => {
  it('asks only for texts that exist', () => {
    expect(uses.length).toBeGreaterThan(50);
    expect(uses.filter((use) => !keysOf('en').some((key) => means(use.key, key)))).toEqual([]);
  });

  it('uses every text', () => {
    expect(keysOf('en').filter((key) => ![...uses, ...tableUses].some((use) => means(use.key, key)))).toEqual([]);
  });
});
