import { Maximize2, RotateCw, ZoomIn, ZoomOut } from 'lucide-react';
import { useState } from 'react';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/controls/IconButton.tsx';
import { BlobPicture } from '../account/BlobPicture.tsx';
import { useFormats } from '../../ui/time/formats.ts';
import styles from './PictureViewer.module.css';

const ZOOMS = [1, 1.5, 2, 3, 4, 6] as const;

/** A picture to be read closely: larger, turned, moved by scrolling. */
export function PictureViewer({ picture, name }: { picture: Blob; name: string }) {
  const { t } = useTranslation('desk');
  const { percent } = useFormats();
  const [step, setStep] = useState(0);
  const [turns, setTurns] = useState(0);
  const zoom = ZOOMS[step] ?? 1;
  const look: CSSProperties = {
    width: `${zoom * 100}%`,
    transform: `rotate(${turns * 90}deg)`,
  };
  return (
    <div className={styles.viewer}>
      {/* A scroller must be reachable by keyboard. */}
      <div className={styles.window} role="group" aria-label={name} tabIndex={0}>
        <BlobPicture className={styles.picture} style={look} picture={picture} alt={name} />
      </div>
      <div className={styles.tools} role="toolbar" aria-label={t('viewer.tools')}>
        <IconButton
          label={t('viewer.smaller')}
          icon={<ZoomOut />}
          disabled={step === 0}
          onClick={() => setStep(step - 1)}
        />
        <span className={styles.zoom} aria-live="polite">
          {percent(zoom)}
        </span>
        <IconButton
          label={t('viewer.larger')}
          icon={<ZoomIn />}
          disabled={step === ZOOMS.length - 1}
          onClick={() => setStep(step + 1)}
        />
        <IconButton label={t('viewer.turn')} icon={<RotateCw />} onClick={() => setTurns((turns + 1) % 4)} />
        <IconButton
          label={t('viewer.whole')}
          icon={<Maximize2 />}
          onClick={() => {
            setStep(0);
            setTurns(0);
          }}
        />
      </div>
    </div>
  );
}
