import type { Message } from '@byline/client/timeline/message.ts';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../ui/time/formats.ts';
import { useConversation } from './conversation.tsx';
import { Face } from './Face.tsx';
import { MessageBody } from './MessageBody.tsx';
import { MessageMeta } from './MessageMeta.tsx';
import styles from './MessageRow.module.css';
import { MessageSheet } from './MessageSheet.tsx';
import { MessageTools } from './MessageTools.tsx';
import { QuoteBlock } from './QuoteBlock.tsx';
import { ReactionChips } from './ReactionChips.tsx';
import { ThreadLine } from './threads/ThreadLine.tsx';
import { useLongPress } from './useLongPress.ts';

export interface MessageRowProps {
  readonly message: Message;
  readonly first: boolean;
  readonly last: boolean;
  readonly isGroup: boolean;
  readonly isHighlighted: boolean;
}

/** One message in its place: whose it is by its side and colour, what may be done with it beside it. */
export const MessageRow = memo(function MessageRow({ message, first, last, isGroup, isHighlighted }: MessageRowProps) {
  const { t } = useTranslation('chats');
  const formats = useFormats();
  const [isSheetOpen, setIsSheetOpen] = useState(false);
  const [isNear, setIsNear] = useState(false);
  const longPress = useLongPress(() => setIsSheetOpen(true));
  const { own, sender, content, quote, reactions, thread } = message;
  const isBare = content.kind === 'text' && content.large === true && quote === undefined;
  const isFramed = content.kind === 'picture' && quote === undefined;
  return (
    <div
      className={styles.row}
      role="group"
      aria-label={t('messageOf', { name: own ? t('you') : sender.name, time: formats.time(message.at) })}
      data-own={own || undefined}
      data-first={first || undefined}
      data-last={last || undefined}
      data-highlighted={isHighlighted || undefined}
      onPointerEnter={(event) => setIsNear(event.pointerType === 'mouse')}
      onPointerLeave={() => setIsNear(false)}
    >
      {isGroup && !own && <span className={styles.face}>{last && <Sender message={message} />}</span>}
      <div className={styles.column}>
        {isGroup && !own && first && <p className={styles.sender}>{sender.name}</p>}
        <div className={styles.line}>
          <div
            className={styles.bubble}
            data-bare={isBare || undefined}
            data-framed={isFramed || undefined}
            data-quiet={content.kind === 'deleted' || content.kind === 'locked' || undefined}
            {...longPress}
          >
            {quote && <QuoteBlock quote={quote} />}
            <div className={styles.said}>
              <MessageBody message={message} />
              <MessageMeta message={message} isLast={last} isOver={isFramed && content.caption === undefined} />
            </div>
          </div>
          <MessageTools message={message} isNear={isNear} />
        </div>
        {reactions.length > 0 && <ReactionChips message={message} />}
        {thread && <ThreadLine threadId={message.id} thread={thread} />}
      </div>
      {isSheetOpen && <MessageSheet message={message} onClose={() => setIsSheetOpen(false)} />}
    </div>
  );
});

function Sender({ message: { sender } }: { message: Message }) {
  const { conversation } = useConversation();
  const { id, name, picture } = conversation.person(sender.id);
  return <Face name={name} id={id} picture={picture} size={32} />;
}
