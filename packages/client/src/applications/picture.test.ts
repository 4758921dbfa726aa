import { expect, it } from 'vitest';
import { fitted } from './picture.ts';

it.each([
  [{ width: 4000, height: 3000 }, 2000, { width: 2000, height: 1500 }],
  [{ width: 300, height: 3000 }, 2000, { width: 200, height: 2000 }],
  [{ width: 800, height: 600 }, 2000, { width: 800, height: 600 }],
  [{ width: 10_000, height: 1 }, 100, { width: 100, height: 1 }],
])('%j becomes at most %i: %j', (size, longest, expected) => expect(fitted(size, longest)).toEqual(expected));
