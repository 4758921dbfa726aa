import type { KeptText } from '../kept-text.ts';
import { type Observable, Source } from '../observable.ts';

/** A sound that can be played. */
export interface Playable {
  /** The same for the same sound, and for no other in the whole app. */
  readonly key: string;
  /** Seconds, as its writer measured it; the sound itself corrects it. */
  readonly length: number;
  /** Fetches its file. */
  readonly load: () => Promise<Blob>;
}

const SPEEDS = [1, 1.5, 2] as const;
export type Speed = (typeof SPEEDS)[number];

export interface PlayerState<Sound extends Playable = Playable> {
  /** What plays, or was paused. */
  readonly sound: Sound | undefined;
  readonly status: 'loading' | 'playing' | 'paused' | 'failed';
  /** Seconds. */
  readonly position: number;
  /** Seconds. */
  readonly length: number;
  readonly speed: Speed;
}

const SPEED_KEY = 'byline.voice.speed';
/** Milliseconds between two looks at the position. */
const TICK = 100;

/** The one player of the app: one sound at a time, which goes on while one looks at something else. */
export class Player<Sound extends Playable = Playable> {
  readonly #kept: KeptText;
  readonly #state: Source<PlayerState<Sound>>;
  #audio: HTMLAudioElement | undefined;
  #ticking: ReturnType<typeof setInterval> | undefined;
  /** Counts the sounds that were asked for, so that a late file of an earlier one is not played. */
  #attempt = 0;

  constructor({ kept }: { readonly kept: KeptText }) {
    this.#kept = kept;
    const keptSpeed = SPEEDS.find((speed) => String(speed) === kept.read(SPEED_KEY));
    this.#state = new Source<PlayerState<Sound>>({
      sound: undefined,
      status: 'paused',
      position: 0,
      length: 0,
      speed: keptSpeed ?? 1,
    });
  }

  get state(): Observable<PlayerState<Sound>> {
    return this.#state;
  }

  /**
   * Plays a sound, from where it was left, or from `position` (seconds). What played before stops.
   * Never rejects: what went wrong is in the state.
   */
  async play(sound: Sound, position?: number): Promise<void> {
    const { sound: current, status } = this.#state.get();
    if (current?.key !== sound.key || status === 'failed') await this.#open(sound, position ?? 0);
    else if (position !== undefined) this.seek(position);
    if (this.#state.get().sound?.key === sound.key) await this.#run();
  }

  readonly pause = (): void => {
    if (this.#state.get().status !== 'loading') this.#audio?.pause();
    else this.stop();
  };

  /** Goes to a position of the sound that is there, in seconds. */
  readonly seek = (seconds: number): void => {
    const { sound, length } = this.#state.get();
    if (sound === undefined) return;
    const position = Math.min(length, Math.max(0, seconds));
    if (this.#audio !== undefined) this.#audio.currentTime = position;
    this.#change({ position });
  };

  /** For this sound and all that come. */
  readonly setSpeed = (speed: Speed): void => {
    this.#kept.write(SPEED_KEY, String(speed));
    if (this.#audio !== undefined) this.#audio.playbackRate = speed;
    this.#change({ speed });
  };

  /** Ends it and lets the file go. */
  readonly stop = (): void => {
    this.#attempt += 1;
    this.#close();
    this.#change({ sound: undefined, status: 'paused', position: 0, length: 0 });
  };

  async #open(sound: Sound, position: number): Promise<void> {
    this.#attempt += 1;
    const attempt = this.#attempt;
    this.#close();
    this.#change({ sound, status: 'loading', position, length: sound.length });
    try {
      const file = await sound.load();
      if (attempt === this.#attempt) this.#audio = this.#audioOf(file);
    } catch {
      if (attempt === this.#attempt) this.#change({ status: 'failed' });
    }
  }

  async #run(): Promise<void> {
    const audio = this.#audio;
    if (audio === undefined) return;
    try {
      await audio.play();
    } catch {
      // It was paused or replaced before it began, or can't be played: then its own event says so.
      if (audio === this.#audio && audio.paused && audio.error === null) this.#change({ status: 'paused' });
    }
  }

  #audioOf(file: Blob): HTMLAudioElement {
    const audio = new Audio(URL.createObjectURL(file));
    const { position, speed } = this.#state.get();
    audio.defaultPlaybackRate = speed;
    audio.playbackRate = speed;
    audio.currentTime = position;
    const on = (type: string, told: () => void): void =>
      audio.addEventListener(type, () => {
        if (audio === this.#audio) told();
      });
    on('durationchange', () => {
      if (Number.isFinite(audio.duration)) this.#change({ length: audio.duration });
    });
    on('playing', () => this.#playing());
    on('pause', () => this.#paused(audio.currentTime));
    on('ended', () => {
      audio.currentTime = 0;
      this.#paused(0);
    });
    on('error', () => this.#failed());
    return audio;
  }

  #playing(): void {
    clearInterval(this.#ticking);
    this.#ticking = setInterval(() => this.#change({ position: this.#audio?.currentTime ?? 0 }), TICK);
    this.#change({ status: 'playing' });
  }

  #paused(position: number): void {
    clearInterval(this.#ticking);
    this.#change({ status: 'paused', position });
  }

  #failed(): void {
    this.#close();
    this.#change({ status: 'failed', position: 0 });
  }

  #close(): void {
    clearInterval(this.#ticking);
    const audio = this.#audio;
    this.#audio = undefined;
    if (audio === undefined) return;
    audio.pause();
    URL.revokeObjectURL(audio.src);
    audio.removeAttribute('src');
  }

  #change(change: Partial<PlayerState<Sound>>): void {
    this.#state.update((before) => ({ ...before, ...change }));
  }
}
