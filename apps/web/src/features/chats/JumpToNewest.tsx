import type { TimelineItem } from '@byline/client/timeline/items.ts';
import { ArrowDown } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { UnreadBadge } from '../../ui/lists/Unread.tsx';
import styles from './JumpToNewest.module.css';

/** The way back to the present, with how many have come since one left it. */
export function JumpToNewest({
  isShown,
  items,
  onJump,
}: {
  isShown: boolean;
  items: readonly TimelineItem[];
  onJump: () => void;
}) {
  const { t } = useTranslation('chats');
  const [left, setLeft] = useState<string>();
  const last = items.at(-1)?.key;
  if (!isShown) {
    if (left !== last) setLeft(last);
    return null;
  }
  const since = items.slice(items.findIndex(({ key }) => key === left) + 1);
  const count = left === undefined ? 0 : since.filter((item) => item.kind === 'message' && !item.message.own).length;
  return (
    <button type="button" className={styles.jump} aria-label={t('toNewest')} onClick={onJump}>
      <ArrowDown aria-hidden="true" />
      {count > 0 && (
        <span className={styles.badge}>
          <UnreadBadge count={count} />
        </span>
      )}
    </button>
  );
}
