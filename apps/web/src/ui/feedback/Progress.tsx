import { X } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../controls/IconButton.tsx';
import { useFormats } from '../time/formats.ts';
import styles from './Progress.module.css';

export interface ProgressProps {
  readonly label: string;
  /** From 0 to 1; nothing while it isn't known. */
  readonly share: number | undefined;
  readonly onCancel?: (() => void) | undefined;
}

/** How far a long work is. It can be left and found again; with `onCancel` it can be stopped. */
export function Progress({ label, share, onCancel }: ProgressProps) {
  const { t } = useTranslation('ui');
  const { percent } = useFormats();
  const id = useId();
  const known = share === undefined ? undefined : Math.min(1, Math.max(0, share));
  return (
    <div className={styles.progress}>
      <div className={styles.main}>
        <div className={styles.head}>
          <span id={id}>{label}</span>
          {known !== undefined && <span className={styles.share}>{percent(known)}</span>}
        </div>
        <progress className={styles.bar} aria-labelledby={id} max={1} value={known} />
      </div>
      {onCancel && <IconButton label={t('progress.cancel')} icon={<X />} onClick={onCancel} />}
    </div>
  );
}
