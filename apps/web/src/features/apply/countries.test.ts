import { LegalIdentity } from '@byline/protocol/byline/identity.ts';
import { expect, it } from 'vitest';
import { countriesIn, countryName } from './countries.ts';

it('knows each of the 249 once, by a code that an identity takes', () => {
  const codes = countriesIn('en').map(({ value }) => value);
  expect(new Set(codes).size).toBe(249);
  expect(codes.filter((code) => !LegalIdentity.shape.country.safeParse(code).success)).toEqual([]);
});

it('names and sorts them as the language does', () => {
  expect(countriesIn('en')[0]).toEqual({ value: 'AF', label: 'Afghanistan' });
  expect(countryName('NL', 'zh-Hans')).toBe('荷兰');
  expect(countriesIn('en').every(({ label }) => label.length > 2)).toBe(true);
});
