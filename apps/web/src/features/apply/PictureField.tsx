import type { PictureState } from '@byline/client/applications/application-form.ts';
import { NotAPicture } from '@byline/client/applications/picture.ts';
import type { PicturePiece } from '@byline/protocol/byline/identity.ts';
import { Camera, CircleCheck } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/controls/Button.tsx';
import { FieldError } from '../../ui/controls/Field.tsx';
import { Progress } from '../../ui/feedback/Progress.tsx';
import { useToasts } from '../../ui/overlays/Toast.tsx';
import { Hidden } from '../../ui/style/Hidden.tsx';
import { useFormats } from '../../ui/time/formats.ts';
import { BlobPicture } from '../account/BlobPicture.tsx';
import { useProblemText } from '../session/useProblemText.ts';
import type { StepProps } from './FormSteps.tsx';
import styles from './PictureField.module.css';

/** Where a picture is chosen; it is sealed here before it is sent. */
export function PictureField({
  form,
  state,
  isAsked,
  piece,
  isRequired,
}: StepProps & { piece: PicturePiece; isRequired: boolean }) {
  const { t } = useTranslation(['apply', 'ui']);
  const { fileSize } = useFormats();
  const { show } = useToasts();
  const problemText = useProblemText();
  const input = useRef<HTMLInputElement>(null);
  const preview = state.previews[piece];
  const uploaded = state.application.evidence.find((each) => each.piece === piece);
  const isLost = state.missing.includes(`evidence.${piece}`);
  const progress = state.pictures[piece];
  const isThere = uploaded !== undefined && !isLost && progress === undefined;
  const error = usePictureProblem(progress) ?? (isAsked(`evidence.${piece}`) ? t('document.missing') : undefined);
  const label = t(`document.pieces.${piece}`);
  const remove = (): void => {
    form.removeEvidence(piece).catch((problem: unknown) => show({ message: problemText(problem), tone: 'problem' }));
  };
  return (
    <div className={styles.field} data-field={`evidence.${piece}`} role="group" aria-label={label}>
      <p className={styles.label}>
        {label} {!isRequired && <span className={styles.optional}>{t('ui:optional')}</span>}
      </p>
      <div className={styles.zone}>
        {preview ? (
          <BlobPicture className={styles.preview} picture={preview} alt={t('document.previewOf', { piece: label })} />
        ) : (
          !isThere && <Camera className={styles.icon} aria-hidden="true" />
        )}
        <div className={styles.state} aria-live="polite">
          {isThere && (
            <p className={styles.there}>
              <CircleCheck aria-hidden="true" />
              {t('document.there', { size: fileSize(uploaded.size) })}
            </p>
          )}
          {isThere && !preview && <p className={styles.unseen}>{t('document.unseen')}</p>}
          {progress?.state === 'sealing' && <Progress label={t('document.sealing')} share={undefined} />}
          {progress?.state === 'sending' && <Progress label={t('document.sending')} share={progress.share} />}
        </div>
        <div className={styles.actions}>
          <Hidden>
            <input
              ref={input}
              type="file"
              accept="image/*"
              tabIndex={-1}
              aria-label={label}
              onChange={(event) => {
                const [file] = event.target.files ?? [];
                if (file) void form.setEvidence(piece, file);
                event.target.value = '';
              }}
            />
          </Hidden>
          <Button size="s" onClick={() => input.current?.click()} aria-label={t('document.chooseOf', { piece: label })}>
            {isThere ? t('document.replace') : t('document.choose')}
          </Button>
          {isThere && (
            <Button size="s" tone="quiet" onClick={remove} aria-label={t('document.removeOf', { piece: label })}>
              {t('ui:file.remove')}
            </Button>
          )}
        </div>
      </div>
      <FieldError id={`${piece}-error`} error={error} />
    </div>
  );
}

function usePictureProblem(progress: PictureState | undefined): string | undefined {
  const { t } = useTranslation('apply');
  const problemText = useProblemText();
  if (progress?.state !== 'failed') return undefined;
  return progress.error instanceof NotAPicture ? t('picture.unreadable') : problemText(progress.error);
}
