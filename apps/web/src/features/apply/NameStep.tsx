import type { HandleState } from '@byline/client/applications/handle-check.ts';
import { normaliseHandle } from '@byline/core/account/handle.ts';
import { CircleCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { TextField } from '../../ui/controls/TextField.tsx';
import { useAccount } from '../session/session.tsx';
import { useObservable } from '../session/useObservable.ts';
import type { StepProps } from './FormSteps.tsx';
import styles from './NameStep.module.css';

/** How the account is called, and by which handle it is found. */
export function NameStep({ form, state, isAsked }: StepProps) {
  const { t } = useTranslation('apply');
  const { name = '', handle = '' } = state.draft;
  const check = useObservable(form.handle.state);
  const problem = useHandleProblem(check);
  const { api } = useAccount();
  const origin = new URL(api.baseUrl || '/', location.origin).origin;
  return (
    <>
      <div data-field="name">
        <TextField
          label={t('name.label')}
          hint={t('name.hint')}
          error={isAsked('name') ? t('name.missing') : undefined}
          value={name}
          maxLength={60}
          autoComplete="off"
          onChange={(text) => form.write({ name: text })}
        />
      </div>
      <div data-field="handle" className={styles.handle}>
        <TextField
          label={t('handle.label')}
          hint={t('handle.hint')}
          error={problem ?? (isAsked('handle') ? t('handle.missing') : undefined)}
          value={handle}
          maxLength={64}
          icon={<span>@</span>}
          autoComplete="off"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          onChange={(text) => form.write({ handle: text })}
          onBlur={() => {
            const plain = normaliseHandle(handle);
            if (plain !== handle) form.write({ handle: plain });
          }}
        />
        <div className={styles.word} aria-live="polite">
          {check.state === 'checking' && t('handle.checking')}
          {check.state === 'unknown' && t('handle.unknown')}
          {check.state === 'free' && (
            <span className={styles.free}>
              <CircleCheck aria-hidden="true" />
              {t('handle.free', { address: `${origin}/@${normaliseHandle(handle)}` })}
            </span>
          )}
        </div>
      </div>
    </>
  );
}

function useHandleProblem(check: HandleState): string | undefined {
  const { t } = useTranslation('apply');
  if (check.state === 'taken') return t('handle.taken');
  return check.state === 'wrong' ? t(`handle.problems.${check.problem}`) : undefined;
}
