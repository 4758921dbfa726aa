import { kindIn } from '@byline/client/applications/application-form.ts';
import { REQUIREMENTS } from '@byline/core/identity/requirements.ts';
import { Lock } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/controls/Button.tsx';
import { RadioGroup } from '../../ui/controls/RadioGroup.tsx';
import { Select } from '../../ui/controls/Select.tsx';
import { TextField } from '../../ui/controls/TextField.tsx';
import { RelativeTime } from '../../ui/time/RelativeTime.tsx';
import { countriesIn } from './countries.ts';
import type { StepProps } from './FormSteps.tsx';
import { SealedNote } from './SealedNote.tsx';
import styles from './IdentityStep.module.css';

/** Who answers for the account. What is written here leaves the page only sealed. */
export function IdentityStep(props: StepProps) {
  return (
    <>
      <IdentityFields {...props} />
      <SealedNote />
    </>
  );
}

/** The same without what is said of sealing. */
export function IdentityFields(props: StepProps) {
  const { isSealed, typed, application } = props.state;
  const [again, setAgain] = useState(false);
  const isWritten = Object.values(typed).some((value) => value !== '');
  return isSealed && !isWritten && !again && application.identity ? (
    <Sealed at={application.identity.sealed_at} onAgain={() => setAgain(true)} />
  ) : (
    <Fields {...props} />
  );
}

function Sealed({ at, onAgain }: { at: number; onAgain: () => void }) {
  const { t } = useTranslation('apply');
  return (
    <div className={styles.sealed} data-field="identity.legal_name">
      <Lock aria-hidden="true" />
      <div>
        <p className={styles.sealedTitle}>{t('identity.sealed')}</p>
        <p className={styles.sealedText}>
          {t('identity.sealedText')} <RelativeTime at={at} />
        </p>
        <Button size="s" onClick={onAgain}>
          {t('identity.again')}
        </Button>
      </div>
    </div>
  );
}

function Fields({ form, state, isAsked }: StepProps) {
  const { t, i18n } = useTranslation('apply');
  const kind = kindIn(state);
  const { legal_name: name = '', document_kind: document, document_number: number = '', country } = state.typed;
  const countries = useMemo(() => countriesIn(i18n.language), [i18n.language]);
  const { documents } = REQUIREMENTS[kind];
  return (
    <>
      <div data-field="identity.legal_name">
        <TextField
          label={t(`identity.name.${kind}`)}
          hint={t('identity.nameHint')}
          error={isAsked('identity.legal_name') ? t('identity.nameMissing') : undefined}
          value={name}
          maxLength={200}
          autoComplete="off"
          onChange={(text) => form.writeIdentity({ legal_name: text })}
        />
      </div>
      <div data-field="identity.document_kind">
        <RadioGroup
          label={t('identity.document')}
          value={document}
          error={isAsked('identity.document_kind') ? t('identity.documentMissing') : undefined}
          options={documents.map((each) => ({ value: each, label: t(`documents.${each}`) }))}
          onChange={(chosen) => form.writeIdentity({ document_kind: chosen })}
        />
      </div>
      <div data-field="identity.document_number">
        <TextField
          label={t('identity.number')}
          error={isAsked('identity.document_number') ? t('identity.numberMissing') : undefined}
          value={number}
          maxLength={100}
          autoComplete="off"
          spellCheck={false}
          onChange={(text) => form.writeIdentity({ document_number: text })}
        />
      </div>
      <div data-field="identity.country">
        <Select
          label={t('identity.country')}
          placeholder={t('identity.countryChoose')}
          error={isAsked('identity.country') ? t('identity.countryMissing') : undefined}
          value={country}
          options={countries}
          onChange={(chosen) => form.writeIdentity({ country: chosen })}
        />
      </div>
    </>
  );
}
