import { describe, expect, it } from 'vitest';
import { loadEmojiData } from './emojiData.ts';

describe('loadEmojiData', () => {
  it.each([
    ['en', 'grinning face', 'smileys & emotion'],
    ['zh', '嘿嘿', '笑脸和情感'],
  ])('%s has names, groups and skin tones', async (locale, label, group) => {
    const data = await loadEmojiData(locale);
    expect(data.emojis.find((each) => each.emoji === '😀')?.label).toBe(label);
    expect(data.categories.map((each) => each.label)).toContain(group);
    expect(data.categories).toHaveLength(9);
    expect(data.emojis.find((each) => each.emoji === '👋')?.skins?.dark).toBe('👋🏿');
    expect(data.emojis.length).toBeGreaterThan(1700);
    const groups = new Set(data.categories.map((each) => each.index));
    expect(data.emojis.every((each) => groups.has(each.category) && each.version <= 15)).toBe(true);
  });
});
