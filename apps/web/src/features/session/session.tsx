import type { Session, SessionState } from '@byline/client/session/session.ts';
import type { SignedIn } from '@byline/client/session/signed-in.ts';
import { createContext, use } from 'react';
import { useObservable } from './useObservable.ts';

export const SessionContext = createContext<Session | undefined>(undefined);

/** To sign in, up and out. */
export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error('there is no session around this');
  return session;
}

export const useSessionState = (): SessionState => useObservable(useSession().state);

/** Who is signed in. Only for screens that nobody else sees: the places are such. */
export function useAccount(): SignedIn {
  const state = useSessionState();
  if (state.status !== 'signed-in') throw new Error('nobody is signed in');
  return state.account;
}

/** Whether there is a desk for the person: they have a role at this provider. False until it is known. */
export function useIsStaff(): boolean {
  const { value } = useObservable(useAccount().me);
  return value !== undefined && value.roles.length > 0;
}
