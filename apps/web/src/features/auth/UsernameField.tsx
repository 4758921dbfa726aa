import type { UsernameState } from '@byline/client/session/username-check.ts';
import { CircleCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { TextField } from '../../ui/controls/TextField.tsx';
import styles from './UsernameField.module.css';

export interface UsernameFieldProps {
  readonly value: string;
  readonly state: UsernameState;
  /** The form was sent once: what is missing is said now. */
  readonly tried: boolean;
  readonly onChange: (value: string) => void;
}

/** The name by which one signs in and is found. Says at once whether it is free. */
export function UsernameField({ value, state, tried, onChange }: UsernameFieldProps) {
  const { t } = useTranslation('auth');
  const errors: Partial<Record<UsernameState, string>> = {
    taken: t('username.taken'),
    invalid: t('username.invalid'),
    ...(tried && { empty: t('username.missing') }),
  };
  const hint =
    state === 'free' ? (
      <span className={styles.free}>
        <CircleCheck aria-hidden="true" />
        {t('username.free')}
      </span>
    ) : state === 'checking' ? (
      t('username.checking')
    ) : (
      t('username.hint')
    );
  return (
    <TextField
      label={t('username.label')}
      hint={errors[state] === undefined ? <span aria-live="polite">{hint}</span> : undefined}
      error={errors[state]}
      value={value}
      onChange={(typed) => onChange(typed.trim())}
      autoComplete="username"
      autoCapitalize="none"
      spellCheck={false}
      maxLength={128}
    />
  );
}
