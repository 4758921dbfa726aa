/** Shorter texts are words of their own when one letter is another; of Chinese a character says more. */
const SHORTEST = 5;
const SHORTEST_HAN = 4;

/** Whether a text is long enough that another letter in it goes unnoticed. */
export const isLongEnough = (text: string): boolean => {
  const characters = Array.from(text);
  return characters.length >= (/\p{Script=Han}/u.test(text) ? SHORTEST_HAN : SHORTEST);
};

/**
 * The texts by which another that is one edit away is found: the text itself, and it with each character left out. Two
 * that are one edit apart have at least one of these in common; what has one in common may still be two apart.
 */
export const deletionNeighbours = (text: string): string[] => {
  const characters = Array.from(text);
  const shorter = characters.map((_, index) => characters.toSpliced(index, 1).join(''));
  return [...new Set([text, ...shorter])];
};

/** Whether one character was added, left out, or put for another, or two neighbours have changed places. */
export const isOneEditApart = (one: string, other: string): boolean => {
  const [left, right] = [Array.from(one), Array.from(other)];
  if (one === other || Math.abs(left.length - right.length) > 1) return false;
  const start = left.findIndex((character, index) => character !== right[index]);
  const from = start === -1 ? left.length : start;
  const [restLeft, restRight] = [left.slice(from), right.slice(from)];
  if (left.length !== right.length)
    return left.length > right.length
      ? tail(restLeft, 1) === tail(restRight, 0)
      : tail(restLeft, 0) === tail(restRight, 1);
  if (tail(restLeft, 1) === tail(restRight, 1)) return true;
  const isSwapped = restLeft[0] === restRight[1] && restLeft[1] === restRight[0];
  return isSwapped && tail(restLeft, 2) === tail(restRight, 2);
};

const tail = (characters: readonly string[], skipped: number): string => characters.slice(skipped).join('');
