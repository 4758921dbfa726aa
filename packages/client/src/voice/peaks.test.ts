import { describe, expect, it } from 'vitest';
import { levelOf, peaksOf } from './peaks.ts';

const RATE = 1000;
const tone = (length: number, loud: number) => Float32Array.from({ length }, (_, at) => (at % 2 === 0 ? loud : -loud));
const joined = (...parts: readonly Float32Array[]) => Float32Array.from(parts.flatMap((part) => [...part]));

describe('peaksOf', () => {
  it.each([
    ['a short sound has few points', tone(200, 0.5), [1, 1, 1, 1]],
    ['the loudest is 1, the others stand below it', joined(tone(50, 0.4), tone(50, 0.1)), [1, 0.25]],
    ['a quiet voice is seen too', joined(tone(50, 0.03), tone(50, 0)), [1, 0]],
    ['silence is flat', tone(100, 0), [0, 0]],
    ['noise that nobody hears is nearly flat', tone(50, 0.002), [0.1]],
    ['nothing is nothing', new Float32Array(), []],
  ])('%s', (_, samples, expected) => {
    const peaks = peaksOf(samples, RATE);
    expect(peaks).toHaveLength(expected.length);
    for (const [at, peak] of expected.entries()) expect(peaks[at]).toBeCloseTo(peak, 2);
  });

  it('has no more than a hundred points, however long it is', () => {
    expect(peaksOf(tone(300_000, 0.3), RATE)).toHaveLength(100);
  });
});

describe('levelOf', () => {
  it.each([
    ['silence', tone(64, 0), 0],
    ['a whisper', tone(64, 0.01), 1 / 3],
    ['speech', tone(64, 0.1), 2 / 3],
    ['as loud as can be', tone(64, 1), 1],
    ['louder than can be', tone(64, 3), 1],
  ])('%s', (_, samples, expected) => expect(levelOf(samples)).toBeCloseTo(expected, 2));
});
