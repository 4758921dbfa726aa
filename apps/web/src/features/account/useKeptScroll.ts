import { useLayoutEffect } from 'react';
import type { RefObject } from 'react';

const places = new Map<string, number>();

/**
 * Keeps where one was in something that scrolls, for when one comes back to it.
 * @param inside anything inside of what scrolls
 * @param isThere whether what is shown is long enough by now to go back to that place
 */
export function useKeptScroll(key: string, inside: RefObject<HTMLElement | null>, isThere: boolean): void {
  useLayoutEffect(() => {
    const scroller = scrollerOf(inside.current);
    if (!isThere || scroller === undefined) return undefined;
    scroller.scrollTop = places.get(key) ?? 0;
    const keep = (): void => void places.set(key, scroller.scrollTop);
    scroller.addEventListener('scroll', keep, { passive: true });
    return () => scroller.removeEventListener('scroll', keep);
  }, [key, inside, isThere]);
}

function scrollerOf(element: HTMLElement | null): HTMLElement | undefined {
  for (let each = element?.parentElement; each; each = each.parentElement) {
    if (['auto', 'scroll'].includes(getComputedStyle(each).overflowY)) return each;
  }
  return undefined;
}
