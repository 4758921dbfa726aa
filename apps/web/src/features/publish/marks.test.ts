import { describe, expect, it } from 'vitest';
import { type Mark, withMark } from './marks.ts';

/** `|` stands where the selection begins and ends. */
const marked = (drawn: string, mark: Mark): string => {
  const [before = '', inside, after] = drawn.split('|');
  const start = before.length;
  const end = after === undefined ? start : start + (inside ?? '').length;
  const text = drawn.replaceAll('|', '');
  const result = withMark({ text, start, end }, mark);
  const [one, two, three] = [
    result.text.slice(0, result.start),
    result.text.slice(result.start, result.end),
    result.text.slice(result.end),
  ];
  return two === '' ? `${one}|${three}` : `${one}|${two}|${three}`;
};

describe('withMark', () => {
  it.each([
    ['strong', 'a |b| c', 'a **|b|** c'],
    ['strong', 'a **|b|** c', 'a |b| c'],
    ['strong', 'a |', 'a **|**'],
    ['stressed', '|a|', '*|a|*'],
    ['link', 'see |here| now', 'see [here](https://|) now'],
    ['link', 'see |', 'see [|](https://)'],
    ['heading', 'one\ntw|o\nthree', 'one\n# tw|o\nthree'],
    ['heading', '# tw|o', 'tw|o'],
    ['list', '|one\ntwo|\nthree', '- |one\n- two|\nthree'],
    ['list', '|- one\n- two|', '|one\ntwo|'],
    ['quote', '|', '> |'],
  ] as const)('%s: %j becomes %j', (mark, before, after) => expect(marked(before, mark)).toBe(after));
});
