import { Camera } from 'lucide-react';
import { useCallback, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Hidden } from '../../ui/style/Hidden.tsx';
import { Face } from './Face.tsx';
import styles from './PictureChoice.module.css';

export interface PictureChoiceProps {
  readonly name: string;
  readonly id?: string | undefined;
  /** What is there already, `mxc://…` */
  readonly picture?: string | undefined;
  /** What was chosen and isn't kept yet. */
  readonly file?: File | undefined;
  readonly onChange: (file: File) => void;
}

/** The picture of somebody or of a group; press it to choose another. */
export function PictureChoice({ name, id, picture, file, onChange }: PictureChoiceProps) {
  const { t } = useTranslation('chats');
  const input = useRef<HTMLInputElement>(null);
  const label = file || picture ? t('face.change') : t('face.choose');
  return (
    <>
      <button type="button" className={styles.choice} onClick={() => input.current?.click()}>
        <Face name={name} id={id} picture={picture} size={96} />
        {file && <Chosen file={file} />}
        <span className={styles.mark} aria-hidden="true">
          <Camera />
        </span>
        <Hidden>{label}</Hidden>
      </button>
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        onChange={(event) => {
          const chosen = event.target.files?.[0];
          if (chosen) onChange(chosen);
          event.target.value = '';
        }}
      />
    </>
  );
}

/** The picture itself. Its address lives as long as the element that shows it. */
function Chosen({ file }: { file: File }) {
  const show = useCallback(
    (image: HTMLImageElement | null) => {
      const address = URL.createObjectURL(file);
      if (image) image.src = address;
      return () => URL.revokeObjectURL(address);
    },
    [file],
  );
  return <img ref={show} className={styles.chosen} alt="" />;
}
