import { expect, it } from 'vitest';
import { keptInMemory } from '../kept-text.ts';
import { Drafts } from './drafts.ts';

it('keeps a text for each room of each account, over a reload', () => {
  const kept = keptInMemory();
  const drafts = new Drafts(kept, '@anna:town');
  drafts.write('!a', 'half a sent');
  drafts.write('!b', 'gone soon');
  drafts.write('!b', '  ');
  const again = new Drafts(kept, '@anna:town');
  expect([...again.texts.get()]).toEqual([['!a', 'half a sent']]);
  expect(new Drafts(kept, '@ben:town').read('!a')).toBe('');
});
