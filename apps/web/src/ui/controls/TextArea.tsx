import type { ComponentProps } from 'react';
import { useFormats } from '../time/formats.ts';
import { classNames } from '../style/classNames.ts';
import { Field } from './Field.tsx';
import type { FieldText } from './Field.tsx';
import field from './Field.module.css';
import styles from './TextArea.module.css';

type Native = Omit<ComponentProps<'textarea'>, 'id' | 'className' | 'onChange' | 'value' | 'children'>;

export interface TextAreaProps extends FieldText, Native {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Several lines of text. It grows with what is written; with `maxLength` it says how much room is left. */
export function TextArea({
  label,
  hint,
  error,
  optional,
  labelHidden,
  value,
  onChange,
  rows = 3,
  maxLength,
  ...rest
}: TextAreaProps) {
  const { number } = useFormats();
  return (
    <Field {...{ label, hint, error, optional, labelHidden }}>
      {(ids) => (
        <div className={styles.box}>
          <textarea
            {...rest}
            {...ids}
            rows={rows}
            maxLength={maxLength}
            className={classNames(field.control, styles.area)}
            style={{ minHeight: `calc(${rows} * 1.5em + 20px)` }}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
          {maxLength !== undefined && (
            <span className={styles.room}>
              {number(value.length)} / {number(maxLength)}
            </span>
          )}
        </div>
      )}
    </Field>
  );
}
