import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { SHORTEST_PASSPHRASE } from '@byline/core/sealing/key-file.ts';
import { CommandError } from './keys.ts';

/** A new passphrase: typed twice and not shown at a terminal, or the first line of what is piped in. */
export const askForNewPassphrase = async (): Promise<string> => {
  if (!process.stdin.isTTY) return (await text(process.stdin)).split(/\r?\n/)[0] ?? '';
  const passphrase = await ask(`A passphrase for the key file, of at least ${SHORTEST_PASSPHRASE} characters: `);
  if (passphrase === (await ask('The same again: '))) return passphrase;
  throw new CommandError('The two were not the same. Nothing was made; please begin again.');
};

const ENTER = new Set(['\r', '\n']);
const ERASE = new Set(['\u007F', '\b']);
/** Ctrl+C and Ctrl+D. */
const STOP = new Set(['\u0003', '\u0004']);

const ask = async (question: string): Promise<string> => {
  const { stdin } = process;
  process.stderr.write(question);
  stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  stdin.resume();
  try {
    return await readLine();
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
    process.stderr.write('\n');
  }
};

const readLine = async (): Promise<string> => {
  const typed: string[] = [];
  for (;;) {
    const [chunk] = (await once(process.stdin, 'data')) as [string];
    for (const key of chunk) {
      if (ENTER.has(key)) return typed.join('');
      if (STOP.has(key)) throw new CommandError('Stopped. Nothing was made.');
      if (ERASE.has(key)) typed.pop();
      else typed.push(key);
    }
  }
};
