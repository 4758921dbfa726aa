import type { ReactNode } from 'react';
import { Redirect, useLocation } from 'wouter';
import { useSessionState } from './session.tsx';
import { signInPath } from './where.ts';

/** Lets those in who are signed in; others come to the door, and from there to where they wanted to go. */
export function SessionGate({ children }: { children: ReactNode }) {
  const state = useSessionState();
  const [location] = useLocation();
  if (state.status === 'signed-in') return children;
  return <Redirect to={signInPath(location)} replace />;
}
