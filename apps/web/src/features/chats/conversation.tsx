import type { ConversationSummary } from '@byline/client/conversations/summary.ts';
import type { Conversation } from '@byline/client/talk/conversation.ts';
import { createContext, use } from 'react';

interface Open {
  readonly conversation: Conversation;
  readonly summary: ConversationSummary;
}

export const ConversationContext = createContext<Open | undefined>(undefined);

/** The conversation around a component. */
export function useConversation(): Open {
  const open = use(ConversationContext);
  if (!open) throw new Error('there is no conversation around this');
  return open;
}
