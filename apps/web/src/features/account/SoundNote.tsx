import type { PostBody } from '@byline/client/posts/post-body.ts';
import { useEffect, useRef, useState } from 'react';
import { AudioPlayer } from '../../ui/media/AudioPlayer.tsx';
import type { Speed } from '../../ui/media/AudioPlayer.tsx';

/** A sound with its waveform. */
export function SoundNote({
  body,
  address,
}: {
  id: string;
  body: Extract<PostBody, { kind: 'sound' }>;
  address: string | undefined;
}) {
  const sound = useRef<HTMLAudioElement>(undefined);
  const [position, setPosition] = useState(0);
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<Speed>(1);
  useEffect(() => () => sound.current?.pause(), []);
  const element = (): HTMLAudioElement => {
    if (sound.current) return sound.current;
    const made = new Audio(address);
    made.addEventListener('timeupdate', () => setPosition(made.currentTime));
    made.addEventListener('play', () => setPlaying(true));
    made.addEventListener('pause', () => setPlaying(false));
    sound.current = made;
    return made;
  };
  return (
    <AudioPlayer
      peaks={body.peaks}
      length={body.length}
      position={position}
      playing={playing}
      speed={speed}
      onPlay={() => void element().play()}
      onPause={() => element().pause()}
      onSeek={(seconds) => {
        element().currentTime = seconds;
        setPosition(seconds);
      }}
      onSpeed={(next) => {
        element().playbackRate = next;
        setSpeed(next);
      }}
    />
  );
}
