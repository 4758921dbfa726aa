import { type Observable, Source } from '../observable.ts';
import { closeMicrophone, meterOf, openMicrophone, recorderOf, refusalOf, Refused } from './microphone.ts';
import type { Meter, WhyRefused } from './microphone.ts';
import { type Recording, recordingOf } from './recording.ts';

export type RecorderState =
  | { readonly state: 'idle' }
  /** The person is asked whether the microphone may be used. */
  | { readonly state: 'asking' }
  | {
      readonly state: 'recording';
      readonly seconds: number;
      /** Loudness of the last moments, from 0 to 1, the newest last; at most 40. */
      readonly levels: readonly number[];
    }
  /** It is being made ready to be listened to and sent. */
  | { readonly state: 'finishing' }
  | { readonly state: 'recorded'; readonly recording: Recording }
  | { readonly state: 'refused'; readonly why: WhyRefused };

/** Seconds. */
export const LONGEST = 5 * 60;
/** Seconds; what is shorter was pressed by mistake. */
const SHORTEST = 0.3;
/** Milliseconds between two looks at the clock and the level. */
const TICK = 80;
const MOST_LEVELS = 40;

/** One attempt: what holds the microphone, until it is let go. */
interface Take {
  readonly stream: MediaStream;
  readonly media: MediaRecorder;
  readonly meter: Meter;
  readonly parts: Blob[];
  readonly startedAt: number;
  readonly ticking: ReturnType<typeof setInterval>;
}

const IDLE: RecorderState = { state: 'idle' };

/** Records one voice note after the other. The microphone is held while recording and at no other time. */
export class Recorder {
  readonly #state = new Source<RecorderState>(IDLE);
  #take: Take | undefined;
  /** Counts attempts, so that one that was cancelled is heard no more. */
  #attempt = 0;

  get state(): Observable<RecorderState> {
    return this.#state;
  }

  /** Asks for the microphone and begins. Never rejects: what went wrong is in the state. */
  readonly start = async (): Promise<void> => {
    const { state } = this.#state.get();
    if (state === 'asking' || state === 'recording' || state === 'finishing') return;
    this.#attempt += 1;
    const attempt = this.#attempt;
    this.#state.set({ state: 'asking' });
    let stream: MediaStream | undefined;
    try {
      stream = await openMicrophone();
      if (attempt !== this.#attempt) closeMicrophone(stream);
      else this.#begin(stream, attempt);
    } catch (error) {
      if (stream !== undefined) closeMicrophone(stream);
      if (attempt === this.#attempt) this.#state.set({ state: 'refused', why: refusalOf(error) });
    }
  };

  /** Ends the recording and keeps it; before it has begun, there is nothing to keep. */
  readonly stop = (): void => {
    if (this.#take === undefined) {
      if (this.#state.get().state === 'asking') this.cancel();
      return;
    }
    this.#take.media.stop();
  };

  /** Ends whatever is under way, keeps nothing, and forgets what was recorded or refused. */
  readonly cancel = (): void => {
    this.#attempt += 1;
    if (this.#take !== undefined) this.#letGo(this.#take);
    this.#state.set(IDLE);
  };

  #begin(stream: MediaStream, attempt: number): void {
    const media = recorderOf(stream);
    const meter = meterOf(stream);
    const ticking = setInterval(() => this.#tick(), TICK);
    const take: Take = { stream, media, meter, parts: [], startedAt: performance.now(), ticking };
    media.addEventListener('dataavailable', ({ data }) => take.parts.push(data));
    // It also stops by itself, when the microphone is unplugged: what was said until then is kept.
    media.addEventListener('stop', () => void this.#finish(take, attempt));
    this.#take = take;
    media.start();
    this.#state.set({ state: 'recording', seconds: 0, levels: [] });
  }

  #tick(): void {
    const state = this.#state.get();
    if (state.state !== 'recording' || this.#take === undefined) return;
    const seconds = (performance.now() - this.#take.startedAt) / 1000;
    if (seconds >= LONGEST) {
      this.stop();
      return;
    }
    const levels = [...state.levels, this.#take.meter.level()].slice(-MOST_LEVELS);
    this.#state.set({ state: 'recording', seconds, levels });
  }

  async #finish(take: Take, attempt: number): Promise<void> {
    this.#letGo(take);
    if (attempt !== this.#attempt) return;
    this.#state.set({ state: 'finishing' });
    const seconds = (performance.now() - take.startedAt) / 1000;
    const finished = await finishedOf(new Blob(take.parts, { type: take.media.mimeType }), seconds);
    if (attempt === this.#attempt) this.#state.set(finished);
  }

  #letGo(take: Take): void {
    clearInterval(take.ticking);
    take.meter.close();
    if (take.media.state !== 'inactive') take.media.stop();
    closeMicrophone(take.stream);
    if (this.#take === take) this.#take = undefined;
  }
}

async function finishedOf(recorded: Blob, seconds: number): Promise<RecorderState> {
  try {
    if (recorded.size === 0 || seconds < SHORTEST) throw new Refused('empty');
    return { state: 'recorded', recording: await recordingOf(recorded) };
  } catch (error) {
    return { state: 'refused', why: refusalOf(error) };
  }
}
