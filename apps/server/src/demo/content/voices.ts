import { readFile } from 'node:fs/promises';
import measured from '../assets/voice-notes.json' with { type: 'json' };

/** Recordings, made by `scripts/demo-voices.mjs`. */
export type VoiceName = keyof typeof measured;

export interface Recording {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Milliseconds. */
  readonly duration: number;
  /** Loudness over time, from 0 to 1024. */
  readonly waveform: readonly number[];
}

export const VOICE_TYPE = 'audio/ogg';

export const recordingOf = async (name: VoiceName): Promise<Recording> => ({
  bytes: new Uint8Array(await readFile(new URL(`../assets/${name}.ogg`, import.meta.url))),
  ...measured[name],
});
