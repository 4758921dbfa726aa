/** Reading of texts and of the code that uses them, for the test that holds both together. */

/** A tree of texts, as a JSON file holds it. */
export interface Texts {
  readonly [key: string]: string | Texts;
}

const PLURAL = /_(?:zero|one|two|few|many|other)$/;

/** Every text with its whole key: `places.chats`. */
export function flatten(texts: Texts, before = ''): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [name, value] of Object.entries(texts)) {
    const key = before + name;
    if (typeof value === 'string') flat.set(key, value);
    else for (const [inner, text] of flatten(value, `${key}.`)) flat.set(inner, text);
  }
  return flat;
}

/** The key as code writes it: without the plural's ending. */
export const spoken = (key: string): string => key.replace(PLURAL, '');

export const pluralOf = (key: string): string | undefined => PLURAL.exec(key)?.[0].slice(1);

/** `{{count}}`, `{{name}}`: what a text leaves open. */
export const openPlaces = (text: string): readonly string[] =>
  [...text.matchAll(/\{\{\s*(\w+)/g)].map(([, name]) => name ?? '').toSorted();

export interface Use {
  readonly file: string;
  /** `app:places.chats`, or with a part that is only known at run time: `app:places.*`. */
  readonly key: string;
}

const CALL = /\bt\(\s*(?:'([^']+)'|`([^`]+)`)/g;
const NAMESPACES = /useTranslation\(\s*(\[[^\]]*\]|'[^']*')/g;

/** The calls of `t` in one file, with their namespaces. */
export function usesIn(file: string, source: string): readonly Use[] {
  const namespaces = [...source.matchAll(NAMESPACES)].flatMap(([, list = '']) =>
    [...list.matchAll(/'([^']+)'/g)].map(([, name]) => name ?? ''),
  );
  const main = namespaces[0] ?? 'app';
  return [...source.matchAll(CALL)].map(([, plain, template]) => {
    const key = plain ?? template?.replaceAll(/\$\{[^}]*\}/g, '*') ?? '';
    return { file, key: key.includes(':') ? key : `${main}:${key}` };
  });
}

const TABLE = /ParseKeys<'([^']+)'>/g;

/**
 * What a file's tables of keys may ask for. A table is typed by `ParseKeys<'namespace'>`, so the compiler has seen
 * that its keys exist; here every quoted word of the file counts as one.
 */
export function tableUsesIn(file: string, source: string): readonly Use[] {
  const words = [...source.matchAll(/'([\w.-]+)'/g)].map(([, word]) => word ?? '');
  return [...source.matchAll(TABLE)].flatMap(([, namespace]) =>
    words.map((word) => ({ file, key: `${namespace}:${word}` })),
  );
}

/** True when `use` may mean `key`. */
export function means(use: string, key: string): boolean {
  if (!use.includes('*')) return use === key;
  const [start = '', ...rest] = use.split('*');
  const end = rest.at(-1) ?? '';
  return key.startsWith(start) && key.endsWith(end) && key.length > start.length + end.length;
}
