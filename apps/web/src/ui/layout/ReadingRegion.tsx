import type { ReactNode } from 'react';
import styles from './ReadingRegion.module.css';

/** Something that is only read, with nothing in it to press: reachable by keyboard all the same, so that it can be scrolled. */
export function ReadingRegion({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={styles.region} role="region" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
