import { describe, expect, it, vi } from 'vitest';
import { Source, derived, once } from './observable.ts';

describe('Source', () => {
  it('tells its listeners of a change, and of nothing else', () => {
    const source = new Source(1);
    const heard = vi.fn<() => void>();
    const end = source.subscribe(heard);
    source.set(1);
    expect(heard).not.toHaveBeenCalled();
    source.set(2);
    expect([source.get(), heard.mock.calls.length]).toEqual([2, 1]);
    end();
    source.set(3);
    expect(heard).toHaveBeenCalledTimes(1);
  });

  it('knows whether anybody listens', () => {
    const unwatch = vi.fn<() => void>();
    const watch = vi.fn<() => () => void>(() => unwatch);
    const source = new Source(1, watch);
    const ends = [source.subscribe(() => undefined), source.subscribe(() => undefined)];
    expect(watch).toHaveBeenCalledTimes(1);
    ends[0]?.();
    ends[0]?.();
    expect(unwatch).not.toHaveBeenCalled();
    ends[1]?.();
    expect(unwatch).toHaveBeenCalledTimes(1);
  });
});

describe('derived', () => {
  it('is computed again only when a source changed, so that its reference stays', () => {
    const left = new Source(1);
    const right = new Source(2);
    const sum = derived([left, right], () => ({ sum: left.get() + right.get() }));
    const first = sum.get();
    expect(sum.get()).toBe(first);
    right.set(5);
    expect(sum.get()).toEqual({ sum: 6 });
  });
});

describe('once', () => {
  it('resolves with the first value that passes', async () => {
    const source = new Source(1);
    const large = once(source, (value) => value > 5);
    source.set(4);
    source.set(7);
    source.set(9);
    expect(await large).toBe(7);
    expect(await once(source, (value) => value > 5)).toBe(9);
  });
});
