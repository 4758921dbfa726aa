import type { WhyRefused } from '@byline/client/voice/microphone.ts';
import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/controls/Button.tsx';
import { IconButton } from '../../ui/controls/IconButton.tsx';
import styles from './VoiceRecorder.module.css';

export interface RecorderRefusedProps {
  readonly why: WhyRefused;
  readonly onTryAgain: () => void;
  readonly onClose: () => void;
}

/** Why nothing was recorded, and what to do. */
export function RecorderRefused({ why, onTryAgain, onClose }: RecorderRefusedProps) {
  const { t } = useTranslation(['voice', 'ui']);
  return (
    <div className={styles.refused}>
      <p className={styles.why} role="alert">
        {t(`refused.${why}`)}
      </p>
      <span className={styles.actions}>
        {why !== 'unsupported' && (
          <Button size="s" onClick={onTryAgain}>
            {t('ui:tryAgain')}
          </Button>
        )}
        <IconButton label={t('ui:close')} icon={<X />} onClick={onClose} />
      </span>
    </div>
  );
}
