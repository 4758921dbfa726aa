import { classNames } from '../style/classNames.ts';
import styles from './Wordmark.module.css';

/** The product's name, set like the line that names a writer: the word, and a rule beneath its second half. */
export function Wordmark({ size }: { size: 'm' | 'l' }) {
  return (
    <span className={classNames(styles.mark, styles[size])} translate="no">
      By<span className={styles.line}>line</span>
    </span>
  );
}
