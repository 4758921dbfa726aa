import { CloudOff } from 'lucide-react';
import { Fragment, createContext, useCallback, useContext, useLayoutEffect, useRef, useState } from 'react';
import type { CSSProperties, ReactNode, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { Virtualizer } from 'virtua';
import type { CustomItemComponentProps, VirtualizerHandle } from 'virtua';
import { Button } from '../controls/Button.tsx';
import { EmptyState } from '../feedback/EmptyState.tsx';
import { RowSkeleton } from '../feedback/Skeleton.tsx';
import { Hidden } from '../style/Hidden.tsx';
import { classNames } from '../style/classNames.ts';
import { cameBefore } from './cameBefore.ts';
import styles from './VirtualList.module.css';

export interface VirtualListProps<Item> {
  /** What the list holds; said aloud. */
  readonly label: string;
  readonly items: readonly Item[];
  readonly keyOf: (item: Item) => string;
  readonly children: (item: Item, index: number) => ReactNode;
  /** `loading` while nothing is there yet, `more` while further items come, `error` when the last attempt failed. */
  readonly state: 'loading' | 'ready' | 'more' | 'error';
  readonly onTryAgain?: (() => void) | undefined;
  /** Near the end (with `from="bottom"`: near the oldest): fetch more. Called once until the number of items changes. */
  readonly onReachEnd?: (() => void) | undefined;
  /** What stands there when there are no items. */
  readonly empty: ReactNode;
  /** A closing word after the last item, when there are no more. */
  readonly end?: ReactNode;
  /** The shape of one item while loading. */
  readonly skeleton?: ReactNode;
  /** `bottom` for talk: it starts at its end and stays there when something arrives, unless one has scrolled away. */
  readonly from?: 'top' | 'bottom' | undefined;
  /** `log` for talk that goes on. */
  readonly role?: 'group' | 'log' | undefined;
  /** With `from="bottom"`: off while what is shown isn't the newest, so that what is fetched below moves nothing. */
  readonly follow?: boolean | undefined;
  /** Hears whether the end of the list is in sight. */
  readonly onAtEnd?: ((isAtEnd: boolean) => void) | undefined;
  /** To scroll to an item. */
  readonly ref?: Ref<VirtualizerHandle> | undefined;
}

const SKELETONS = ['a', 'b', 'c', 'd', 'e', 'f'] as const;
/** Pixels from an edge that still count as being there. */
const NEAR = 64;
const FETCH_AHEAD = 600;

const CountContext = createContext(0);

/** A long list that draws only what one sees, and keeps its place when something arrives before it. */
export function VirtualList<Item>(props: VirtualListProps<Item>) {
  const { items, state, empty, label, from = 'top' } = props;
  const { t } = useTranslation('ui');
  if (items.length > 0) return <Items {...props} />;
  if (state === 'error') {
    return (
      <div className={styles.whole}>
        <Failed onTryAgain={props.onTryAgain} />
      </div>
    );
  }
  if (state === 'ready') return <div className={styles.whole}>{empty}</div>;
  return (
    <div
      className={classNames(styles.loading, from === 'bottom' && styles.fromBottom)}
      role="status"
      aria-label={label}
    >
      <Hidden>{t('list.loading')}</Hidden>
      {SKELETONS.map((name) => (
        <Fragment key={name}>{props.skeleton ?? <RowSkeleton />}</Fragment>
      ))}
    </div>
  );
}

function Items<Item>({
  label,
  items,
  keyOf,
  children,
  state,
  onTryAgain,
  onReachEnd,
  end,
  skeleton,
  from = 'top',
  role = 'group',
  follow = true,
  onAtEnd,
  ref,
}: VirtualListProps<Item>) {
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<VirtualizerHandle>(null);
  const atBottom = useRef(true);
  const asked = useRef(-1);
  const [atTop, setAtTop] = useState(true);
  // At the very top of an ordinary list what is new should be seen; anywhere else it must not move what one reads.
  const shift = useShift(items.map(keyOf), from === 'bottom' || !atTop);

  const [above, setAbove] = useState(0);
  const measureAbove = useCallback((element: HTMLDivElement | null) => {
    if (!element) return undefined;
    const observer = new ResizeObserver(() => setAbove(element.offsetHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const stayAtBottom = (): void => {
    if (from === 'bottom' && follow && atBottom.current)
      list.current?.scrollToIndex(items.length - 1, { align: 'end' });
  };
  useLayoutEffect(stayAtBottom, [from, follow, items.length, above]);

  const askForMore = (): void => {
    const place = list.current;
    if (!place || !onReachEnd || asked.current === items.length) return;
    const left = from === 'bottom' ? place.scrollOffset : place.scrollSize - place.viewportSize - place.scrollOffset;
    if (left > FETCH_AHEAD) return;
    asked.current = items.length;
    onReachEnd();
  };
  const onScroll = (): void => {
    const place = list.current;
    const element = scroller.current;
    if (!place || !element) return;
    setAtTop(place.scrollOffset <= NEAR);
    const isAtBottom = element.scrollHeight - element.clientHeight - element.scrollTop < NEAR;
    if (isAtBottom !== atBottom.current) onAtEnd?.(isAtBottom);
    atBottom.current = isAtBottom;
    askForMore();
  };
  const edge = <Edge {...{ state, onTryAgain, end, skeleton }} />;

  return (
    <div
      ref={(element) => {
        scroller.current = element;
        // A scroller must be reachable by keyboard, also when nothing inside it can take the focus.
        if (element) element.tabIndex = 0;
      }}
      className={classNames(styles.scroller, from === 'bottom' && styles.fromBottom)}
      role={role}
      // What a virtual list draws anew while one scrolls is no news.
      aria-live={role === 'log' ? 'off' : undefined}
      aria-label={label}
    >
      {from === 'bottom' && <div ref={measureAbove}>{edge}</div>}
      <CountContext value={items.length}>
        <Virtualizer
          ref={(handle) => {
            list.current = handle;
            if (typeof ref === 'function') ref(handle);
            else if (ref) ref.current = handle;
          }}
          as="ul"
          item={ListItem}
          data={items}
          shift={shift}
          startMargin={above}
          scrollRef={scroller}
          onScroll={onScroll}
          onResize={() => {
            stayAtBottom();
            askForMore();
          }}
        >
          {(item, index) => <Fragment key={keyOf(item)}>{children(item, index)}</Fragment>}
        </Virtualizer>
      </CountContext>
      {from === 'top' && edge}
    </div>
  );
}

/** Whether the list must hold its place from its end, because items came or went at its start since it was last drawn. */
function useShift(keys: readonly string[], mayShift: boolean): boolean {
  const [drawn, setDrawn] = useState({ keys, shift: false });
  const same = drawn.keys.length === keys.length && drawn.keys.every((key, index) => key === keys[index]);
  if (same) return drawn.shift;
  const shift = mayShift && cameBefore(drawn.keys, keys);
  setDrawn({ keys, shift });
  return shift;
}

/** Says where in the whole list an item stands, since only a few are drawn. */
function ListItem({ style, index, children, ref }: CustomItemComponentProps & { style: CSSProperties }) {
  const count = useContext(CountContext);
  return (
    <li ref={ref} style={style} className={styles.item} aria-setsize={count} aria-posinset={index + 1}>
      {children}
    </li>
  );
}

function Edge({
  state,
  onTryAgain,
  end,
  skeleton,
}: Pick<VirtualListProps<never>, 'state' | 'onTryAgain' | 'end' | 'skeleton'>) {
  const { t } = useTranslation('ui');
  if (state === 'error') return <Failed onTryAgain={onTryAgain} />;
  if (state === 'ready') return end === undefined ? null : <div className={styles.end}>{end}</div>;
  return (
    <div role="status">
      <Hidden>{t('list.loading')}</Hidden>
      {skeleton ?? <RowSkeleton />}
    </div>
  );
}

function Failed({ onTryAgain }: { onTryAgain: (() => void) | undefined }) {
  const { t } = useTranslation('ui');
  return (
    <EmptyState
      role="alert"
      icon={<CloudOff />}
      title={t('list.failed')}
      text={t('list.failedHint')}
      action={onTryAgain && <Button onClick={onTryAgain}>{t('tryAgain')}</Button>}
    />
  );
}
