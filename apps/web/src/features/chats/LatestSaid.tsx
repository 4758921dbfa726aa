import type { TimelineItem } from '@byline/client/timeline/items.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Hidden } from '../../ui/style/Hidden.tsx';
import { useWording } from './wording.ts';

/** Says aloud what arrives while one listens; not what was there before. */
export function LatestSaid({ items }: { items: readonly TimelineItem[] }) {
  const { t } = useTranslation('chats');
  const wording = useWording();
  const last = items.findLast((item) => item.kind === 'message')?.message;
  const [heard, setHeard] = useState({ key: last?.key, said: '' });
  if (last !== undefined && last.key !== heard.key) {
    const said = last.own ? '' : t('preview.from', { name: last.sender.name, said: wording.line(last.content) });
    setHeard({ key: last.key, said });
  }
  return (
    <Hidden>
      <span role="status">{heard.said}</span>
    </Hidden>
  );
}
