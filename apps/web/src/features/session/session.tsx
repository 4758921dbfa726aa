import { createContext, useContext } from 'react';

/** What the screens must know of who is using them. */
export interface Session {
  /** Has a role at this provider, so there is a desk. */
  readonly isStaff: boolean;
}

export const SessionContext = createContext<Session>({ isStaff: false });

export const useSession = (): Session => useContext(SessionContext);
