import { useCallback, useId, useRef, useState } from 'react';
import type { DragEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FileText, Upload } from 'lucide-react';
import { useFormats } from '../time/formats.ts';
import { Hidden } from '../style/Hidden.tsx';
import { classNames } from '../style/classNames.ts';
import { Button } from './Button.tsx';
import { FieldError } from './Field.tsx';
import { refusalOf } from './fileRefusal.ts';
import field from './Field.module.css';
import styles from './FileField.module.css';

export interface FileFieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  /** As the `accept` of a file input: `image/*,application/pdf,.txt`. */
  readonly accept?: string | undefined;
  readonly maxBytes?: number | undefined;
  readonly file: File | undefined;
  readonly onChange: (file: File | undefined) => void;
}

/** A file, chosen or dropped, with a look at it when it is a picture. A file that can't be used is refused here, with the reason. */
export function FileField({ label, hint, error, accept, maxBytes, file, onChange }: FileFieldProps) {
  const { t } = useTranslation('ui');
  const { fileSize } = useFormats();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [refusal, setRefusal] = useState<'tooLarge' | 'wrongKind'>();

  const take = (chosen: File | undefined): void => {
    if (!chosen) return;
    const reason = refusalOf(chosen, { accept, maxBytes });
    setRefusal(reason);
    if (!reason) onChange(chosen);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  const refused =
    refusal && (refusal === 'tooLarge' ? t('file.tooLarge', { limit: fileSize(maxBytes ?? 0) }) : t('file.wrongKind'));

  return (
    <div className={field.field}>
      <label htmlFor={id} className={field.label}>
        {label}
      </label>
      <div
        className={classNames(styles.zone, over && styles.over)}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Hidden>
          <input
            ref={input}
            id={id}
            type="file"
            accept={accept}
            tabIndex={-1}
            aria-describedby={`${id}-error`}
            onChange={(event) => {
              take(event.target.files?.[0]);
              event.target.value = '';
            }}
          />
        </Hidden>
        {file ? (
          <Chosen file={file} size={fileSize(file.size)} />
        ) : (
          <Upload className={styles.icon} aria-hidden="true" />
        )}
        <div className={styles.actions}>
          <Button size="s" onClick={() => input.current?.click()}>
            {file ? t('file.replace') : t('file.choose')}
          </Button>
          {file ? (
            <Button size="s" tone="quiet" onClick={() => onChange(undefined)}>
              {t('file.remove')}
            </Button>
          ) : (
            <span className={styles.or}>{over ? t('file.drop') : t('file.orDrop')}</span>
          )}
        </div>
      </div>
      {hint && <p className={field.hint}>{hint}</p>}
      <FieldError id={`${id}-error`} error={refused ?? error} />
    </div>
  );
}

function Chosen({ file, size }: { file: File; size: string }) {
  return (
    <div className={styles.chosen}>
      {file.type.startsWith('image/') ? (
        <Preview file={file} />
      ) : (
        <FileText className={styles.icon} aria-hidden="true" />
      )}
      <div className={styles.about}>
        <div className={styles.name}>{file.name}</div>
        <div className={styles.size}>{size}</div>
      </div>
    </div>
  );
}

/** The picture itself. Its address lives as long as the element that shows it. */
function Preview({ file }: { file: File }) {
  const show = useCallback(
    (image: HTMLImageElement | null) => {
      const address = URL.createObjectURL(file);
      if (image) image.src = address;
      return () => URL.revokeObjectURL(address);
    },
    [file],
  );
  return <img ref={show} className={styles.preview} alt="" />;
}
