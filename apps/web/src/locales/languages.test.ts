import { describe, expect, it } from 'vitest';
import { closestLanguage } from './languages.ts';

describe('closestLanguage', () => {
  it.each([
    [['zh-CN', 'en'], 'zh-Hans'],
    [['zh-Hant-TW'], 'zh-Hans'],
    [['de', 'zh'], 'zh-Hans'],
    [['en-GB', 'zh'], 'en'],
    [['fr'], 'en'],
    [[], 'en'],
  ])('%j: %s', (wanted, expected) => expect(closestLanguage(wanted)).toBe(expected));
});
