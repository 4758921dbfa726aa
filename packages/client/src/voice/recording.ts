import type { Attachment } from '../publish/post-content.ts';
import { peaksOf } from './peaks.ts';

/** A voice note that was recorded here and not sent yet. */
export interface Recording {
  /** Ogg with Opus, which every Matrix client plays. */
  readonly file: Blob;
  /** Seconds, measured of the sound itself. */
  readonly length: number;
  /** Loudness over time, from 0 to 1, at most 100 points. */
  readonly peaks: readonly number[];
}

/** A recording as what is sent or published. `name`: what clients show that can't play it; in the person's language. */
export const attachmentOf = (recording: Recording, name: string): Attachment => ({ kind: 'voice', name, ...recording });

const OGG = 'audio/ogg';

/**
 * What a browser recorded, as a voice note. Opus stays as it was recorded and only its container changes; a browser
 * that can't record Opus has it encoded.
 * @throws Error when it holds no sound that this browser can read
 */
export async function recordingOf(recorded: Blob): Promise<Recording> {
  const measured = await measure(recorded);
  const file = recorded.type.startsWith(OGG) ? new Blob([recorded], { type: OGG }) : await inOgg(recorded);
  return { file, ...measured };
}

/** Speech has nothing above that tells loudness. */
const RATE = 16_000;

async function measure(recorded: Blob): Promise<Pick<Recording, 'length' | 'peaks'>> {
  const decoder = new OfflineAudioContext(1, 1, RATE);
  const sound = await decoder.decodeAudioData(await recorded.arrayBuffer());
  return { length: sound.duration, peaks: peaksOf(sound.getChannelData(0), RATE) };
}

async function inOgg(recorded: Blob): Promise<Blob> {
  const { BlobSource, BufferTarget, Conversion, Input, MATROSKA, MP4, OggOutputFormat, Output, WEBM } =
    await import('mediabunny');
  const input = new Input({ source: new BlobSource(recorded), formats: [WEBM, MATROSKA, MP4] });
  const target = new BufferTarget();
  const output = new Output({ format: new OggOutputFormat(), target });
  const conversion = await Conversion.init({ input, output, audio: { codec: 'opus' }, showWarnings: false });
  if (!conversion.isValid) throw new Error('This browser records what it can not turn into Opus.');
  await conversion.execute();
  if (target.buffer === null) throw new Error('The recording became no file.');
  return new Blob([target.buffer], { type: OGG });
}
