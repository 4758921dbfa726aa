import { expect, test } from 'vitest';
import { searchTerms, searchText } from './search-text.ts';

test.each([
  ['City Hall', 'city', true],
  ['CITY HALL', 'hall city', true],
  ['ＣＩＴＹ', 'city', true],
  ['Zoë’s Bakery', 'zoe\u0308', true],
  ['北京晚报', '晚', true],
  ['北京晚报', '北京 晚报', true],
  ['北京晚报', '早', false],
  ['City Hall', 'hospital', false],
])('the text %j with the query %j: %s', (text, query, found) => {
  expect(searchTerms(query).every((term) => searchText(text).includes(term))).toBe(found);
});

test('a query of nothing has no terms', () => {
  expect(searchTerms('  \u3000 ')).toEqual([]);
});
