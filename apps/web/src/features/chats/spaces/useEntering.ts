import { useState } from 'react';
import { useToasts } from '../../../ui/overlays/Toast.tsx';
import { useProblemText } from '../../session/useProblemText.ts';

interface Entering {
  readonly pending: boolean;
  readonly run: (act: () => Promise<void>) => Promise<void>;
}

/** Does something that may fail; then it says so, and offers to try again. */
export function useEntering(): Entering {
  const toasts = useToasts();
  const problemText = useProblemText();
  const [pending, setPending] = useState(false);
  const run = async (act: () => Promise<void>): Promise<void> => {
    setPending(true);
    try {
      await act();
    } catch (error) {
      toasts.show({ message: problemText(error), tone: 'problem', tryAgain: () => void run(act) });
    }
    setPending(false);
  };
  return { pending, run };
}
