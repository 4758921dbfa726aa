import { createContext, useContext, useEffect, useState } from 'react';

/** The time, in milliseconds since 1970. Tests and the gallery give their own. */
export const ClockContext = createContext<() => number>(() => Date.now());

/** The time now, looked at again every `everyMs`. */
export function useNow(everyMs = 30_000): number {
  const clock = useContext(ClockContext);
  const [now, setNow] = useState(clock);
  useEffect(() => {
    const timer = setInterval(() => setNow(clock()), everyMs);
    return () => clearInterval(timer);
  }, [clock, everyMs]);
  return now;
}
