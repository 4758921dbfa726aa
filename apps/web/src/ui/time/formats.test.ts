import { describe, expect, it } from 'vitest';
import { formatsFor } from './formats.ts';

const ZONE = 'Asia/Shanghai';
const NOW = Date.UTC(2026, 10, 23, 6, 30); // Monday, 14:30 in Shanghai
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const english = formatsFor('en', ZONE);
const chinese = formatsFor('zh-Hans', ZONE);

describe('listTime', () => {
  it.each([
    [NOW - 5 * MINUTE, '2:25 PM', '14:25'],
    // Before midnight in Shanghai, though the same day in UTC.
    [Date.UTC(2026, 10, 22, 15, 59), 'Yesterday', '昨天'],
    [Date.UTC(2026, 10, 22, 16, 1), '12:01 AM', '00:01'],
    [NOW - 3 * DAY, 'Fri', '周五'],
    [NOW - 7 * DAY, 'Nov 16', '11月16日'],
    [NOW - 400 * DAY, 'Oct 19, 2025', '2025年10月19日'],
  ])('%d', (at, inEnglish, inChinese) => {
    expect(english.listTime(at, NOW).replaceAll('\u202F', ' ')).toBe(inEnglish);
    expect(chinese.listTime(at, NOW)).toBe(inChinese);
  });
});

describe('day', () => {
  it.each([
    [NOW, 'Today', '今天'],
    [Date.UTC(2026, 10, 22, 15, 59), 'Yesterday', '昨天'],
    [NOW - 3 * DAY, 'Friday', '星期五'],
    [NOW - 7 * DAY, 'November 16', '11月16日'],
    [NOW - 400 * DAY, 'October 19, 2025', '2025年10月19日'],
  ])('%d', (at, inEnglish, inChinese) => {
    expect([english.day(at, NOW), chinese.day(at, NOW)]).toEqual([inEnglish, inChinese]);
  });
});

describe('relative', () => {
  it.each([
    [0, 'now', '现在'],
    [-59_000, 'now', '现在'],
    [-2 * MINUTE, '2 minutes ago', '2分钟前'],
    [-3 * 60 * MINUTE, '3 hours ago', '3小时前'],
    [-DAY, 'yesterday', '昨天'],
    [2 * DAY, 'in 2 days', '后天'],
    [-8 * DAY, 'Nov 15', '11月15日'],
  ])('%d ms away', (away, inEnglish, inChinese) => {
    expect(english.relative(NOW + away, NOW)).toBe(inEnglish);
    expect(chinese.relative(NOW + away, NOW)).toBe(inChinese);
  });
});

describe('length', () => {
  it.each([
    [0, '0:00'],
    [7.4, '0:07'],
    [59.6, '1:00'],
    [760, '12:40'],
    [3723, '1:02:03'],
    [-1, '0:00'],
  ])('%d s is %s', (seconds, expected) => expect(english.length(seconds)).toBe(expected));
});

describe('a duration', () => {
  it.each([
    [0, '1 minute'],
    [90 * 60_000, '90 minutes'],
    [150 * 60_000, '3 hours'],
    [47 * 3_600_000, '47 hours'],
    [49 * 3_600_000, '3 days'],
  ])('of %d ms is %s', (milliseconds, expected) => expect(english.duration(milliseconds)).toBe(expected));
});

describe('numbers', () => {
  it('are written as the language writes them', () => {
    expect(english.number(12_345)).toBe('12,345');
    expect(english.compactNumber(12_345)).toBe('12.3K');
    expect(chinese.compactNumber(12_345)).toBe('1.2万');
    expect(english.percent(0.42)).toBe('42%');
  });

  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [1500, '2 kB'],
    [1_500_000, '1.5 MB'],
    [25_000_000_000, '25 GB'],
  ])('%d bytes are %s', (bytes, expected) => expect(english.fileSize(bytes)).toBe(expected));
});
