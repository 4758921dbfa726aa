import { useState } from 'react';
import { Button } from '../src/ui/controls/Button.tsx';
import { VirtualList } from '../src/ui/lists/VirtualList.tsx';
import { useSamples } from './samples.ts';
import styles from './gallery.module.css';

const numbers = (from: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => from + index);
const AT_ONCE = 30;

/** Talk that grows at both ends: something arrives below, older things are fetched above. */
export function Talk() {
  const { sections, message, buttons, icons } = useSamples();
  const [items, setItems] = useState(() => numbers(1000, 60));
  const first = items[0] ?? 0;
  const last = items.at(-1) ?? 0;
  return (
    <>
      <div className={styles.row}>
        <Button size="s" onClick={() => setItems([...items, last + 1])}>
          {buttons.strong}
        </Button>
        <Button size="s" onClick={() => setItems([...numbers(first - AT_ONCE, AT_ONCE), ...items])}>
          {icons.pin}
        </Button>
      </div>
      <div className={styles.list}>
        <VirtualList label={sections.talk} items={items} keyOf={String} state="ready" from="bottom" empty={null}>
          {(number) => (
            <div className={styles.said} data-number={number}>
              {number}. {number % 3 === 0 ? `${message} ${message}` : message}
            </div>
          )}
        </VirtualList>
      </div>
    </>
  );
}
