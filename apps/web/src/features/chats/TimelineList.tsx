import type { TimelineItem } from '@byline/client/timeline/items.ts';
import { MessageCircle } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { VirtualizerHandle } from 'virtua';
import { EmptyState } from '../../ui/feedback/EmptyState.tsx';
import { VirtualList } from '../../ui/lists/VirtualList.tsx';
import { useObservable } from '../session/useObservable.ts';
import { DayDivider, UnreadDivider } from './Dividers.tsx';
import { JumpToNewest } from './JumpToNewest.tsx';
import { LatestSaid } from './LatestSaid.tsx';
import { MessageRow } from './MessageRow.tsx';
import { NoticeLine } from './NoticeLine.tsx';
import { JumpContext } from './jump.tsx';
import { useAcknowledge } from './useAcknowledge.ts';
import { useConversation } from './conversation.tsx';
import styles from './TimelineList.module.css';

/** Long enough to find it with the eye, in milliseconds. */
const HIGHLIGHT = 1600;

/** A message that one has jumped to; an object of its own for each jump. */
interface Target {
  readonly key: string;
}

/** What is said, oldest first: it keeps its place when something arrives, and loads what is older when one comes near. */
export function TimelineList({
  label,
  title,
  at,
  onElsewhere,
  top,
}: {
  label: string;
  /** The name of the conversation. */
  title: string;
  /** A message that one comes to read. */
  at: string | undefined;
  /** Called when that isn't said here. */
  onElsewhere?: ((eventId: string) => void) | undefined;
  /** Above what is said, always in sight; it may jump to a message. */
  top?: ReactNode;
}) {
  const { t } = useTranslation('chats');
  const { strand, summary } = useConversation();
  const { timeline } = strand;
  const beginning = strand.threadId === null ? t('beginning') : t('threads.beginning');
  const { items, older, isComplete, isAtNewest } = useObservable(timeline.state);
  const list = useRef<VirtualizerHandle>(null);
  const [isAtEnd, setIsAtEnd] = useState(true);
  const [target, setTarget] = useState<Target>();
  useAcknowledge(timeline, isAtEnd && isAtNewest);

  useEffect(() => {
    if (target === undefined) return undefined;
    const index = timeline.state.get().items.findIndex(({ key }) => key === target.key);
    if (index !== -1) list.current?.scrollToIndex(index, { align: 'center' });
    const timer = setTimeout(() => setTarget(undefined), HIGHLIGHT);
    return () => clearTimeout(timer);
  }, [timeline, target]);

  const jumpTo = useCallback(
    async (eventId: string): Promise<void> => {
      const key = await timeline.goTo(eventId);
      if (key === undefined) onElsewhere?.(eventId);
      else setTarget({ key });
    },
    [timeline, onElsewhere],
  );
  useEffect(() => {
    if (at === undefined) return;
    const go = async (): Promise<void> => {
      const key = await timeline.goTo(at);
      if (key === undefined) onElsewhere?.(at);
      else setTarget({ key });
    };
    void go();
  }, [at, timeline, onElsewhere]);
  const onAtEnd = (is: boolean): void => {
    setIsAtEnd(is);
    timeline.atBottom(is);
    if (is) void timeline.loadNewer();
  };
  const toNewest = (): void => {
    timeline.goToNewest();
    list.current?.scrollToIndex(timeline.state.get().items.length - 1, { align: 'end' });
  };

  return (
    <JumpContext value={jumpTo}>
      <div className={styles.whole}>
        {top}
        <div className={styles.timeline}>
          <VirtualList
            ref={list}
            role="log"
            label={label}
            items={items}
            keyOf={({ key }) => key}
            state={older}
            from="bottom"
            follow={isAtNewest}
            onAtEnd={onAtEnd}
            onReachEnd={isComplete ? undefined : () => void timeline.loadOlder()}
            onTryAgain={() => void timeline.loadOlder()}
            empty={
              <EmptyState
                icon={<MessageCircle />}
                title={t('silence.title')}
                text={t('silence.text', { name: title })}
              />
            }
            end={isComplete ? beginning : undefined}
            skeleton={<div className={styles.skeleton} />}
          >
            {(item) => <Item item={item} isGroup={summary.kind === 'group'} isHighlighted={item.key === target?.key} />}
          </VirtualList>
          <JumpToNewest isShown={!isAtEnd || !isAtNewest} items={items} onJump={toNewest} />
          <LatestSaid items={items} />
        </div>
      </div>
    </JumpContext>
  );
}

function Item({ item, isGroup, isHighlighted }: { item: TimelineItem; isGroup: boolean; isHighlighted: boolean }) {
  if (item.kind === 'day') return <DayDivider at={item.at} />;
  if (item.kind === 'unread') return <UnreadDivider />;
  if (item.kind === 'notice') return <NoticeLine notice={item.notice} />;
  return <MessageRow {...{ isGroup, isHighlighted }} message={item.message} first={item.first} last={item.last} />;
}
