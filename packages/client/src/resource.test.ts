import { describe, expect, it } from 'vitest';
import { Resource } from './resource.ts';

describe('Resource', () => {
  it('is fetched when somebody first watches it, once', async () => {
    let fetched = 0;
    const resource = new Resource(async () => (fetched += 1));
    expect([resource.get(), fetched]).toEqual([{ state: 'loading' }, 0]);
    const changed = new Promise<void>((resolve) => {
      resource.subscribe(resolve);
    });
    resource.subscribe(() => undefined);
    await changed;
    expect([resource.get(), fetched]).toEqual([{ state: 'ready', value: 1 }, 1]);
  });

  it('keeps what was there while it is fetched again, also when that fails', async () => {
    const answers: (() => number)[] = [
      () => 1,
      () => {
        throw new Error('away');
      },
    ];
    const resource = new Resource(async () => answers.shift()?.() ?? 0);
    await resource.reload();
    const again = resource.reload();
    expect(resource.get()).toEqual({ state: 'loading', value: 1 });
    expect(await again).toEqual({ state: 'failed', value: 1, error: new Error('away') });
  });

  it('lets the newest word win', async () => {
    const answer = Promise.withResolvers<string>();
    const resource = new Resource(() => answer.promise);
    const slow = resource.reload();
    resource.set('known');
    answer.resolve('late');
    await slow;
    expect(resource.get()).toEqual({ state: 'ready', value: 'known' });
  });
});
