import { Smile } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/controls/IconButton.tsx';
import { Skeleton } from '../../ui/feedback/Skeleton.tsx';
import { Popover } from '../../ui/overlays/Popover.tsx';

const EmojiPicker = lazy(async () => ({ default: (await import('../../ui/emoji/EmojiPicker.tsx')).EmojiPicker }));

/** All emoji, to be put where one is writing. It stays open for more than one. */
export function EmojiButton({ onPick }: { onPick: (emoji: string) => void }) {
  const { t } = useTranslation('chats');
  return (
    <Popover
      side="top"
      align="end"
      trigger={<IconButton label={t('composer.emoji')} icon={<Smile />} tooltip={false} />}
    >
      <Suspense fallback={<Skeleton width="320px" height="360px" />}>
        <EmojiPicker onPick={onPick} />
      </Suspense>
    </Popover>
  );
}
