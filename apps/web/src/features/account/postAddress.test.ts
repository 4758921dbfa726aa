import { expect, it } from 'vitest';
import { postIdIn, postPath } from './postAddress.ts';

it.each(['$abc_-DEF', '$a/b', '$100%'])('%s is found by its address', (id) => {
  const part = postPath('/following', 'harbour', id).split('/').at(3);
  expect(postIdIn(part)).toBe(id);
});

it('reads what is escaped otherwise, or not at all', () => {
  expect(postIdIn('%24abc')).toBe('$abc');
  expect(postIdIn('$100%')).toBe('$100%');
  expect(postIdIn(undefined)).toBeUndefined();
});
