import type { Poll } from '@byline/client/polls/poll-content.ts';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/controls/Button.tsx';
import { Dialog } from '../../../ui/overlays/Dialog.tsx';
import { useConversation } from '../conversation.tsx';

/** Asks before a poll is ended for all. */
export function EndPollDialog({ pollId, poll, onClose }: { pollId: string; poll: Poll; onClose: () => void }) {
  const { t } = useTranslation('chats');
  const { conversation } = useConversation();
  const end = (): void => {
    conversation.polls.end(pollId, t('poll.endFallback', { question: poll.question }));
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('poll.endTitle')}
      description={t('poll.endText')}
      actions={
        <>
          <Button tone="quiet" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="strong" onClick={end}>
            {t('poll.endAction')}
          </Button>
        </>
      }
    />
  );
}
