import type { CSSProperties } from 'react';
import styles from './Skeleton.module.css';

export interface SkeletonProps {
  /** A CSS length; the whole width when absent. */
  readonly width?: string | undefined;
  readonly height?: string | undefined;
  readonly round?: boolean | undefined;
}

/** The shape of what comes. Whoever shows it says once that something is loading. */
export function Skeleton({ width = '100%', height = '1em', round = false }: SkeletonProps) {
  const shape: CSSProperties = { width, height, borderRadius: round ? 'var(--radius-full)' : undefined };
  return <span className={styles.skeleton} style={shape} aria-hidden="true" />;
}

/** The shape of a `ListRow`. */
export function RowSkeleton() {
  return (
    <div className={styles.row}>
      <Skeleton width="48px" height="48px" round />
      <div className={styles.lines}>
        <Skeleton width="45%" height="14px" />
        <Skeleton width="80%" height="12px" />
      </div>
    </div>
  );
}
