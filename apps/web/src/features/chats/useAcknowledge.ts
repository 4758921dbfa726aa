import type { Timeline } from '@byline/client/timeline/timeline.ts';
import { useEffect } from 'react';

/** Tells the others that one has read, when the newest is in sight of somebody who looks. */
export function useAcknowledge(timeline: Timeline, isInSight: boolean): void {
  useEffect(() => {
    if (!isInSight) return undefined;
    const acknowledge = (): void => {
      if (document.visibilityState !== 'visible' || !document.hasFocus()) return;
      // When it could not be told, the next message or look tells it.
      timeline.acknowledge().catch(() => undefined);
    };
    acknowledge();
    const gone = new AbortController();
    addEventListener('focus', acknowledge, { signal: gone.signal });
    document.addEventListener('visibilitychange', acknowledge, { signal: gone.signal });
    const end = timeline.state.subscribe(acknowledge);
    return () => {
      gone.abort();
      end();
    };
  }, [timeline, isInSight]);
}
