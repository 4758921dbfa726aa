import { FileText } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../src/ui/controls/Button.tsx';
import { EmptyState } from '../src/ui/feedback/EmptyState.tsx';
import { SendState } from '../src/ui/feedback/SendState.tsx';
import { Avatar } from '../src/ui/identity/Avatar.tsx';
import { LockMark } from '../src/ui/identity/LockMark.tsx';
import { Seal } from '../src/ui/identity/Seal.tsx';
import { ListRow } from '../src/ui/lists/ListRow.tsx';
import { UnreadBadge, UnreadDot } from '../src/ui/lists/Unread.tsx';
import { VirtualList } from '../src/ui/lists/VirtualList.tsx';
import { useWorld } from '../src/ui/style/World.tsx';
import { RelativeTime } from '../src/ui/time/RelativeTime.tsx';
import { DAY, HOUR, MINUTE, NOW, useSamples } from './samples.ts';
import styles from './gallery.module.css';

const AGES = [2 * MINUTE, 3 * HOUR, DAY, 3 * DAY, 20 * DAY, 400 * DAY, 5 * DAY, 6 * DAY] as const;
const at = (index: number): number => NOW - (AGES[index % AGES.length] ?? 0);
const key = (name: string): string => name;

export function Lists() {
  const world = useWorld();
  const texts = useSamples();
  const [failed, setFailed] = useState(true);
  const empty = (
    <EmptyState
      icon={<FileText />}
      title={texts.empty[0]}
      text={texts.empty[1]}
      action={<Button>{texts.empty[2]}</Button>}
    />
  );
  const none: readonly string[] = [];
  return (
    <>
      <div className={styles.list}>{world === 'ink' ? <Chats /> : <Accounts />}</div>
      <div className={`${styles.list} ${styles.short}`}>
        <VirtualList label={texts.sections.lists} items={none} keyOf={key} state="ready" empty={empty}>
          {key}
        </VirtualList>
      </div>
      <div className={`${styles.list} ${styles.short}`}>
        <VirtualList label={texts.sections.lists} items={none} keyOf={key} state="loading" empty={empty}>
          {key}
        </VirtualList>
      </div>
      <div className={styles.list}>
        <VirtualList
          label={texts.sections.lists}
          items={none}
          keyOf={key}
          state={failed ? 'error' : 'ready'}
          onTryAgain={() => setFailed(false)}
          empty={empty}
        >
          {key}
        </VirtualList>
      </div>
    </>
  );
}

function Chats() {
  const { people, message, you, sections } = useSamples();
  return (
    <VirtualList label={sections.lists} items={people} keyOf={key} state="more" empty={null}>
      {(name, index) => (
        <ListRow
          href={`/gallery?chat=${index}`}
          leading={<Avatar name={name} />}
          title={name}
          mark={index === 1 && <LockMark />}
          text={index === 2 ? `${you}${message}` : message}
          meta={<RelativeTime at={at(index)} look="list" />}
          trailing={
            index === 2 ? <SendState state="read" /> : <UnreadBadge count={[3, 128][index] ?? 0} muted={index === 1} />
          }
          unread={index < 2}
          current={index === 3}
        />
      )}
    </VirtualList>
  );
}

function Accounts() {
  const { accounts, listEnd, sections } = useSamples();
  return (
    <VirtualList
      label={sections.lists}
      items={accounts}
      keyOf={({ name }) => name}
      state="ready"
      empty={null}
      end={listEnd}
    >
      {({ name, kind, text }, index) => (
        <ListRow
          href={`/gallery?account=${index}`}
          leading={<Avatar name={name} shape="square" />}
          title={name}
          mark={<Seal kind={kind} size="s" />}
          text={text}
          meta={<RelativeTime at={at(index)} look="list" />}
          trailing={index < 2 && <UnreadDot />}
          unread={index < 2}
          current={index === 2}
        />
      )}
    </VirtualList>
  );
}
