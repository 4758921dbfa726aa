import type { ReactNode } from 'react';
import styles from './PictureFigure.module.css';

/** A picture and what is said of it. */
export function PictureFigure({ caption, children }: { caption?: ReactNode; children: ReactNode }) {
  return (
    <figure className={styles.figure}>
      {children}
      {caption && <figcaption className={styles.caption}>{caption}</figcaption>}
    </figure>
  );
}
