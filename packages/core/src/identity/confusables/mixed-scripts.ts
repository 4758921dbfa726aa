/** Scripts in which names are written; a character of any other is of "another" one. */
const SCRIPTS = [
  'Latin',
  'Greek',
  'Cyrillic',
  'Armenian',
  'Georgian',
  'Hebrew',
  'Arabic',
  'Cherokee',
  'Devanagari',
  'Bengali',
  'Tamil',
  'Thai',
  'Han',
  'Hiragana',
  'Katakana',
  'Bopomofo',
  'Hangul',
] as const;
const OTHER = 'another';
export type Script = (typeof SCRIPTS)[number] | typeof OTHER;

const PATTERNS = SCRIPTS.map((script) => [script, new RegExp(`^\\p{Script_Extensions=${script}}$`, 'u')] as const);
const OF_EVERY_SCRIPT = /^[\p{Script_Extensions=Common}\p{Script_Extensions=Inherited}]$/u;

/** What may stand together in one name (UTS #39, section 5.2, "Highly Restrictive"). */
const TOGETHER: readonly ReadonlySet<Script>[] = [
  new Set(['Latin', 'Han', 'Hiragana', 'Katakana']),
  new Set(['Latin', 'Han', 'Bopomofo']),
  new Set(['Latin', 'Han', 'Hangul']),
];

/**
 * The scripts that a name mixes though no writing does, such as Latin and Cyrillic; none: it is written in one, or in some
 * that belong together (UTS #39, section 5).
 */
export const mixedScripts = (name: string): Script[] => {
  const scriptsOfEach = Array.from(name.normalize('NFD'), scriptsOf).filter((scripts) => scripts.length > 0);
  const isOf = (allowed: (script: Script) => boolean): boolean =>
    scriptsOfEach.every((scripts) => scripts.some(allowed));
  const used = [...new Set(scriptsOfEach.flat())];
  if (used.some((one) => isOf((script) => script === one))) return [];
  if (TOGETHER.some((together) => isOf((script) => together.has(script)))) return [];
  // Where a character is of several scripts, one that another character is of alone explains it.
  const certain = new Set(scriptsOfEach.flatMap((scripts) => (scripts.length === 1 ? scripts : [])));
  const open = scriptsOfEach.filter((scripts) => !scripts.some((script) => certain.has(script)));
  return [...new Set([...certain, ...open.flatMap(([first]) => first ?? [])])];
};

const scriptsOf = (character: string): Script[] => {
  if (OF_EVERY_SCRIPT.test(character)) return [];
  const known = PATTERNS.filter(([, pattern]) => pattern.test(character)).map(([script]) => script);
  return known.length > 0 ? known : [OTHER];
};
