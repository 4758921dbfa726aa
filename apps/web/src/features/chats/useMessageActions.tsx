import type { Message } from '@byline/client/timeline/message.ts';
import { Copy, MessagesSquare, Pencil, Pin, PinOff, Reply, RotateCw, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { CameFrom } from '../../ui/layout/navigation.ts';
import type { MenuItem } from '../../ui/overlays/Menu.tsx';
import { useToasts } from '../../ui/overlays/Toast.tsx';
import { useObservable } from '../session/useObservable.ts';
import { useProblemText } from '../session/useProblemText.ts';
import { threadPath } from './chatPath.ts';
import { useConversation } from './conversation.tsx';
import { usePin } from './pinned/usePin.ts';

export interface MessageActions {
  /** Empty for what nothing can be done with. */
  readonly items: readonly MenuItem[];
  readonly mayReact: boolean;
  readonly react: (emoji: string) => void;
  readonly answer: () => void;
}

/** What a person may do with a message. */
export function useMessageActions(message: Message): MessageActions {
  const { t } = useTranslation(['chats', 'ui']);
  const toasts = useToasts();
  const problemText = useProblemText();
  const { conversation, strand } = useConversation();
  const [location, navigate] = useLocation();
  const { content, state, mayEdit, mayDelete } = message;
  const isSettled = state !== 'sending' && state !== 'failed';
  const isThere = content.kind !== 'deleted';
  const { maySpeak } = useObservable(conversation.rights);
  const mayAnswer = isSettled && isThere && maySpeak;

  const pin = usePin(message.id);

  const react = (emoji: string): void => {
    strand.react(message, emoji).catch((error: unknown) => {
      toasts.show({ message: problemText(error), tone: 'problem', tryAgain: () => react(emoji) });
    });
  };
  const answer = (): void => strand.composer.answer(message);
  const openThread = (): void => {
    const here: CameFrom = { from: location };
    navigate(threadPath(conversation.roomId, message.id), { state: here });
  };
  const remove = (): void => {
    strand.delete(message);
    if (!isSettled) return;
    toasts.show({ message: t('deleted.done'), undo: () => strand.undoDelete(message) });
  };
  const copy = async (text: string): Promise<void> => {
    await navigator.clipboard.writeText(text);
    toasts.show({ message: t('copied') });
  };

  const items: (MenuItem | false)[] = [
    mayAnswer && { key: 'answer', label: t('action.answer'), icon: <Reply />, onSelect: answer },
    mayAnswer &&
      strand.threadId === null && {
        key: 'thread',
        label: t('action.thread'),
        icon: <MessagesSquare />,
        onSelect: openThread,
      },
    state === 'failed' && {
      key: 'retry',
      label: t('ui:tryAgain'),
      icon: <RotateCw />,
      onSelect: () => strand.retry(message),
    },
    mayEdit && {
      key: 'edit',
      label: t('action.edit'),
      icon: <Pencil />,
      onSelect: () => strand.composer.edit(message),
    },
    isSettled &&
      pin.mayPin &&
      (isThere || pin.isPinned) && {
        key: 'pin',
        label: pin.isPinned ? t('pinned.unpin') : t('pinned.pin'),
        icon: pin.isPinned ? <PinOff /> : <Pin />,
        onSelect: pin.toggle,
      },
    content.kind === 'text' && {
      key: 'copy',
      label: t('action.copy'),
      icon: <Copy />,
      onSelect: () => void copy(content.plain),
    },
    mayDelete && {
      key: 'delete',
      label: isSettled ? t('action.delete') : t('action.discard'),
      icon: <Trash2 />,
      tone: 'danger',
      onSelect: remove,
    },
  ];
  return {
    items: items.filter((item) => item !== false),
    mayReact: mayAnswer && content.kind !== 'locked',
    react,
    answer,
  };
}
