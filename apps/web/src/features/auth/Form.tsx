import type { FormEvent, ReactNode } from 'react';
import styles from './Form.module.css';

/** The fields of a door, one under the other. What is wrong is said by us, in the person's language. */
export function Form({ onSubmit, children }: { onSubmit: (event: FormEvent) => Promise<void>; children: ReactNode }) {
  return (
    <form className={styles.form} noValidate onSubmit={(event) => void onSubmit(event)}>
      {children}
    </form>
  );
}
