import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import type { CameFrom } from '../layout/navigation.ts';
import { classNames } from '../style/classNames.ts';
import styles from './ListRow.module.css';

export interface ListRowProps {
  /** Where it leads; without it `onPress` makes a button, and without both it is only shown. */
  readonly href?: string | undefined;
  readonly onPress?: (() => void) | undefined;
  /** A face or a picture. */
  readonly leading?: ReactNode;
  readonly title: ReactNode;
  /** A lock or a seal, right after the title. */
  readonly mark?: ReactNode;
  /** The second line; cut when it is too long. */
  readonly text?: ReactNode;
  /** At the end of the first line: mostly a time. */
  readonly meta?: ReactNode;
  /** At the end of the second line: an unread badge or dot, an arrow. */
  readonly trailing?: ReactNode;
  /** This is what is open beside the list. */
  readonly current?: boolean | undefined;
  /** Something in it is new: the title stands out. */
  readonly unread?: boolean | undefined;
}

/** One line of a list. The whole of it is the target. */
export function ListRow(props: ListRowProps) {
  const { href, onPress, current = false, unread = false } = props;
  const look = classNames(styles.row, current && styles.current, unread && styles.unread);
  const [location] = useLocation();
  if (href !== undefined) {
    const state: CameFrom = { from: location };
    return (
      <Link
        href={href}
        state={state}
        className={classNames(look, styles.target)}
        aria-current={current ? 'page' : undefined}
      >
        <RowContent {...props} />
      </Link>
    );
  }
  if (onPress) {
    return (
      <button
        type="button"
        className={classNames(look, styles.target)}
        aria-current={current || undefined}
        onClick={onPress}
      >
        <RowContent {...props} />
      </button>
    );
  }
  return (
    <div className={look}>
      <RowContent {...props} />
    </div>
  );
}

function RowContent({ leading, title, mark, text, meta, trailing }: ListRowProps) {
  return (
    <>
      {leading}
      <span className={styles.body}>
        <span className={styles.line}>
          <span className={styles.title}>{title}</span>
          {mark}
          {meta && <span className={styles.meta}>{meta}</span>}
        </span>
        {(text !== undefined || trailing !== undefined) && (
          <span className={styles.line}>
            <span className={styles.text}>{text}</span>
            {trailing}
          </span>
        )}
      </span>
    </>
  );
}
