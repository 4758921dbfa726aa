import { ALL_FORMATS, BlobSource, BufferTarget, Conversion, Input, OggOutputFormat, Output } from 'mediabunny';
import { peaksOf } from './loudness.ts';
import type { VoiceNote } from './voice-note.ts';

/** Opus always runs at so many samples a second. */
const SAMPLE_RATE = 48_000;

/**
 * Makes a voice note of what a browser recorded. Browsers record Opus into WebM, which many players don't take: the
 * very same packets go into Ogg. What isn't Opus is encoded anew. The length is measured from the decoded samples,
 * because a recording that was made live doesn't know it.
 */
export async function voiceNoteOf(recording: Blob): Promise<VoiceNote> {
  const input = new Input({ source: new BlobSource(recording), formats: ALL_FORMATS });
  const target = new BufferTarget();
  const output = new Output({ format: new OggOutputFormat(), target });
  const conversion = await Conversion.init({ input, output, audio: { codec: 'opus' }, showWarnings: false });
  if (!conversion.isValid) throw new Error('this recording can not be made into a voice note');
  await conversion.execute();
  if (target.buffer === null) throw new Error('the voice note came out empty');
  const file = new Blob([target.buffer], { type: 'audio/ogg' });
  const decoded = await decode(file, recording);
  return { file, length: decoded.duration, peaks: peaksOf(decoded.getChannelData(0), decoded.duration) };
}

/** A browser that plays no Ogg still knows its own recording. */
async function decode(file: Blob, recording: Blob): Promise<AudioBuffer> {
  const context = new OfflineAudioContext(1, 1, SAMPLE_RATE);
  try {
    return await context.decodeAudioData(await file.arrayBuffer());
  } catch {
    return context.decodeAudioData(await recording.arrayBuffer());
  }
}
