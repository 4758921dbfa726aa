import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TIME_TO_UNDO, Undoable } from './undoable.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('Undoable', () => {
  it('hides at once and acts when the time is over', async () => {
    const undoable = new Undoable(() => undefined);
    const act = vi.fn<() => Promise<void>>(async () => undefined);
    undoable.begin('a', act);
    undoable.begin('a', act);
    expect([[...undoable.hidden.get()], act.mock.calls.length]).toEqual([['a'], 0]);
    await vi.advanceTimersByTimeAsync(TIME_TO_UNDO);
    expect([[...undoable.hidden.get()], act.mock.calls.length]).toEqual([['a'], 1]);
  });

  it('can be taken back until then', async () => {
    const undoable = new Undoable(() => undefined);
    const act = vi.fn<() => Promise<void>>(async () => undefined);
    undoable.begin('a', act);
    undoable.undo('a');
    await vi.advanceTimersByTimeAsync(TIME_TO_UNDO * 2);
    expect([undoable.hidden.get().size, act.mock.calls.length]).toEqual([0, 0]);
  });

  it('acts at once when the page is left', () => {
    const undoable = new Undoable(() => undefined);
    const act = vi.fn<() => Promise<void>>(async () => undefined);
    undoable.begin('a', act);
    undoable.flush();
    expect(act).toHaveBeenCalledTimes(1);
  });

  it('shows again what could not be done, and says why', async () => {
    const failed = vi.fn<(error: unknown) => void>();
    const undoable = new Undoable(failed);
    undoable.begin('a', () => Promise.reject(new Error('away')));
    await vi.advanceTimersByTimeAsync(TIME_TO_UNDO);
    expect([undoable.hidden.get().size, failed.mock.calls]).toEqual([0, [[new Error('away')]]]);
  });
});
