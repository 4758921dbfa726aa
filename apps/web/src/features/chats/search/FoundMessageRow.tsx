import type { FoundMessage } from '@byline/client/search/found.ts';
import { useTranslation } from 'react-i18next';
import { ListRow } from '../../../ui/lists/ListRow.tsx';
import { RelativeTime } from '../../../ui/time/RelativeTime.tsx';
import { useAccount } from '../../session/session.tsx';
import { messagePath } from '../chatPath.ts';
import { Face } from '../Face.tsx';
import { MarkedText } from './MarkedText.tsx';

/** A message that was found: who said it, where and when. It leads to where it was said. */
export function FoundMessageRow({
  message,
  words,
  chat,
}: {
  message: FoundMessage;
  words: string;
  /** The name of its conversation, where that does not go without saying. */
  chat?: string | undefined;
}) {
  const { t } = useTranslation('chats');
  const { userId } = useAccount();
  const { sender, roomId, key, at, text } = message;
  const name = sender.id === userId ? t('you') : sender.name;
  return (
    <ListRow
      href={messagePath(roomId, key)}
      leading={<Face name={sender.name} id={sender.id} picture={sender.picture} />}
      title={chat === undefined ? name : t('search.from', { name, chat })}
      meta={<RelativeTime at={at} look="list" />}
      text={<MarkedText text={text} words={words} />}
    />
  );
}
