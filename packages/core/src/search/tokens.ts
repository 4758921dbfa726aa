/**
 * What texts are found by. Words are found as they are, whatever their case and accents; in scripts that put no spaces
 * between words, every pair of neighbouring characters and every character is, so that words need not be known.
 */

/** Longer ones are cut: no engine keeps words of any length. */
const LONGEST_TOKEN = 64;
/** Of a text; who writes more is found by the beginning. */
const MOST_TOKENS = 10_000;

/** Scripts that are written without spaces between words. */
const UNSPACED = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}`;
const RUNS = new RegExp(String.raw`[${UNSPACED}]+|(?:(?![${UNSPACED}])[\p{L}\p{N}])+`, 'gu');
const IS_UNSPACED = new RegExp(`^[${UNSPACED}]`, 'u');

/** A text as it is compared: without case, accents and differences of width, and without what no engine can keep. */
export const comparable = (text: string): string => {
  if (PLAIN.test(text)) return text.toLowerCase();
  const bare = text
    .toWellFormed()
    .replaceAll('\0', ' ')
    .normalize('NFKD')
    .replaceAll(/\p{Mn}/gu, '');
  return bare.toLowerCase().normalize('NFKC');
};

/** Has nothing that could be written otherwise, but for its case. */
const PLAIN = /^[\t\n\r -~]*$/;

/** The words of a comparable text, and what stands together in scripts without spaces. */
const runsOf = (text: string): readonly string[] => text.match(RUNS) ?? [];

/** What a comparable text is found by, each once. */
export const tokensOf = (comparableText: string): readonly string[] => {
  const tokens = new Set<string>();
  for (const run of runsOf(comparableText)) {
    if (tokens.size >= MOST_TOKENS) break;
    for (const token of IS_UNSPACED.test(run) ? piecesOf(run) : [cut(run)]) tokens.add(token);
  }
  return [...tokens];
};

/** What is asked of texts. */
export interface SearchTerm {
  /** All of these a text must have; none: nothing is found. */
  readonly tokens: readonly string[];
  /** The words as they may be shown in what was found; those of scripts without spaces must stand in it as they are. */
  readonly words: readonly string[];
}

/** What somebody asks for with some words. */
export const searchTermOf = (text: string): SearchTerm => {
  const words = [...new Set(runsOf(comparable(text)))].slice(0, MOST_WORDS);
  const tokens = words.flatMap((word) => (IS_UNSPACED.test(word) ? pairsOf(word) : [cut(word)]));
  return { tokens: [...new Set(tokens)], words };
};

/** Whether a comparable text that has all tokens is really meant: pairs of characters may also stand apart. */
export const isMeant = ({ words }: SearchTerm, comparableText: string): boolean =>
  words.every((word) => !IS_UNSPACED.test(word) || comparableText.includes(word));

const MOST_WORDS = 50;
/** One as Unicode counts them, also where UTF-16 takes two. */
const CHARACTER = /./gsu;

/** Each character, and each with the next. */
const piecesOf = (run: string): readonly string[] => {
  const characters = run.match(CHARACTER) ?? [];
  return characters.flatMap((character, index) => {
    const next = characters[index + 1];
    return next === undefined ? [character] : [character, character + next];
  });
};

const pairsOf = (run: string): readonly string[] => {
  const pieces = piecesOf(run);
  return pieces.length === 1 ? pieces : pieces.filter((piece) => piece.match(CHARACTER)?.length === 2);
};

const cut = (word: string): string => (word.match(CHARACTER) ?? []).slice(0, LONGEST_TOKEN).join('');
