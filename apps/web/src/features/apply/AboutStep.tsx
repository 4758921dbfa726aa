import { NotAPicture } from '@byline/client/applications/picture.ts';
import { CATEGORIES } from '@byline/protocol/byline/identity.ts';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/controls/Button.tsx';
import { FieldError } from '../../ui/controls/Field.tsx';
import { Select } from '../../ui/controls/Select.tsx';
import { TextArea } from '../../ui/controls/TextArea.tsx';
import { Avatar } from '../../ui/identity/Avatar.tsx';
import { Hidden } from '../../ui/style/Hidden.tsx';
import { useProblemText } from '../session/useProblemText.ts';
import type { StepProps } from './FormSteps.tsx';
import { usePrivatePicture } from './usePrivatePicture.ts';
import styles from './AboutStep.module.css';

/** What the account is about, and how it looks. */
export function AboutStep({ form, state, isAsked }: StepProps) {
  const { t } = useTranslation(['apply', 'account']);
  const { category, description = '' } = state.draft;
  return (
    <>
      <div data-field="category">
        <Select
          label={t('category.label')}
          hint={t('category.hint')}
          placeholder={t('category.choose')}
          error={isAsked('category') ? t('category.missing') : undefined}
          value={category}
          options={CATEGORIES.map((value) => ({ value, label: t(`account:categories.${value}`) }))}
          onChange={(value) => form.write({ category: value })}
        />
      </div>
      <div data-field="description">
        <TextArea
          label={t('description.label')}
          hint={t('description.hint')}
          error={isAsked('description') ? t('description.missing') : undefined}
          value={description}
          rows={4}
          maxLength={500}
          onChange={(text) => form.write({ description: text })}
        />
      </div>
      <AccountPicture form={form} state={state} />
    </>
  );
}

function AccountPicture({ form, state }: Pick<StepProps, 'form' | 'state'>) {
  const { t } = useTranslation(['apply', 'ui']);
  const problemText = useProblemText();
  const input = useRef<HTMLInputElement>(null);
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string>();
  const { picture, name = '' } = state.draft;
  const shown = usePrivatePicture(picture ?? undefined);
  const take = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    setPending(true);
    setProblem(undefined);
    try {
      await form.setPicture(file);
    } catch (error) {
      setProblem(error instanceof NotAPicture ? t('picture.unreadable') : problemText(error));
    } finally {
      setPending(false);
    }
  };
  return (
    <div className={styles.picture} data-field="picture" role="group" aria-labelledby="picture-label">
      <p id="picture-label" className={styles.label}>
        {t('picture.label')} <span className={styles.optional}>{t('ui:optional')}</span>
      </p>
      <div className={styles.row}>
        <Avatar name={name || '·'} id={state.application.id} picture={shown} size={96} shape="square" />
        <div className={styles.actions}>
          <Hidden>
            <input
              ref={input}
              type="file"
              accept="image/*"
              tabIndex={-1}
              aria-label={t('picture.label')}
              onChange={(event) => {
                void take(event.target.files?.[0]);
                event.target.value = '';
              }}
            />
          </Hidden>
          <Button size="s" pending={pending} onClick={() => input.current?.click()}>
            {picture ? t('picture.replace') : t('picture.choose')}
          </Button>
          {picture && (
            <Button size="s" tone="quiet" onClick={() => form.write({ picture: null })}>
              {t('ui:file.remove')}
            </Button>
          )}
        </div>
      </div>
      <p className={styles.hint}>{t('picture.hint')}</p>
      <FieldError id="picture-error" error={problem} />
    </div>
  );
}
