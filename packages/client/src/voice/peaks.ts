/** As many points as a waveform is sent with. */
const MOST_PEAKS = 100;
/** Seconds that one point stands for at the least. */
const SHORTEST = 0.05;

/**
 * The shape of a sound: loudness over time from 0 to 1, at most 100 points. The loudest point is 1, so that a quiet
 * voice can be seen too; silence stays flat.
 * @param rate samples per second
 */
export function peaksOf(samples: Float32Array, rate: number): readonly number[] {
  const count = Math.min(MOST_PEAKS, Math.ceil(samples.length / (rate * SHORTEST)));
  const each = samples.length / count;
  const loud = Array.from({ length: count }, (_, at) => loudness(samples, Math.floor(at * each), (at + 1) * each));
  const loudest = Math.max(AUDIBLE, ...loud);
  return loud.map((value) => Math.round((value / loudest) * STEPS) / STEPS);
}

/** What is quieter everywhere is taken for silence, and not drawn as if it were speech. */
const AUDIBLE = 0.02;
/** As finely as messages tell it. */
const STEPS = 1024;

function loudness(samples: Float32Array, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at += 1) sum += (samples[at] ?? 0) ** 2;
  return Math.sqrt(sum / Math.max(1, to - from));
}

/** How loud a moment is to the ear, from 0 to 1: 60 decibels between the quietest and the loudest. */
export function levelOf(samples: Float32Array): number {
  const decibels = 20 * Math.log10(Math.max(1e-6, loudness(samples, 0, samples.length)));
  return Math.min(1, Math.max(0, (decibels + 60) / 60));
}
