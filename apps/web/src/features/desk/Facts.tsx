import type { ReactNode } from 'react';
import { classNames } from '../../ui/style/classNames.ts';
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

export interface FactProps {
  readonly name: string;
  readonly children: ReactNode;
  readonly strong?: boolean | undefined;
  /** So short that two of them stand beside each other. */
  readonly short?: boolean | undefined;
}

/** One thing that is said, under what it is. */
export function Fact({ name, children, strong = false, short = false }: FactProps) {
  return (
    <div className={classNames(styles.fact, short && styles.short)}>
      <dt>{name}</dt>
      <dd className={strong ? styles.strong : undefined}>{children}</dd>
    </div>
  );
}
