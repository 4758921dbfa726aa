import { Pause, Play, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { IconButton } from '../../ui/controls/IconButton.tsx';
import { useFormats } from '../../ui/time/formats.ts';
import { useObservable } from '../session/useObservable.ts';
import { usePlayback } from './playback.tsx';
import type { VoiceNote } from './playback.tsx';
import styles from './NowPlayingBar.module.css';

/** What plays while it is out of sight: who speaks, how far one is, pause, and the way back. */
export function NowPlayingBar() {
  const { t } = useTranslation(['voice', 'ui']);
  const formats = useFormats();
  const { player, inView } = usePlayback();
  const { sound, status, position, length } = useObservable(player.state);
  const seen = useObservable(inView);
  if (!sound || seen.has(sound.key)) return null;
  const isPlaying = status === 'playing' || status === 'loading';
  return (
    <section className={styles.bar} aria-label={t('nowPlaying.label')}>
      <IconButton
        label={isPlaying ? t('ui:audio.pause') : t('ui:audio.play')}
        icon={isPlaying ? <Pause /> : <Play />}
        onClick={isPlaying ? player.pause : () => void player.play(sound)}
      />
      <Title note={sound} />
      <span className={styles.time}>
        {status === 'failed'
          ? t('playFailed')
          : t('ui:audio.positionOf', { position: formats.length(position), length: formats.length(length) })}
      </span>
      <IconButton label={t('nowPlaying.stop')} icon={<X />} onClick={player.stop} />
      <span
        className={styles.progress}
        style={{ transform: `scaleX(${length > 0 ? position / length : 0})` }}
        aria-hidden="true"
      />
    </section>
  );
}

function Title({ note }: { note: VoiceNote }) {
  const { t } = useTranslation('voice');
  if (note.href === undefined) return <span className={styles.title}>{note.title}</span>;
  return (
    <Link className={styles.title} href={note.href} aria-label={t('nowPlaying.open', { title: note.title })}>
      {note.title}
    </Link>
  );
}
