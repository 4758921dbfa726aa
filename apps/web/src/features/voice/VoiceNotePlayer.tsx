import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/controls/Button.tsx';
import { AudioPlayer } from '../../ui/media/AudioPlayer.tsx';
import { useObservable } from '../session/useObservable.ts';
import { usePlayback } from './playback.tsx';
import type { VoiceNote } from './playback.tsx';
import styles from './VoiceNotePlayer.module.css';

export interface VoiceNotePlayerProps {
  readonly note: VoiceNote;
  /** Off where there is little room. */
  readonly withSpeed?: boolean | undefined;
}

/** One voice note. It plays on when one goes elsewhere; the app's bar then stands for it. */
export function VoiceNotePlayer({ note, withSpeed = true }: VoiceNotePlayerProps) {
  const { t } = useTranslation(['voice', 'ui']);
  const { player } = usePlayback();
  const state = useObservable(player.state);
  const element = useInView(note.key);
  const isCurrent = state.sound?.key === note.key;
  const status = isCurrent ? state.status : 'paused';
  return (
    <div ref={element} className={styles.note} aria-busy={status === 'loading' || undefined}>
      <AudioPlayer
        peaks={note.peaks}
        length={isCurrent ? state.length : note.length}
        position={isCurrent ? state.position : 0}
        playing={status === 'playing' || status === 'loading'}
        speed={state.speed}
        onPlay={() => void player.play(note)}
        onPause={player.pause}
        onSeek={(seconds) => (isCurrent ? player.seek(seconds) : void player.play(note, seconds))}
        onSpeed={withSpeed ? player.setSpeed : undefined}
      />
      {status === 'failed' && (
        <div className={styles.failed} role="alert">
          {t('playFailed')}
          <Button size="s" tone="quiet" onClick={() => void player.play(note)}>
            {t('ui:tryAgain')}
          </Button>
        </div>
      )}
    </div>
  );
}

/** Tells whether a note can be seen, so that the bar does not say twice what stands before one's eyes. */
function useInView(key: string) {
  const { inView } = usePlayback();
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!element.current) return undefined;
    const tell = (isSeen: boolean): void => inView.update((seen) => withKey(seen, key, isSeen));
    const observer = new IntersectionObserver(([entry]) => tell(entry?.isIntersecting ?? false));
    observer.observe(element.current);
    return () => {
      observer.disconnect();
      tell(false);
    };
  }, [inView, key]);
  return element;
}

function withKey(keys: ReadonlySet<string>, key: string, isIn: boolean): ReadonlySet<string> {
  if (keys.has(key) === isIn) return keys;
  return isIn ? new Set([...keys, key]) : new Set([...keys].filter((each) => each !== key));
}
