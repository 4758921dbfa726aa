const HUES = 8;
const IDEOGRAPH = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/u;

const letters = (text: string): string[] =>
  [...new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(text)].map(({ segment }) => segment);

/**
 * One or two letters that stand for a name: the first of the first and the last word, or one ideograph.
 * Of a user id it is the localpart's first letter.
 */
export function initialsOf(name: string): string {
  const words = name
    .replace(/^[@!#]/, '')
    .split(/[\s_.:-]+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  const first = letters(words[0] ?? '').find((letter) => /[\p{L}\p{N}]/u.test(letter));
  if (first === undefined) return letters(name.trim())[0] ?? '';
  if (IDEOGRAPH.test(first) || words.length === 1 || name.startsWith('@')) return first.toLocaleUpperCase();
  const last = letters(words.at(-1) ?? '')[0] ?? '';
  return (IDEOGRAPH.test(last) ? first : first + last).toLocaleUpperCase();
}

/** Which of the eight hues an id wears; the same on every device. */
export function hueOf(id: string): number {
  let hash = 2_166_136_261;
  for (let index = 0; index < id.length; index += 1) {
    hash = Math.imul(hash ^ id.charCodeAt(index), 16_777_619);
  }
  return ((hash ^ (hash >>> 15)) >>> 0) % HUES;
}
