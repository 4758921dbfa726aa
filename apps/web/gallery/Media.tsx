import { useState } from 'react';
import { AudioPlayer } from '../src/ui/media/AudioPlayer.tsx';
import type { Speed } from '../src/ui/media/AudioPlayer.tsx';
import { PEAKS } from './samples.ts';
import styles from './gallery.module.css';

const LENGTH = 43;

export function Media() {
  return (
    <div className={styles.column}>
      <VoiceNote start={0} />
      <VoiceNote start={17} />
    </div>
  );
}

function VoiceNote({ start }: { start: number }) {
  const [position, setPosition] = useState(start);
  const [playing, setPlaying] = useState(start > 0);
  const [speed, setSpeed] = useState<Speed>(1);
  return (
    <AudioPlayer
      peaks={PEAKS}
      length={LENGTH}
      position={position}
      playing={playing}
      speed={speed}
      onPlay={() => setPlaying(true)}
      onPause={() => setPlaying(false)}
      onSeek={setPosition}
      onSpeed={setSpeed}
    />
  );
}
