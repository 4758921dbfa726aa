import { useState } from 'react';
import { Button } from '../src/ui/controls/Button.tsx';
import { Banner } from '../src/ui/feedback/Banner.tsx';
import { Progress } from '../src/ui/feedback/Progress.tsx';
import { SendState } from '../src/ui/feedback/SendState.tsx';
import type { SendStateName } from '../src/ui/feedback/SendState.tsx';
import { RowSkeleton } from '../src/ui/feedback/Skeleton.tsx';
import { RelativeTime } from '../src/ui/time/RelativeTime.tsx';
import { HOUR, MINUTE, NOW, useSamples } from './samples.ts';
import styles from './gallery.module.css';

const STATES: readonly SendStateName[] = ['sending', 'sent', 'read', 'failed'];

export function Feedback() {
  const { banner, message, progress } = useSamples();
  const [shown, setShown] = useState(true);
  return (
    <>
      <div className={styles.column}>
        {shown && (
          <Banner title={banner.info[0]} onDismiss={() => setShown(false)}>
            {banner.info[1]}
          </Banner>
        )}
        <Banner tone="warning" title={banner.warning[0]}>
          {banner.warning[1]}
        </Banner>
        <Banner tone="danger" title={banner.danger[0]} action={<Button size="s">{banner.action}</Button>}>
          {banner.danger[1]}
        </Banner>
      </div>
      <div className={styles.column}>
        {STATES.map((state) => (
          <div key={state} className={styles.bubble}>
            <div>{message}</div>
            <div className={styles.bubbleMeta}>
              <RelativeTime at={NOW - 5 * MINUTE} look="time" />
              <SendState state={state} />
            </div>
          </div>
        ))}
      </div>
      <div className={styles.column}>
        <Progress label={progress[0]} share={0.42} onCancel={() => undefined} />
        <Progress label={progress[1]} share={undefined} />
      </div>
      <div className={styles.row}>
        <RelativeTime at={NOW - 20_000} />
        <RelativeTime at={NOW - 3 * HOUR} />
        <RelativeTime at={NOW} look="full" />
      </div>
      <RowSkeleton />
    </>
  );
}
