import { useState } from 'react';
import type { ComponentProps, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Eye, EyeOff } from 'lucide-react';
import { classNames } from '../style/classNames.ts';
import { Field } from './Field.tsx';
import type { FieldText } from './Field.tsx';
import { IconButton } from './IconButton.tsx';
import field from './Field.module.css';
import styles from './TextField.module.css';

type Native = Omit<ComponentProps<'input'>, 'id' | 'className' | 'onChange' | 'value' | 'type' | 'children'>;

export interface TextFieldProps extends FieldText, Native {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: 'text' | 'email' | 'password' | 'search' | 'tel' | 'url' | 'date' | undefined;
  /** Stands before the text, for looks only. */
  readonly icon?: ReactNode;
}

/** One line of text. A password can be looked at. */
export function TextField({
  label,
  hint,
  error,
  optional,
  labelHidden,
  value,
  onChange,
  type = 'text',
  icon,
  ...rest
}: TextFieldProps) {
  const { t } = useTranslation('ui');
  const [shown, setShown] = useState(false);
  const password = type === 'password';
  return (
    <Field {...{ label, hint, error, optional, labelHidden }}>
      {(ids) => (
        <div className={styles.box}>
          {icon && (
            <span className={styles.icon} aria-hidden="true">
              {icon}
            </span>
          )}
          <input
            {...rest}
            {...ids}
            type={password && shown ? 'text' : type}
            className={classNames(field.control, icon !== undefined && styles.withIcon, password && styles.withButton)}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
          {password && (
            <span className={styles.button}>
              <IconButton
                label={shown ? t('password.hide') : t('password.show')}
                icon={shown ? <EyeOff /> : <Eye />}
                onClick={() => setShown(!shown)}
              />
            </span>
          )}
        </div>
      )}
    </Field>
  );
}
