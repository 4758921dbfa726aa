import { hanPrototype, PROTOTYPES } from './characters.ts';

/**
 * What a text looks like: two texts that can be taken for each other have one skeleton. Not to be shown to anybody
 * (UTS #39, section 4, `internalSkeleton`; the order of directions is left alone, as names here are not bidirectional).
 */
export const skeletonOf = (text: string): string =>
  replaced(text.normalize('NFD').replaceAll(/\p{Default_Ignorable_Code_Point}/gu, ''), (character) =>
    PROTOTYPES.get(character),
  ).normalize('NFD');

/**
 * What the name of an account looks like to who reads quickly: beside the skeleton, capitals, accents, spaces and
 * punctuation don't count, traditional and simplified Chinese is one, and so are Chinese characters that a stroke tells
 * apart. Empty for a name of marks alone.
 */
export const nameSkeleton = (name: string): string => {
  const plain = skeletonOf(name.normalize('NFKC'));
  // Twice, because a small letter has another prototype than its capital.
  const small = skeletonOf(plain.toLowerCase());
  const letters = small.replaceAll(/[\p{M}\p{P}\p{S}\p{Z}]/gu, (mark) => (mark === 'ー' ? mark : ''));
  return asLettersOfEitherCase(replaced(letters, hanPrototype));
};

/**
 * What a handle looks like, in small letters or in capitals: `cityhall` beside `cityhaii` (in capitals `CITYHAII`), `0`
 * beside `o`, `rn` beside `m`, `vv` beside `w`. Which of `.`, `_` and `-` is between its parts doesn't count.
 */
export const handleSkeleton = (handle: string): string =>
  asLettersOfEitherCase(skeletonOf(handle.toLowerCase()).toLowerCase().replaceAll(/[._-]/g, '-'));

/** `i` is `l` in capitals, and `o` is a nought in either. Two `v` are a `w` that stands alone. */
const asLettersOfEitherCase = (small: string): string => small.replaceAll('i', 'l').replaceAll('w', 'vv');

const replaced = (text: string, prototype: (character: string) => string | undefined): string =>
  Array.from(text, (character) => prototype(character) ?? character).join('');
