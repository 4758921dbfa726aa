/** Whether a text matches; case does not count. */
export type TextMatcher = (text: string) => boolean;

/** A matcher of the whole text by a glob: `*` any characters, `?` exactly one (appendices: "Glob-style matching"). */
export const wholeTextMatcher = (glob: string): TextMatcher => {
  if (!/[*?]/.test(glob)) {
    const wanted = glob.toLowerCase();
    return (text) => text.toLowerCase() === wanted;
  }
  return matcherOf(glob, '^', '$');
};

/** A matcher of any part of the text that starts and ends at a word boundary (client-server API: `content.body`). */
export const wordMatcher = (glob: string): TextMatcher => matcherOf(glob, NOT_AFTER_WORD, NOT_BEFORE_WORD);

/** As `wordMatcher`, for a text that is no glob. */
export const literalWordMatcher = (literal: string): TextMatcher => {
  const pattern = new RegExp(`${NOT_AFTER_WORD}${escaped(literal)}${NOT_BEFORE_WORD}`, 'iu');
  return (text) => pattern.test(text);
};

const NOT_AFTER_WORD = '(?<![A-Za-z0-9_])';
const NOT_BEFORE_WORD = '(?![A-Za-z0-9_])';

/**
 * The pieces between the stars are looked for one after the other, each at the first place behind the last. That finds
 * a match if there is one, and never goes back: one expression with many stars would take a time that grows with their power.
 */
const matcherOf = (glob: string, start: string, end: string): TextMatcher => {
  const pieces = glob.split(/\*+/).map((piece) => escaped(piece).replaceAll(String.raw`\?`, '.'));
  const patterns = pieces.map((piece, index) => {
    const before = index === 0 ? start : '';
    const after = index === pieces.length - 1 ? end : '';
    return new RegExp(`${before}${piece}${after}`, 'gisu');
  });
  return (text) => {
    let position = 0;
    return patterns.every((pattern) => {
      pattern.lastIndex = position;
      const found = pattern.test(text);
      position = pattern.lastIndex;
      return found;
    });
  };
};

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
