import { describe, expect, it } from 'vitest';
import { type FoundMessages, MessageSearch } from './message-search.ts';
import type { Page, Pages } from './pages.ts';

const message = (at: number) => ({
  key: `$${at}`,
  roomId: '!room',
  sender: { id: '@ada:town', name: 'Ada' },
  at,
  text: 'ferry',
});

/** A conversation of so many pages, each with some that are found. */
const history = (pages: number, foundOnEach: number): Pages & { read: number } => ({
  read: 0,
  async next(): Promise<Page> {
    this.read += 1;
    const newest = (pages - this.read + 1) * 1_000;
    const found = Array.from({ length: foundOnEach }, (_, index) => message(newest - index));
    return { found, isLast: this.read === pages, lookedBackTo: newest - 999 };
  },
});

const until = (search: MessageSearch, isWanted: (found: FoundMessages) => boolean): Promise<FoundMessages> =>
  new Promise((resolve) => {
    const look = (): void => {
      const found = search.found.get();
      if (!isWanted(found)) return;
      end();
      resolve(found);
    };
    const end = search.found.subscribe(look);
    look();
  });

const settled = ({ state }: FoundMessages): boolean => state !== 'looking' && state !== 'none';

describe('a search in what was said', () => {
  it('pauses when enough is found, says how far it came, and goes on to the end', async () => {
    const pages = history(6, 8);
    const search = new MessageSearch(() => [pages]);
    search.look(' ferry ');
    const first = await until(search, settled);
    expect(first).toMatchObject({ words: 'ferry', state: 'paused', lookedBackTo: 3_001 });
    expect(first.messages).toHaveLength(24);
    search.goOn();
    const last = await until(search, settled);
    expect(last).toMatchObject({ state: 'done', lookedBackTo: 1 });
    expect(last.messages.map(({ at }) => at)).toEqual(
      last.messages.map(({ at }) => at).toSorted((one, other) => other - one),
    );
    expect(pages.read).toBe(6);
  });

  it('looks on by itself where nothing is found', async () => {
    const search = new MessageSearch(() => [history(5, 0)]);
    search.look('ferry');
    expect(await until(search, settled)).toMatchObject({ state: 'done', messages: [], lookedBackTo: 1 });
  });

  it('can be stopped, and is taken up where it was', async () => {
    const pages = history(4, 1);
    const search = new MessageSearch(() => [pages]);
    search.look('ferry');
    await until(search, ({ messages }) => messages.length > 0);
    search.stop();
    expect(search.found.get().state).toBe('paused');
    search.goOn();
    const found = await until(search, ({ state }) => state === 'done');
    expect(new Set(found.messages.map(({ key }) => key)).size).toBe(4);
  });

  it('says that it failed, keeps what was found, and tries again', async () => {
    const pages = history(2, 1);
    let fails = true;
    const broken: Pages = {
      next: () => {
        if (pages.read === 1 && fails) return Promise.reject(new Error('no connection'));
        return pages.next();
      },
    };
    const search = new MessageSearch(() => [broken]);
    search.look('ferry');
    const failed = await until(search, settled);
    expect(failed.state).toBe('error');
    expect(failed.messages).toHaveLength(1);
    fails = false;
    search.goOn();
    expect((await until(search, ({ state }) => state === 'done')).messages).toHaveLength(2);
  });

  it('answers the newest question alone', async () => {
    const slow = Promise.withResolvers<Page>();
    const search = new MessageSearch((words) => (words === 'old' ? [{ next: () => slow.promise }] : [history(1, 1)]));
    search.look('old');
    search.goOn();
    search.look('new');
    slow.resolve({ found: [message(9)], isLast: true });
    const found = await until(search, settled);
    expect(found).toMatchObject({ words: 'new', state: 'done' });
    expect(found.messages.map(({ at }) => at)).toEqual([1_000]);
    search.look('');
    expect(search.found.get()).toMatchObject({ state: 'none', messages: [] });
  });
});
