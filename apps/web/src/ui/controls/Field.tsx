import { useId } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CircleAlert } from 'lucide-react';
import { Hidden } from '../style/Hidden.tsx';
import styles from './Field.module.css';

/** What every field shares. */
export interface FieldText {
  readonly label: string;
  readonly hint?: ReactNode;
  /** What is wrong and what to do; shown instead of nothing, said aloud when it appears. */
  readonly error?: string | undefined;
  /** Says beside the label that it may stay empty. */
  readonly optional?: boolean | undefined;
  /** The label is only said aloud (a search field that says by its icon what it is). */
  readonly labelHidden?: boolean | undefined;
}

/** What the control inside must carry. */
export interface ControlIds {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
}

/** A label above, a hint and an error below, tied to the control that `children` draws. */
export function Field({
  label,
  hint,
  error,
  optional,
  labelHidden,
  children,
}: FieldText & { children: (ids: ControlIds) => ReactNode }) {
  const { t } = useTranslation('ui');
  const id = useId();
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const described = [hint ? hintId : '', error ? errorId : ''].filter(Boolean).join(' ');
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={labelHidden ? undefined : styles.label}>
        {labelHidden ? (
          <Hidden>{label}</Hidden>
        ) : (
          <>
            {label}
            {optional && <span className={styles.optional}>{t('optional')}</span>}
          </>
        )}
      </label>
      {children({ id, 'aria-describedby': described || undefined, 'aria-invalid': error ? true : undefined })}
      {hint && (
        <p id={hintId} className={styles.hint}>
          {hint}
        </p>
      )}
      <FieldError id={errorId} error={error} />
    </div>
  );
}

export function FieldError({ id, error }: { id: string; error: string | undefined }) {
  return (
    <div id={id} className={styles.live} aria-live="polite">
      {error && (
        <p className={styles.error}>
          <CircleAlert aria-hidden="true" />
          <span>{error}</span>
        </p>
      )}
    </div>
  );
}
