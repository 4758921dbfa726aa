import type { ConversationSummary } from '@byline/client/conversations/summary.ts';
import { BellOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { ListRow } from '../../ui/lists/ListRow.tsx';
import { UnreadBadge } from '../../ui/lists/Unread.tsx';
import { RelativeTime } from '../../ui/time/RelativeTime.tsx';
import { chatPath } from './chatPath.ts';
import styles from './ConversationRow.module.css';
import { Face } from './Face.tsx';
import { useWording } from './wording.ts';

/** A conversation in the list: with whom, what was said last and when, and what waits to be read. */
export function ConversationRow({ conversation, current }: { conversation: ConversationSummary; current: boolean }) {
  const { t } = useTranslation('chats');
  const wording = useWording();
  const { key, name, partner, picture, lastAt, unread, muted } = conversation;
  const title = wording.name(name);
  return (
    <ListRow
      href={chatPath(key)}
      current={current}
      unread={unread > 0 && !muted}
      leading={<Face name={title} id={partner ?? key} picture={picture} />}
      title={title}
      mark={
        muted && (
          <span className={styles.muted} role="img" aria-label={t('muted')} title={t('muted')}>
            <BellOff aria-hidden="true" />
          </span>
        )
      }
      meta={lastAt > 0 && <RelativeTime at={lastAt} look="list" />}
      text={<Line conversation={conversation} current={current} />}
      trailing={<UnreadBadge count={unread} muted={muted} />}
    />
  );
}

/** What is unfinished comes before what was said. */
function Line({ conversation, current }: { conversation: ConversationSummary; current: boolean }) {
  const { t } = useTranslation('chats');
  const wording = useWording();
  const { failed, draft, preview, kind } = conversation;
  if (failed) return <span className={styles.failed}>{t('list.failed')}</span>;
  if (draft !== undefined && !current) {
    return (
      <>
        <span className={styles.draft}>{t('list.draft')}</span> {draft}
      </>
    );
  }
  if (preview === undefined) return t('list.nothing');
  const text = wording.preview(preview, kind);
  return preview.content.kind === 'deleted' ? <span className={styles.quiet}>{text}</span> : text;
}
