import { kindIn } from '@byline/client/applications/application-form.ts';
import { REQUIREMENTS } from '@byline/core/identity/requirements.ts';
import { DOCUMENT_PICTURES } from '@byline/protocol/byline/identity.ts';
import { useTranslation } from 'react-i18next';
import type { StepProps } from './FormSteps.tsx';
import { LabelFields } from './LabelFields.tsx';
import { PictureField } from './PictureField.tsx';
import { SealedNote } from './SealedNote.tsx';

/** The pictures of the document, sealed here before they are sent. */
export function DocumentStep(props: StepProps) {
  return (
    <>
      <DocumentFields {...props} />
      <SealedNote />
    </>
  );
}

/** The same without what is said of sealing. */
export function DocumentFields(props: StepProps) {
  const { t } = useTranslation('apply');
  const required = REQUIREMENTS[kindIn(props.state)].evidence;
  return (
    <>
      <p>{t('document.lead')}</p>
      {DOCUMENT_PICTURES.map((piece) => (
        <PictureField key={piece} {...props} piece={piece} isRequired={required.includes(piece)} />
      ))}
      <LabelFields {...props} />
    </>
  );
}
