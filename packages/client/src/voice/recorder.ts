import { type Observable, Source } from '../observable.ts';
import { loudnessOf } from './loudness.ts';
import type { VoiceNote } from './voice-note.ts';

/** Why nothing can be recorded: the person said no, there is no microphone, or the browser can't. */
export type RecorderProblem = 'denied' | 'no-microphone' | 'unsupported' | 'failed';

export type RecorderState =
  | { readonly kind: 'idle' }
  /** The browser asks whether it may listen. */
  | { readonly kind: 'asking' }
  | {
      readonly kind: 'recording';
      /** Seconds so far. */
      readonly length: number;
      /** Loudness so far, from 0 to 1. */
      readonly peaks: readonly number[];
    }
  | { readonly kind: 'finishing' }
  | { readonly kind: 'ready'; readonly note: VoiceNote }
  | { readonly kind: 'problem'; readonly why: RecorderProblem };

/** Longer than that is no note any more, in seconds. */
const LONGEST = 15 * 60;
const LOOK_EVERY = 100;
/** What a voice reaches near a microphone; for the eye only. */
const LOUD = 0.25;
/** Good for speech, small for everyone, in bits per second. */
const BITRATE = 32_000;
/** What browsers record, the best first; Safari has only the last. */
const TYPES = ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus', 'audio/mp4'];

interface Recording {
  readonly recorder: MediaRecorder;
  readonly release: () => void;
}

/** Records a voice note: `start`, then `finish` to hear it first, or `cancel`. */
export class VoiceRecorder {
  readonly #state = new Source<RecorderState>({ kind: 'idle' });
  #recording: Recording | undefined;
  /** Tells a cancelled attempt from the one that goes on. */
  #attempt = 0;

  get state(): Observable<RecorderState> {
    return this.#state;
  }

  async start(): Promise<void> {
    if (this.#state.get().kind === 'recording' || this.#state.get().kind === 'asking') return;
    this.#attempt += 1;
    const attempt = this.#attempt;
    this.#state.set({ kind: 'asking' });
    try {
      const stream = await navigator.mediaDevices.getUserMedia({
        audio: { echoCancellation: true, noiseSuppression: true },
      });
      if (attempt === this.#attempt) this.#record(stream);
      else stopAll(stream);
    } catch (error) {
      if (attempt === this.#attempt) this.#state.set({ kind: 'problem', why: problemOf(error) });
    }
  }

  /** Ends the recording; it is then there to be heard, sent or thrown away. Gives `undefined` when there is none. */
  async finish(): Promise<VoiceNote | undefined> {
    const recording = this.#recording;
    const attempt = this.#attempt;
    if (recording === undefined) return undefined;
    this.#recording = undefined;
    this.#state.set({ kind: 'finishing' });
    try {
      const blob = await stopped(recording.recorder);
      const { voiceNoteOf } = await import('./ogg.ts');
      const note = await voiceNoteOf(blob);
      if (attempt !== this.#attempt) return undefined;
      this.#state.set({ kind: 'ready', note });
      return note;
    } catch {
      if (attempt === this.#attempt) this.#state.set({ kind: 'problem', why: 'failed' });
      return undefined;
    } finally {
      recording.release();
    }
  }

  /** Throws away what was recorded. */
  cancel(): void {
    this.#attempt += 1;
    const recording = this.#recording;
    this.#recording = undefined;
    if (recording !== undefined) {
      recording.recorder.stop();
      recording.release();
    }
    this.#state.set({ kind: 'idle' });
  }

  #record(stream: MediaStream): void {
    const type = TYPES.find((each) => MediaRecorder.isTypeSupported(each));
    const recorder = new MediaRecorder(stream, {
      audioBitsPerSecond: BITRATE,
      ...(type !== undefined && { mimeType: type }),
    });
    const stopLooking = this.#look(stream);
    this.#recording = {
      recorder,
      release: () => {
        stopLooking();
        stopAll(stream);
      },
    };
    recorder.start();
  }

  /** Follows the loudness, for the eye. */
  #look(stream: MediaStream): () => void {
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    analyser.fftSize = 2048;
    context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const peaks: number[] = [];
    const begun = performance.now();
    const look = (): void => {
      analyser.getFloatTimeDomainData(samples);
      peaks.push(Math.min(1, loudnessOf(samples) / LOUD));
      const length = (performance.now() - begun) / 1000;
      if (length > LONGEST) void this.finish();
      else this.#state.set({ kind: 'recording', length, peaks: [...peaks] });
    };
    look();
    const timer = setInterval(look, LOOK_EVERY);
    return () => {
      clearInterval(timer);
      void context.close();
    };
  }
}

function stopAll(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** Stops a recorder and gives all that it has recorded. */
function stopped(recorder: MediaRecorder): Promise<Blob> {
  return new Promise((resolve, reject) => {
    const pieces: Blob[] = [];
    recorder.addEventListener('dataavailable', ({ data }) => pieces.push(data));
    recorder.addEventListener('stop', () => resolve(new Blob(pieces, { type: recorder.mimeType })));
    recorder.addEventListener('error', () => reject(new Error('the recording broke off')));
    recorder.stop();
  });
}

function problemOf(error: unknown): RecorderProblem {
  if (!(error instanceof DOMException)) return 'unsupported';
  if (error.name === 'NotAllowedError' || error.name === 'SecurityError') return 'denied';
  return error.name === 'NotFoundError' ? 'no-microphone' : 'failed';
}
