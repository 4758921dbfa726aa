import type { ConversationSummary } from '@byline/client/conversations/summary.ts';
import type { Conversation } from '@byline/client/talk/conversation.ts';
import type { Strand } from '@byline/client/talk/strand.ts';
import { createContext, use } from 'react';

interface Open {
  readonly conversation: Conversation;
  readonly summary: ConversationSummary;
  /** Where in it one reads and writes: its main timeline, or a thread. */
  readonly strand: Strand;
}

export const ConversationContext = createContext<Open | undefined>(undefined);

/** The conversation around a component. */
export function useConversation(): Open {
  const open = use(ConversationContext);
  if (!open) throw new Error('there is no conversation around this');
  return open;
}
