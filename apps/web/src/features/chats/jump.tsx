import { createContext, use } from 'react';

export const JumpContext = createContext<(eventId: string) => Promise<void>>(async () => undefined);

/** Goes to a message of the conversation, wherever it is. */
export const useJump = (): ((eventId: string) => Promise<void>) => use(JumpContext);
