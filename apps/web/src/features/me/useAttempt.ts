import { useRef, useState } from 'react';

/** Something that a person asked for: under way, and what went wrong the last time. */
export interface Attempt {
  readonly pending: boolean;
  /** `undefined` when nothing did. */
  readonly problem: unknown;
  /** Does it, unless it is under way. True when it was done. */
  readonly run: (act: () => Promise<void>) => Promise<boolean>;
  readonly forget: () => void;
}

export function useAttempt(): Attempt {
  const isRunning = useRef(false);
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  return {
    pending,
    problem,
    forget: () => setProblem(undefined),
    run: async (act) => {
      if (isRunning.current) return false;
      isRunning.current = true;
      setPending(true);
      setProblem(undefined);
      try {
        await act();
        return true;
      } catch (error) {
        setProblem(error);
        return false;
      } finally {
        isRunning.current = false;
        setPending(false);
      }
    },
  };
}
