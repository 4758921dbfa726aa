import { execFile } from 'node:child_process';
import { open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { PARTS, requirePart } from './machine.ts';

const run = promisify(execFile);

export interface Speech {
  /** Absolute path of the WAV file. */
  readonly path: string;
  /** Length in seconds. */
  readonly duration: number;
}

/** espeak-ng writes RIFF headers of exactly this length: 12 bytes, a 24-byte `fmt ` chunk and the head of `data`. */
const HEADER_BYTES = 44;

async function wavDuration(path: string): Promise<number> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0);
    if (buffer.toString('latin1', 36, 40) !== 'data')
      throw new Error(`${path} is not a WAV file as espeak-ng writes it.`);
    const { size } = await file.stat();
    return (size - HEADER_BYTES) / buffer.readUInt32LE(28);
  } finally {
    await file.close();
  }
}

/**
 * Speaks a text into a WAV file (16 bit, mono).
 * @param path absolute path of the file to write
 * @param voice one of `espeak-ng --voices`, such as `en-gb` or `cmn`
 */
export async function speak(text: string, path: string, voice = 'en-gb'): Promise<Speech> {
  await run(requirePart(PARTS.espeak), ['-v', voice, '-w', path, '--', text]);
  return { path, duration: await wavDuration(path) };
}
