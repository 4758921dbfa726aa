import { sendableOf } from '@byline/client/composer/attachment.ts';
import { getMediaConfig } from '@byline/protocol/matrix/media.ts';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useToasts } from '../../ui/overlays/Toast.tsx';
import { useFormats } from '../../ui/time/formats.ts';
import { useAccount } from '../session/session.tsx';
import { useProblemText } from '../session/useProblemText.ts';
import { useConversation } from './conversation.tsx';

/** Sends files into the conversation, in their order. One that is too large is named and left out. */
export function useSendFiles(): (files: Iterable<File>) => void {
  const { t } = useTranslation('chats');
  const toasts = useToasts();
  const { fileSize } = useFormats();
  const problemText = useProblemText();
  const { api } = useAccount();
  const { outbox, composer } = useConversation().strand;

  const sendAll = useCallback(
    async (files: readonly File[]): Promise<void> => {
      const answered = composer.takeAnswered();
      const { 'm.upload.size': limit } = await api.call(getMediaConfig);
      for (const [index, file] of files.entries()) {
        const sendable = await sendableOf(file);
        if (sendable.file.size <= limit) outbox.send(sendable, index === 0 ? answered : undefined);
        else
          toasts.show({ message: t('upload.tooLarge', { name: file.name, limit: fileSize(limit) }), tone: 'problem' });
      }
    },
    [api, composer, outbox, toasts, t, fileSize],
  );
  return useCallback(
    (files) => {
      const chosen = [...files];
      sendAll(chosen).catch((error: unknown) => {
        toasts.show({ message: problemText(error), tone: 'problem', tryAgain: () => void sendAll(chosen) });
      });
    },
    [sendAll, toasts, problemText],
  );
}
