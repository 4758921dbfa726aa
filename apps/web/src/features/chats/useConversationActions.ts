import type { ConversationSummary } from '@byline/client/conversations/summary.ts';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useToasts } from '../../ui/overlays/Toast.tsx';
import { useProblemText } from '../session/useProblemText.ts';
import { useTalk } from './useTalk.ts';
import { useWording } from './wording.ts';

/** What may be done with a whole conversation, and what is said of it. */
export function useConversationActions(summary: ConversationSummary) {
  const { t } = useTranslation('chats');
  const { conversations } = useTalk();
  const wording = useWording();
  const toasts = useToasts();
  const problemText = useProblemText();
  const [, navigate] = useLocation();
  const name = wording.name(summary.name);

  const setMuted = (muted: boolean): void => {
    conversations.setMuted(summary.key, muted).then(
      () => toasts.show({ message: muted ? t('mute.done', { name }) : t('mute.undone', { name }) }),
      (error: unknown) =>
        toasts.show({ message: problemText(error), tone: 'problem', tryAgain: () => setMuted(muted) }),
    );
  };
  const leave = (): void => {
    conversations.leave(summary.key);
    navigate('/chats', { replace: true });
    toasts.show({ message: t('leave.done', { name }), undo: () => conversations.undoLeave(summary.key) });
  };
  return { setMuted, leave };
}
