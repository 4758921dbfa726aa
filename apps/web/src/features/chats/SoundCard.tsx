import type { PostBody } from '@byline/client/posts/post-body.ts';
import type { Message } from '@byline/client/timeline/message.ts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { VoiceNotePlayer } from '../voice/VoiceNotePlayer.tsx';
import { chatPath } from './chatPath.ts';
import { useConversation } from './conversation.tsx';
import styles from './SoundCard.module.css';
import { useTalk } from './useTalk.ts';

/** A voice note, or another sound with its name. */
export function SoundCard({ message, content }: { message: Message; content: Extract<PostBody, { kind: 'sound' }> }) {
  const { t } = useTranslation('chats');
  const { media } = useTalk();
  const { conversation } = useConversation();
  const { key, sender, own } = message;
  const { url, sealed, length, peaks, isVoice, name } = content;
  const voice = own ? t('voiceOwn') : t('voiceOf', { name: sender.name });
  const title = isVoice ? voice : name;
  const href = chatPath(conversation.roomId);
  const note = useMemo(
    () => ({ key, title, href, length, peaks, load: () => media.blob(url, sealed) }),
    [key, title, href, length, peaks, media, url, sealed],
  );
  return (
    <div className={styles.sound}>
      {!isVoice && <p className={styles.name}>{name}</p>}
      <VoiceNotePlayer note={note} />
    </div>
  );
}
