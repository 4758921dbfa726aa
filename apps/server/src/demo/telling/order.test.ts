import { describe, expect, it } from 'vitest';
import { ACCOUNTS } from '../content/accounts.ts';
import { CONVERSATIONS } from '../content/conversations.ts';
import { pauseBefore } from './conversations.ts';
import { timeOf } from './when.ts';

const MINUTE = 60_000;

/** Whatever the time is when the demo is started, the story stays in order and in the past. */
describe.each([
  ['just after midnight', new Date(2026, 6, 14, 0, 5).getTime()],
  ['at noon', new Date(2026, 10, 23, 12, 0).getTime()],
  ['just before midnight', new Date(2026, 1, 28, 23, 55).getTime()],
])('the story told %s', (_, now) => {
  it.each(CONVERSATIONS.map((story) => [story.group?.name ?? story.members.join(' and '), story] as const))(
    'goes on in order: %s',
    (_name, { talks }) => {
      let time = 0;
      for (const { when, lines } of talks) {
        const begins = timeOf(when, now);
        expect(begins).toBeGreaterThan(time);
        time = lines.reduce((sum, line) => sum + pauseBefore(line), begins);
      }
      expect(time).toBeLessThan(now - MINUTE);
    },
  );

  it.each(ACCOUNTS.map((account) => [account.handle, account] as const))(
    'is published in order: %s',
    (_name, story) => {
      const { applies, decisions, posts } = story;
      const times = [applies, ...decisions.map(({ when }) => when), ...posts.map(({ when }) => when)].map((when) =>
        timeOf(when, now),
      );
      expect(times).toEqual(times.toSorted((one, other) => one - other));
      expect(times.at(-1)).toBeLessThan(now - MINUTE);
    },
  );
});
