import type { DocumentKind, LegalIdentity } from '@byline/protocol/byline/identity.ts';

/** A document, as far as it tells one subject from another. */
export type DocumentName = Pick<LegalIdentity, 'country' | 'document_kind' | 'document_number'>;

/**
 * The one spelling of a document's number: two spellings of a number become the same, two numbers stay two. Empty when
 * nothing in it is a letter or a digit. Zeros at the beginning stay: they are part of the number.
 */
export const canonicalNumber = ({ country, document_kind, document_number }: DocumentName): string => {
  const plain = SPELLINGS[document_kind](latin(document_number));
  return (OF_COUNTRY[`${country} ${document_kind}`] ?? same)(plain);
};

const same = (number: string): string => number;

/** A number of one thing, where marks between its parts are only there to be read by: "1985 1234-5" is "198512345". */
const joined = (number: string): string => number.replaceAll(/[^\p{L}\p{N}]+/gu, '');

/** Where a slash parts a register from its entry, "12/3" is another number than "1/23". */
const joinedButSlashes = (number: string): string => number.replaceAll(/[^\p{L}\p{N}/]+/gu, '');

/** The number of a letter is made of parts (the office, the year, the letter), so that it matters where one ends. */
const inParts = (number: string): string =>
  number
    .replace(/^第/u, '')
    .replace(/号\s*$/u, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '');

const SPELLINGS: Readonly<Record<DocumentKind, (number: string) => string>> = {
  'identity-card': joined,
  passport: joined,
  'residence-permit': joined,
  'business-licence': joinedButSlashes,
  'register-extract': joinedButSlashes,
  'press-licence': inParts,
  'official-letter': inParts,
};

/** Capital letters and digits as they are in ASCII, whatever they were typed with. */
const latin = (text: string): string =>
  text
    // The sign for "number" says nothing, and would become the letters "No".
    .replaceAll('№', ' ')
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/\p{Nd}/gu, digit)
    .replaceAll(LOOK_ALIKE, (letter) => LOOK_ALIKES[letter] ?? letter);

/** Digits stand in tens, each of which begins at …0 or …6 (The Unicode Standard, "Decimal Digits"). */
const digit = (character: string): string => {
  const code = character.codePointAt(0) ?? 0;
  const begin = code - (code % 16);
  return String(code - (IS_DIGIT.test(String.fromCodePoint(begin)) ? begin : begin + 6));
};
const IS_DIGIT = /\p{Nd}/u;

/** Cyrillic and Greek capitals that look like Latin ones: a reviewer could not see the difference in a number. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  ...pairs('АВЕЅІЈКМНОРСТУХ', 'ABESIJKMHOPCTYX'),
  ...pairs('ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ', 'ABEZHIKMNOPTYX'),
};
const LOOK_ALIKE = new RegExp(`[${Object.keys(LOOK_ALIKES).join('')}]`, 'gu');

function pairs(from: string, to: string): Record<string, string> {
  return Object.fromEntries(Array.from(from, (letter, place) => [letter, to.charAt(place)]));
}

/** A Chinese identity number of before 1999 has 15 digits; the same person's present one has the century and a check digit more. */
const chineseIdentity = (number: string): string => {
  if (!/^\d{15}$/.test(number)) return number;
  const digits = `${number.slice(0, 6)}19${number.slice(6)}`;
  const sum = Array.from(digits, Number).reduce((total, each, place) => total + each * 2 ** (17 - place), 0);
  return digits + '10X98765432'.charAt(sum % 11);
};

/** The unified social credit code of China (GB 32100) has no I, O, S, V and Z: whoever wrote one saw a digit. */
const chineseCreditCode = (number: string): string =>
  number.length === 18 ? number.replaceAll(/[IOSZ]/g, (letter) => MISREAD[letter] ?? letter) : number;
const MISREAD: Readonly<Record<string, string>> = { I: '1', O: '0', S: '5', Z: '2' };

/** What is known of one country's documents, by `COUNTRY document-kind`. */
const OF_COUNTRY: Readonly<Record<string, (number: string) => string>> = {
  'CN identity-card': chineseIdentity,
  'CN business-licence': chineseCreditCode,
  'CN register-extract': chineseCreditCode,
};
