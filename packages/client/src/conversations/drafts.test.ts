import { expect, it } from 'vitest';
import { keptInMemory } from '../kept-text.ts';
import { Drafts, forgetDrafts } from './drafts.ts';

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

it('forgets those of one account', () => {
  const kept = keptInMemory();
  new Drafts(kept, '@anna:town').write('!a', 'mine');
  new Drafts(kept, '@ben:town').write('!a', 'his');
  forgetDrafts(kept, '@anna:town');
  expect([new Drafts(kept, '@anna:town').read('!a'), new Drafts(kept, '@ben:town').read('!a')]).toEqual(['', 'his']);
});
