import { LONGEST } from '@byline/client/voice/recorder.ts';
import type { RecorderState } from '@byline/client/voice/recorder.ts';
import { ChevronLeft, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/controls/IconButton.tsx';
import { useFormats } from '../../ui/time/formats.ts';
import styles from './VoiceRecorder.module.css';

export interface RunningRecordingProps {
  readonly state: Extract<RecorderState, { state: 'asking' | 'recording' | 'finishing' }>;
  /** How far it was slid towards being cancelled, from 0 to 1, while it is held. */
  readonly slid: number | undefined;
  readonly onCancel: () => void;
}

/** Seconds before the end from which on one is told. */
const SOON = 15;

/** The time that runs, the level, and the way out. */
export function RunningRecording({ state, slid, onCancel }: RunningRecordingProps) {
  const { t } = useTranslation('voice');
  return (
    <div className={styles.running}>
      <IconButton label={t('discard')} icon={<Trash2 />} tone="danger" onClick={onCancel} />
      {state.state === 'recording' ? (
        <>
          <Elapsed seconds={state.seconds} />
          <Levels levels={state.levels} />
        </>
      ) : (
        <span className={styles.note} role="status">
          {state.state === 'asking' ? t('asking') : t('finishing')}
        </span>
      )}
      {slid !== undefined && (
        <span className={styles.slide} style={{ transform: `translateX(${-24 * slid}px)`, opacity: 1 - slid * 0.6 }}>
          <ChevronLeft aria-hidden="true" />
          {t('slide')}
        </span>
      )}
    </div>
  );
}

function Elapsed({ seconds }: { seconds: number }) {
  const { t } = useTranslation('voice');
  const formats = useFormats();
  const left = Math.ceil(LONGEST - seconds);
  return (
    <span className={styles.time} role="timer">
      {left <= SOON ? t('left', { time: formats.length(left) }) : formats.length(Math.floor(seconds))}
    </span>
  );
}

const BARS = 40;
const HEIGHT = 28;

/** The last moments, the newest at the end. */
function Levels({ levels }: { levels: readonly number[] }) {
  return (
    <svg className={styles.levels} viewBox={`0 0 ${BARS * 4} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      {Array.from({ length: BARS }, (_, at) => {
        const height = Math.max(2, (levels[levels.length - BARS + at] ?? 0) * HEIGHT);
        return <rect key={at} x={at * 4 + 1} y={(HEIGHT - height) / 2} width={2.5} height={height} rx={1.25} />;
      })}
    </svg>
  );
}
