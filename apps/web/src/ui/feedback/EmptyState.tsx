import type { ReactNode } from 'react';
import styles from './EmptyState.module.css';

export interface EmptyStateProps {
  /** A picture of a line or two, not more. */
  readonly icon?: ReactNode;
  /** A heading element where it is the screen's own. */
  readonly title: ReactNode;
  readonly text?: ReactNode;
  readonly action?: ReactNode;
  /** `status` says it aloud when it takes the place of something else. */
  readonly role?: 'status' | 'alert' | undefined;
}

/** What stands where there is nothing: what would be here, and how it comes. */
export function EmptyState({ icon, title, text, action, role }: EmptyStateProps) {
  return (
    <div className={styles.empty} role={role}>
      {icon && (
        <div className={styles.icon} aria-hidden="true">
          {icon}
        </div>
      )}
      <div className={styles.title}>{title}</div>
      {text && <p className={styles.text}>{text}</p>}
      {action && <div className={styles.action}>{action}</div>}
    </div>
  );
}
