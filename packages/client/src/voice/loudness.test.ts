import { describe, expect, it } from 'vitest';
import { loudnessOf, peaksOf } from './loudness.ts';

const tone = (length: number, volume: number): number[] =>
  Array.from({ length }, (_, index) => (index % 2 === 0 ? volume : -volume));

describe('peaksOf', () => {
  it('is loud where the sound is, and 1 where it is loudest', () => {
    const peaks = peaksOf(Float32Array.from([...tone(8000, 0.1), ...tone(8000, 0.4)]), 2);
    expect(peaks).toHaveLength(20);
    expect(peaks.slice(0, 10).every((peak) => Math.abs(peak - 0.25) < 0.001)).toBe(true);
    expect(peaks.slice(10).every((peak) => Math.abs(peak - 1) < 0.001)).toBe(true);
  });

  it.each([
    [0.3, 20],
    [5, 50],
    [600, 100],
  ])('of %d seconds has %d', (seconds, count) => {
    expect(peaksOf(new Float32Array(48_000), seconds)).toHaveLength(count);
  });

  it('of silence is flat', () => {
    expect(peaksOf(new Float32Array(48_000), 1).every((peak) => peak === 0)).toBe(true);
  });
});

it('loudness is that of the stretch', () => {
  const samples = Float32Array.from([...tone(10, 1), ...tone(10, 0)]);
  expect([loudnessOf(samples), loudnessOf(samples, 0, 10), loudnessOf(samples, 10, 20)]).toEqual([
    Math.sqrt(0.5),
    1,
    0,
  ]);
});
