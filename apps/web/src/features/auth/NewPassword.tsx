import { strengthOf } from '@byline/client/session/password-strength.ts';
import type { PasswordStrength } from '@byline/client/session/password-strength.ts';
import { useTranslation } from 'react-i18next';
import { TextField } from '../../ui/controls/TextField.tsx';
import styles from './NewPassword.module.css';

export interface NewPasswordProps {
  readonly value: string;
  readonly username: string;
  /** The form was sent once: what is missing is said now. */
  readonly tried: boolean;
  readonly onChange: (value: string) => void;
  readonly label?: string | undefined;
}

const STEPS = ['too-short', 'easy', 'fair', 'good'] as const satisfies readonly PasswordStrength[];

/** A password to choose. Says in words how well it keeps others out. */
export function NewPassword({ value, username, tried, onChange, label }: NewPasswordProps) {
  const { t } = useTranslation('auth');
  const strength = strengthOf(value, username);
  const error = value === '' ? t('password.missing') : t('password.strength.too-short');
  return (
    <div>
      <TextField
        type="password"
        label={label ?? t('password.label')}
        hint={value === '' ? t('password.hint') : undefined}
        error={tried && strength === 'too-short' ? error : undefined}
        value={value}
        onChange={onChange}
        autoComplete="new-password"
      />
      {value !== '' && !(tried && strength === 'too-short') && (
        <div className={styles.strength} data-strength={strength}>
          <span className={styles.steps} aria-hidden="true">
            {STEPS.slice(1).map((step) => (
              <span key={step} className={styles.step} data-reached={STEPS.indexOf(strength) >= STEPS.indexOf(step)} />
            ))}
          </span>
          <span aria-live="polite">{t(`password.strength.${strength}`)}</span>
        </div>
      )}
    </div>
  );
}
