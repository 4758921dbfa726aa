import type { Trust } from '@byline/client/crypto/trust.ts';
import type { SignedIn } from '@byline/client/session/signed-in.ts';
import { use, useEffect, useState } from 'react';
import { useAccount } from '../session/session.tsx';

const all = new WeakMap<SignedIn, Promise<Trust | undefined>>();

async function startTrust(account: SignedIn): Promise<Trust | undefined> {
  const { Trust } = await import('@byline/client/crypto/trust.ts');
  return Trust.of(account);
}

function trustOf(account: SignedIn): Promise<Trust | undefined> {
  const known = all.get(account);
  if (known) return known;
  const trust = startTrust(account);
  all.set(account, trust);
  // A failure is shown; trying again begins anew.
  trust.catch(() => all.delete(account));
  return trust;
}

/**
 * What the person and their devices know of each other; waits until it is there, and as long as another tab is at work.
 * `undefined` where the browser keeps no keys.
 */
export const useTrust = (): Trust | undefined => use(trustOf(useAccount()));

interface Awaited {
  /** Whether it is known: without one then, this browser keeps no keys. */
  readonly isKnown: boolean;
  readonly trust: Trust | undefined;
}

const NOT_YET: Awaited = { isKnown: false, trust: undefined };

/** The same for what can be shown while one waits for it. */
export function useTrustWhenThere(): Awaited {
  const account = useAccount();
  const [state, setState] = useState(NOT_YET);
  useEffect(() => {
    let isShown = true;
    const wait = async (): Promise<void> => {
      const trust = await trustOf(account);
      if (isShown) setState({ isKnown: true, trust });
    };
    // What would be shown with it is missing, and nothing else.
    wait().catch(() => undefined);
    return () => {
      isShown = false;
    };
  }, [account]);
  return state;
}
