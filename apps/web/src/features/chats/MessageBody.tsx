import type { Content } from '@byline/client/messages/content.ts';
import type { Message, Person } from '@byline/client/timeline/message.ts';
import { Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { SafeHtml } from '../../ui/text/SafeHtml.tsx';
import { LockedMessage } from '../trust/LockedMessage.tsx';
import { FileCard } from './FileCard.tsx';
import { LinkedText } from './LinkedText.tsx';
import styles from './MessageBody.module.css';
import { PictureCard } from './PictureCard.tsx';
import { PollCard } from './polls/PollCard.tsx';
import { SoundCard } from './SoundCard.tsx';

/** What a message shows, by its kind. */
export function MessageBody({ message }: { message: Message }) {
  const { t } = useTranslation('chats');
  const { content } = message;
  if (content.kind === 'picture') return <PictureCard message={message} content={content} />;
  if (content.kind === 'sound') return <SoundCard message={message} content={content} />;
  if (content.kind === 'file') return <FileCard content={content} progress={message.progress} />;
  if (content.kind === 'poll') return <PollCard message={message} poll={content.poll} />;
  if (content.kind === 'text') return <Words content={content} sender={message.sender} />;
  if (content.kind === 'locked') return <LockedMessage why={content.why} />;
  return (
    <p className={styles.quiet}>
      <Trash2 aria-hidden="true" />
      {t('kind.deleted')}
    </p>
  );
}

function Words({ content, sender }: { content: Extract<Content, { kind: 'text' }>; sender: Person }) {
  if (content.large) return <p className={styles.large}>{content.plain}</p>;
  if (content.html !== undefined) {
    return (
      <div className={styles.text}>
        <SafeHtml html={content.html} />
      </div>
    );
  }
  return (
    <p className={styles.text} data-emote={content.emote}>
      {content.emote && `${sender.name} `}
      <LinkedText text={content.plain} />
    </p>
  );
}
