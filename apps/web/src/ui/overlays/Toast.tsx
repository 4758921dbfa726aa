import { Suspense, createContext, lazy, use, useMemo, useState, useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';

export interface ToastNotice {
  readonly message: string;
  /** `problem` stays until it is answered or closed. */
  readonly tone?: 'problem' | undefined;
  /** Offers to take back what was just done. */
  readonly undo?: (() => void) | undefined;
  /** Offers to do again what failed. */
  readonly tryAgain?: (() => void) | undefined;
}

export interface Toasts {
  /** Tells what was done or failed, without asking for an answer. Several may stand at once. */
  readonly show: (notice: ToastNotice) => void;
}

/** Notices on their way to the stack that shows them, in order. */
export interface Outbox {
  readonly add: (notice: ToastNotice) => void;
  /** Everything that waits; it is then no longer here. */
  readonly take: () => readonly ToastNotice[];
  readonly hasAny: () => boolean;
  readonly subscribe: (listener: () => void) => () => void;
}

function createOutbox(): Outbox {
  const listeners = new Set<() => void>();
  let waiting: readonly ToastNotice[] = [];
  let any = false;
  return {
    add: (notice) => {
      waiting = [...waiting, notice];
      any = true;
      for (const listener of listeners) listener();
    },
    take: () => {
      const taken = waiting;
      waiting = [];
      return taken;
    },
    hasAny: () => any,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const OutboxContext = createContext<Outbox | undefined>(undefined);

const ToastStack = lazy(() => import('./ToastStack.tsx'));

/** Stands once around the app: holds the notices and shows them, above everything. What shows them is fetched with the first. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [outbox] = useState(createOutbox);
  const needed = useSyncExternalStore(outbox.subscribe, outbox.hasAny);
  return (
    <OutboxContext value={outbox}>
      {children}
      {needed && (
        <Suspense fallback={null}>
          <ToastStack outbox={outbox} />
        </Suspense>
      )}
    </OutboxContext>
  );
}

/** To tell what was done or failed. */
export function useToasts(): Toasts {
  const outbox = use(OutboxContext);
  if (!outbox) throw new Error('useToasts needs a ToastProvider around it');
  return useMemo(() => ({ show: outbox.add }), [outbox]);
}
