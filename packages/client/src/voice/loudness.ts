/** As many as a waveform carries at most (MSC 3246). */
const MOST_PEAKS = 100;
/** One for so much sound, in seconds, so that a short note has few. */
const PEAK_SECONDS = 0.1;
const FEWEST_PEAKS = 20;

/**
 * The shape of a sound for the eye: its loudness over time, from 0 to 1, the loudest part being 1.
 * @param samples from -1 to 1
 */
export function peaksOf(samples: Float32Array, seconds: number): number[] {
  const count = Math.min(MOST_PEAKS, Math.max(FEWEST_PEAKS, Math.round(seconds / PEAK_SECONDS)));
  const loudness = Array.from({ length: count }, (_, index) =>
    loudnessOf(
      samples,
      Math.floor((index * samples.length) / count),
      Math.floor(((index + 1) * samples.length) / count),
    ),
  );
  const loudest = Math.max(...loudness);
  return loudness.map((each) => (loudest > 0 ? each / loudest : 0));
}

/** The root of the mean square: how loud it sounds. */
export function loudnessOf(samples: Float32Array, from = 0, to = samples.length): number {
  let sum = 0;
  for (let index = from; index < to; index += 1) sum += (samples[index] ?? 0) ** 2;
  return Math.sqrt(sum / Math.max(1, to - from));
}
