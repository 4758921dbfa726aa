export interface Bar {
  readonly at: number;
  readonly peak: number;
}

/** Draws peaks of any number together, or out, to `count` bars; the loudest of those drawn together stands for them. */
export function barsOf(peaks: readonly number[], count: number): readonly Bar[] {
  return Array.from({ length: count }, (_, at) => {
    const from = Math.floor((at * peaks.length) / count);
    const to = Math.max(from + 1, Math.floor(((at + 1) * peaks.length) / count));
    const loudest = Math.max(0, ...peaks.slice(from, to));
    return { at, peak: Math.min(1, loudest) };
  });
}
