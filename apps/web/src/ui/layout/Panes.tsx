import { createContext, useContext } from 'react';
import type { ReactNode } from 'react';
import styles from './Panes.module.css';

export interface PanesProps {
  /** A `Pane` with the list. */
  readonly list: ReactNode;
  /** A `Pane` with what was chosen from it; absent while nothing is. */
  readonly content?: ReactNode;
  /** What stands in place of the content on a wide screen while nothing is chosen. */
  readonly placeholder: ReactNode;
}

/** Where a pane stands: the one in front has the page's heading and takes the focus. */
interface PanePlace {
  readonly inFront: boolean;
}

const PaneContext = createContext<PanePlace>({ inFront: true });

export const usePanePlace = (): PanePlace => useContext(PaneContext);

/**
 * A list and what is chosen from it: beside each other from 900 px on, one after the other on a phone.
 * The list stays where it is while something is open, so it keeps its place.
 */
export function Panes({ list, content, placeholder }: PanesProps) {
  const open = content !== undefined;
  return (
    <div className={styles.panes} data-open={open || undefined}>
      <div className={styles.list}>
        <PaneContext value={{ inFront: !open }}>{list}</PaneContext>
      </div>
      <div className={styles.content}>
        <PaneContext value={{ inFront: true }}>
          {content ?? <div className={styles.placeholder}>{placeholder}</div>}
        </PaneContext>
      </div>
    </div>
  );
}
