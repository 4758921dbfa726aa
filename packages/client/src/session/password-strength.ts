/** How hard a password is to guess, in words that a person can act on. */
export type PasswordStrength = 'too-short' | 'easy' | 'fair' | 'good';

/** What the server refuses. */
const SHORTEST_PASSWORD = 8;

/** What guessers try first, whatever follows it. */
const FAMILIAR = 'password passwort qwerty asdf letmein welcome iloveyou admin dragon monkey abc woaini mima'.split(
  ' ',
);

const ROWS = ['abcdefghijklmnopqrstuvwxyz', '0123456789', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
const EASY_BELOW = 7;
const GOOD_FROM = 14;
/** An ideograph is one of thousands, not of dozens. */
const IDEOGRAPH = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/u;

const inRow = (before: string, now: string): boolean =>
  before === now || ROWS.some((row) => row.includes(before + now) || row.includes(now + before));

/** The characters that a guesser could not tell from the one before. */
function surprises(password: string): number {
  let count = 0;
  let before = '';
  for (const character of password) {
    if (!inRow(before, character)) count += IDEOGRAPH.test(character) ? 2 : 1;
    before = character;
  }
  return count;
}

/** @param username who uses their own name as a password is found at once. */
export function strengthOf(password: string, username: string): PasswordStrength {
  if (password.length < SHORTEST_PASSWORD) return 'too-short';
  let left = password.toLowerCase();
  for (const familiar of [...FAMILIAR, username.toLowerCase()]) {
    if (familiar.length > 2) left = left.replaceAll(familiar, '');
  }
  const worth = surprises(left);
  if (worth < EASY_BELOW) return 'easy';
  return worth < GOOD_FROM ? 'fair' : 'good';
}
