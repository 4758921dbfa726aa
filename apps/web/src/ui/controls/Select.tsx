import type { ComponentProps } from 'react';
import { ChevronDown } from 'lucide-react';
import { classNames } from '../style/classNames.ts';
import { Field } from './Field.tsx';
import type { FieldText } from './Field.tsx';
import field from './Field.module.css';
import styles from './Select.module.css';

export interface SelectOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly disabled?: boolean | undefined;
}

export interface SelectProps<Value extends string>
  extends FieldText, Omit<ComponentProps<'select'>, 'id' | 'className' | 'onChange' | 'value' | 'children'> {
  /** `undefined` while nothing is chosen; then `placeholder` stands there. */
  readonly value: Value | undefined;
  readonly options: readonly SelectOption<Value>[];
  readonly onChange: (value: Value) => void;
  readonly placeholder?: string | undefined;
}

/** One of several. The system's own list opens, which each phone knows best how to show. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { label, hint, error, optional, labelHidden, value, options, onChange, placeholder, ...rest } = props;
  return (
    <Field {...{ label, hint, error, optional, labelHidden }}>
      {(ids) => (
        <div className={styles.box}>
          <select
            {...rest}
            {...ids}
            className={classNames(field.control, styles.select)}
            value={value ?? ''}
            onChange={(event) => {
              const chosen = options.find((option) => option.value === event.target.value);
              if (chosen) onChange(chosen.value);
            }}
          >
            {value === undefined && (
              <option value="" disabled>
                {placeholder}
              </option>
            )}
            {options.map((option) => (
              <option key={option.value} value={option.value} disabled={option.disabled}>
                {option.label}
              </option>
            ))}
          </select>
          <ChevronDown className={styles.arrow} aria-hidden="true" />
        </div>
      )}
    </Field>
  );
}
