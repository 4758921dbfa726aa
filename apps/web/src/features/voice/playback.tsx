import { keptInBrowser } from '@byline/client/kept-text.ts';
import { Source } from '@byline/client/observable.ts';
import { type Playable, Player } from '@byline/client/voice/player.ts';
import { createContext, use, useEffect, useState } from 'react';
import type { ReactNode } from 'react';

/** A voice note as it stands in a conversation, a post, or before it is sent. */
export interface VoiceNote extends Playable {
  /** Who speaks, or what it is. */
  readonly title: string;
  /** Where it stands, for the way back to it. */
  readonly href?: string | undefined;
  /** Loudness over time, from 0 to 1. */
  readonly peaks: readonly number[];
}

interface Playback {
  readonly player: Player<VoiceNote>;
  /** The keys of notes that one can see just now. */
  readonly inView: Source<ReadonlySet<string>>;
}

const PlaybackContext = createContext<Playback | undefined>(undefined);

/** Stands once around everything that can play: what plays goes on while one looks at something else within it. */
export function PlaybackProvider({ children }: { children: ReactNode }) {
  const [playback] = useState<Playback>(() => ({
    player: new Player<VoiceNote>({ kept: keptInBrowser() }),
    inView: new Source<ReadonlySet<string>>(new Set()),
  }));
  useEffect(() => playback.player.stop, [playback]);
  return <PlaybackContext value={playback}>{children}</PlaybackContext>;
}

export function usePlayback(): Playback {
  const playback = use(PlaybackContext);
  if (!playback) throw new Error('there is no PlaybackProvider around this');
  return playback;
}
