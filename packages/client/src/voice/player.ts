import { type Observable, Source } from '../observable.ts';

/** Something to hear. */
export interface Track {
  /** The same for the same sound, wherever it is shown. */
  readonly id: string;
  /** Seconds. */
  readonly length: number;
  /** Loudness over time, from 0 to 1. */
  readonly peaks: readonly number[];
  /** Whose it is: who spoke, or what it is called. */
  readonly title: string;
  /** The address of the screen where it stands. */
  readonly href: string;
  /** Fetches it. */
  readonly open: () => Promise<Blob>;
}

export type PlayingSpeed = 1 | 1.5 | 2;

export interface PlayerState {
  readonly track: Track | undefined;
  readonly playing: boolean;
  /** It is fetched first. */
  readonly loading: boolean;
  /** Seconds. */
  readonly position: number;
  readonly speed: PlayingSpeed;
  /** This track could not be played. */
  readonly failed: boolean;
}

const NOTHING = { track: undefined, playing: false, loading: false, position: 0, failed: false } as const;

/** The one player of the app: one sound at a time, which goes on while one reads elsewhere. */
export class Player {
  readonly #state = new Source<PlayerState>({ ...NOTHING, speed: 1 });
  #audio: HTMLAudioElement | undefined;
  #address: string | undefined;

  get state(): Observable<PlayerState> {
    return this.#state;
  }

  /** Plays a track, from where it was left when it is the one that is there. */
  async play(track: Track): Promise<void> {
    if (this.#isCurrent(track) && this.#audio !== undefined && !this.#state.get().failed) await this.#start();
    else await this.#playFrom(track, this.#isCurrent(track) ? this.#state.get().position : 0);
  }

  pause(): void {
    this.#audio?.pause();
  }

  /** @param position seconds */
  async seek(track: Track, position: number): Promise<void> {
    if (!this.#isCurrent(track) || this.#audio === undefined) {
      await this.#playFrom(track, position);
      return;
    }
    this.#audio.currentTime = position;
    this.#change({ position });
  }

  setSpeed(speed: PlayingSpeed): void {
    if (this.#audio !== undefined) this.#audio.playbackRate = speed;
    this.#change({ speed });
  }

  /** Falls silent and forgets the track. */
  close(): void {
    this.#letGo();
    this.#change(NOTHING);
  }

  #isCurrent({ id }: Track): boolean {
    return this.#state.get().track?.id === id;
  }

  async #playFrom(track: Track, position: number): Promise<void> {
    this.#letGo();
    this.#change({ ...NOTHING, track, position, loading: true });
    try {
      const file = await track.open();
      if (!this.#isCurrent(track)) return;
      this.#take(file, track, position);
      await this.#start();
    } catch {
      // The control itself says so, and offers to try again.
      if (this.#isCurrent(track)) this.#change({ loading: false, playing: false, failed: true });
    }
  }

  #take(file: Blob, track: Track, position: number): void {
    this.#address = URL.createObjectURL(file);
    const audio = new Audio(this.#address);
    audio.currentTime = position;
    audio.playbackRate = this.#state.get().speed;
    const follow = (event: string, change: () => Partial<PlayerState>): void =>
      audio.addEventListener(event, () => {
        if (this.#audio === audio) this.#change(change());
      });
    follow('timeupdate', () => ({ position: audio.currentTime }));
    follow('play', () => ({ playing: true, loading: false }));
    follow('pause', () => ({ playing: false, position: audio.currentTime }));
    follow('ended', () => ({ playing: false, position: 0 }));
    follow('error', () => ({ playing: false, loading: false, failed: true }));
    this.#audio = audio;
    tellSystem(track);
  }

  async #start(): Promise<void> {
    if (this.#audio === undefined) return;
    // The browser sets it back when a new source begins.
    this.#audio.playbackRate = this.#state.get().speed;
    await this.#audio.play();
  }

  #letGo(): void {
    this.#audio?.pause();
    this.#audio = undefined;
    if (this.#address !== undefined) URL.revokeObjectURL(this.#address);
    this.#address = undefined;
  }

  #change(change: Partial<PlayerState>): void {
    this.#state.update((before) => ({ ...before, ...change }));
  }
}

/** For the controls of the system: the lock screen, a headset. */
function tellSystem({ title }: Track): void {
  if ('mediaSession' in navigator) navigator.mediaSession.metadata = new MediaMetadata({ title });
}
