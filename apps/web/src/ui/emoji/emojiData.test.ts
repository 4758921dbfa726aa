import { describe, expect, it } from 'vitest';
import { loadEmojiData } from './emojiData.ts';

describe('loadEmojiData', () => {
  it.each([
    ['en', 'grinning face'],
    ['zh', '嘿嘿'],
  ])('%s has names, groups and skin tones', async (locale, label) => {
    const data = await loadEmojiData(locale);
    expect(data.emojis.find((each) => each.emoji === '😀')?.label).toBe(label);
    expect(data.categories[0]?.label).toBe('smileys-emotion');
    expect(data.categories).toHaveLength(9);
    expect(data.emojis.find((each) => each.emoji === '👋')?.skins?.dark).toBe('👋🏿');
    expect(data.emojis.length).toBeGreaterThan(1700);
    const groups = new Set(data.categories.map((each) => each.index));
    expect(data.emojis.every((each) => groups.has(each.category) && each.version <= 15)).toBe(true);
  });
});
