import { useMemo, useRef } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../time/formats.ts';
import { barsOf } from './bars.ts';
import styles from './Waveform.module.css';

export interface WaveformProps {
  /** Loudness over time, from 0 to 1, as many as there are. */
  readonly peaks: readonly number[];
  /** Seconds. */
  readonly length: number;
  readonly position: number;
  readonly onSeek: (seconds: number) => void;
  readonly label?: string | undefined;
}

const BARS = 44;
const STEP = 2;
const BIG_STEP = 10;
const HEIGHT = 32;

const JUMPS: Readonly<Record<string, (position: number, length: number) => number>> = {
  ArrowRight: (position) => position + STEP,
  ArrowUp: (position) => position + STEP,
  ArrowLeft: (position) => position - STEP,
  ArrowDown: (position) => position - STEP,
  PageUp: (position) => position + BIG_STEP,
  PageDown: (position) => position - BIG_STEP,
  Home: () => 0,
  End: (_, length) => length,
};

/** The shape of a sound. Press or draw anywhere to go there; the arrow keys go 2 seconds, page up and down 10. */
export function Waveform({ peaks, length, position, onSeek, label }: WaveformProps) {
  const { t } = useTranslation('ui');
  const formats = useFormats();
  const seeking = useRef(false);
  const bars = useMemo(() => barsOf(peaks, BARS), [peaks]);
  const share = length > 0 ? Math.min(1, Math.max(0, position / length)) : 0;

  const seek = (event: PointerEvent<HTMLDivElement>): void => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    onSeek(Math.min(1, Math.max(0, (event.clientX - left) / width)) * length);
  };
  const jump = (event: KeyboardEvent): void => {
    const to = JUMPS[event.key];
    if (!to) return;
    event.preventDefault();
    onSeek(Math.min(length, Math.max(0, to(position, length))));
  };

  return (
    <div
      className={styles.waveform}
      role="slider"
      tabIndex={0}
      aria-label={label ?? t('audio.position')}
      aria-valuemin={0}
      aria-valuemax={Math.round(length)}
      aria-valuenow={Math.round(position)}
      aria-valuetext={t('audio.positionOf', { position: formats.length(position), length: formats.length(length) })}
      onKeyDown={jump}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        seeking.current = true;
        seek(event);
      }}
      onPointerMove={(event) => {
        if (seeking.current) seek(event);
      }}
      onPointerUp={() => {
        seeking.current = false;
      }}
      onPointerCancel={() => {
        seeking.current = false;
      }}
    >
      <svg className={styles.bars} viewBox={`0 0 ${BARS * 4} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        {bars.map(({ at, peak }) => {
          const height = Math.max(2.5, peak * HEIGHT);
          return (
            <rect
              key={at}
              className={(at + 0.5) / BARS <= share ? styles.played : styles.coming}
              x={at * 4 + 0.75}
              y={(HEIGHT - height) / 2}
              width={2.5}
              height={height}
              rx={1.25}
            />
          );
        })}
      </svg>
    </div>
  );
}
