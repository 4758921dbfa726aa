import { describe, expect, it } from 'vitest';
import { refusalOf } from './fileRefusal.ts';

const picture = { name: 'passport.JPG', type: 'image/jpeg', size: 1000 };

describe('refusalOf', () => {
  it.each([
    [{}, undefined],
    [{ accept: 'image/*' }, undefined],
    [{ accept: 'application/pdf, image/jpeg' }, undefined],
    [{ accept: '.jpg' }, undefined],
    [{ accept: '.png' }, 'wrongKind'],
    [{ accept: 'application/pdf' }, 'wrongKind'],
    [{ maxBytes: 1000 }, undefined],
    [{ maxBytes: 999 }, 'tooLarge'],
    [{ accept: 'audio/*', maxBytes: 1 }, 'wrongKind'],
  ] as const)('%o: %s', (rules, expected) => {
    expect(refusalOf(picture, rules)).toBe(expected);
  });
});
