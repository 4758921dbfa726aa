import { useTranslation } from 'react-i18next';
import { useToasts } from '../../../ui/overlays/Toast.tsx';
import { useObservable } from '../../session/useObservable.ts';
import { useProblemText } from '../../session/useProblemText.ts';
import { useConversation } from '../conversation.tsx';

interface Pin {
  readonly mayPin: boolean;
  readonly isPinned: boolean;
  readonly toggle: () => void;
}

/** Pins a message for all, or takes it down; either can be undone, and tried again. */
export function usePin(eventId: string): Pin {
  const { t } = useTranslation('chats');
  const { conversation } = useConversation();
  const { pinned } = conversation;
  const { mayPin } = useObservable(conversation.rights);
  const isPinned = useObservable(pinned.list).some(({ key }) => key === eventId);
  const toasts = useToasts();
  const problemText = useProblemText();

  const attempt = async (act: () => Promise<void>): Promise<void> => {
    try {
      await act();
    } catch (error) {
      toasts.show({ message: problemText(error), tone: 'problem', tryAgain: () => void attempt(act) });
    }
  };
  const pin = async (): Promise<void> => {
    await pinned.pin(eventId);
    const undo = async (): Promise<void> => void (await pinned.unpin(eventId));
    toasts.show({ message: t('pinned.done'), undo: () => void attempt(undo) });
  };
  const unpin = async (): Promise<void> => {
    const at = await pinned.unpin(eventId);
    toasts.show({ message: t('pinned.undone'), undo: () => void attempt(() => pinned.pin(eventId, at)) });
  };
  return { mayPin, isPinned, toggle: () => void attempt(isPinned ? unpin : pin) };
}
