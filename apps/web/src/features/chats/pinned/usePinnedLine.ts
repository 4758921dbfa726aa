import type { PinnedMessage } from '@byline/client/pinned/pinned.ts';
import { useTranslation } from 'react-i18next';
import { useWording } from '../wording.ts';

/** One line of what a pinned message shows, or why it shows nothing. */
export function usePinnedLine(): (message: PinnedMessage) => string {
  const { t } = useTranslation('chats');
  const wording = useWording();
  return ({ state, content }) => {
    if (state === 'loading') return t('pinned.loading');
    if (state === 'error') return t('pinned.failed');
    return content === undefined ? t('pinned.missing') : wording.line(content);
  };
}
