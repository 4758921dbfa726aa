import type { ReactNode } from 'react';
import styles from './Facts.module.css';

/** One side of a case. */
export function Side({ title, mark, children }: { title: string; mark?: ReactNode; children: ReactNode }) {
  return (
    <section className={styles.side} aria-label={title}>
      <h2 className={styles.title}>
        {mark}
        {title}
      </h2>
      {children}
    </section>
  );
}

export function Facts({ children }: { children: ReactNode }) {
  return <dl className={styles.facts}>{children}</dl>;
}

/** One thing that is said, under what it is. */
export function Fact({ name, children, strong = false }: { name: string; children: ReactNode; strong?: boolean }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd className={strong ? styles.strong : undefined}>{children}</dd>
    </div>
  );
}

/** Two short facts beside each other. */
export function Pair({ children }: { children: ReactNode }) {
  return <div className={styles.pair}>{children}</div>;
}
