import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { PARTS, requirePart } from './machine.ts';
import { speak } from './speech.ts';

const run = promisify(execFile);

async function measure(path: string): Promise<number> {
  const ffprobe = join(dirname(requirePart(PARTS.ffmpeg)), 'ffprobe');
  const { stdout } = await run(ffprobe, ['-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0', path]);
  return Number(stdout);
}

test.each([
  ['en-gb', 'The library opens at nine.'],
  ['cmn', '图书馆九点开门。'],
  ['en-gb', '-w is read aloud, not taken for an option'],
])('speaks in %s: %s', async (voice, text) => {
  const folder = await mkdtemp(join(tmpdir(), 'byline-speech-'));
  onTestFinished(() => rm(folder, { recursive: true }));

  const speech = await speak(text, join(folder, 'speech.wav'), voice);

  expect(speech.duration).toBeGreaterThan(1);
  expect(speech.duration).toBeCloseTo(await measure(speech.path), 2);
});
