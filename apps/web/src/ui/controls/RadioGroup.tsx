import { useId } from 'react';
import type { ReactNode } from 'react';
import { Hidden } from '../style/Hidden.tsx';
import { classNames } from '../style/classNames.ts';
import { FieldError } from './Field.tsx';
import styles from './RadioGroup.module.css';

export interface RadioOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly hint?: ReactNode;
  /** A picture before the label, for looks only. */
  readonly picture?: ReactNode;
  readonly disabled?: boolean | undefined;
}

export interface RadioGroupProps<Value extends string> {
  readonly label: string;
  readonly labelHidden?: boolean | undefined;
  readonly options: readonly RadioOption<Value>[];
  readonly value: Value | undefined;
  readonly onChange: (value: Value) => void;
  readonly error?: string | undefined;
}

/** One of a few, all in view. */
export function RadioGroup<Value extends string>({
  label,
  labelHidden,
  options,
  value,
  onChange,
  error,
}: RadioGroupProps<Value>) {
  const id = useId();
  return (
    <fieldset className={styles.group} aria-describedby={error ? id : undefined}>
      <legend className={styles.legend}>{labelHidden ? <Hidden>{label}</Hidden> : label}</legend>
      <div className={styles.options}>
        {options.map((option) => (
          <label key={option.value} className={classNames(styles.option, option.disabled && styles.disabled)}>
            <input
              type="radio"
              name={id}
              className={styles.dot}
              value={option.value}
              checked={option.value === value}
              disabled={option.disabled}
              onChange={() => onChange(option.value)}
            />
            {option.picture && (
              <span className={styles.picture} aria-hidden="true">
                {option.picture}
              </span>
            )}
            <span className={styles.text}>
              {option.label}
              {option.hint && <span className={styles.hint}>{option.hint}</span>}
            </span>
          </label>
        ))}
      </div>
      <FieldError id={id} error={error} />
    </fieldset>
  );
}
