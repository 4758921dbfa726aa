import { Pause, Play } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../time/formats.ts';
import { Waveform } from './Waveform.tsx';
import styles from './AudioPlayer.module.css';

export const SPEEDS = [1, 1.5, 2] as const;
export type Speed = (typeof SPEEDS)[number];

/**
 * Draws and asks, and plays nothing itself: the sound belongs to one player of the whole app,
 * so that it goes on while one reads elsewhere.
 */
export interface AudioPlayerProps {
  readonly peaks: readonly number[];
  /** Seconds. */
  readonly length: number;
  readonly position: number;
  readonly playing: boolean;
  readonly speed: Speed;
  readonly onPlay: () => void;
  readonly onPause: () => void;
  readonly onSeek: (seconds: number) => void;
  /** Absent where the speed is of no matter. */
  readonly onSpeed?: ((speed: Speed) => void) | undefined;
}

const after = (speed: Speed): Speed => SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length] ?? 1;

/** A voice note's controls: play, the waveform, how long it is and where one is, how fast. */
export function AudioPlayer({
  peaks,
  length,
  position,
  playing,
  speed,
  onPlay,
  onPause,
  onSeek,
  onSpeed,
}: AudioPlayerProps) {
  const { t } = useTranslation('ui');
  const formats = useFormats();
  const started = playing || position > 0;
  return (
    <div className={styles.player}>
      <button
        type="button"
        className={styles.play}
        aria-label={playing ? t('audio.pause') : t('audio.play')}
        onClick={playing ? onPause : onPlay}
      >
        {playing ? <Pause aria-hidden="true" /> : <Play aria-hidden="true" />}
      </button>
      <div className={styles.wave}>
        <Waveform peaks={peaks} length={length} position={position} onSeek={onSeek} />
      </div>
      <span className={styles.time}>{formats.length(started ? position : length)}</span>
      {onSpeed && (
        <button
          type="button"
          className={styles.speed}
          aria-label={t('audio.speed', { speed: formats.number(speed) })}
          onClick={() => onSpeed(after(speed))}
        >
          {formats.number(speed)}×
        </button>
      )}
    </div>
  );
}
