/** A recorded voice note, ready to be sent: Ogg with Opus, as every Matrix client plays it. */
export interface VoiceNote {
  readonly file: Blob;
  /** Seconds, as decoded. */
  readonly length: number;
  /** Loudness over time, from 0 to 1, at most 100. */
  readonly peaks: readonly number[];
}
