import type { Notice } from '@byline/client/messages/notice.ts';
import { useTranslation } from 'react-i18next';
import { useConversation } from './conversation.tsx';
import styles from './NoticeLine.module.css';
import { useWording } from './wording.ts';

/** Something that happened to the conversation, in a quiet line. */
export function NoticeLine({ notice }: { notice: Notice }) {
  const { t } = useTranslation('chats');
  const wording = useWording();
  const { conversation } = useConversation();
  const nameOf = (userId: string): string => conversation.person(userId).name;
  const names = {
    ...('who' in notice && { who: nameOf(notice.who) }),
    ...('name' in notice && { name: notice.name }),
    ...('whom' in notice && { whom: wording.list([notice.whom].flat().map(nameOf)) }),
  };
  return <p className={styles.notice}>{t(`notice.${notice.kind}`, names)}</p>;
}
