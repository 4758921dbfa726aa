import { relative } from 'node:path';
import type { Config } from '../platform/config/config.ts';
import { EVERYBODY, PASSPHRASE, passwordOf, PEOPLE } from './content/people.ts';
import { keyFileIn } from './fill.ts';

/** What is printed when the demo is ready: at most 25 lines. */
export const welcome = ({ publicUrl, dataFolder }: Config): readonly string[] => [
  `Linden is at ${publicUrl}`,
  '',
  '  name      password             who',
  ...EVERYBODY.map((id) => `  ${id.padEnd(9)} ${passwordOf(id).padEnd(20)} ${PEOPLE[id].name}, ${PEOPLE[id].role}`),
  '',
  `The reviewers' key: ${relative(process.cwd(), keyFileIn(dataFolder))}`,
  `Its passphrase:     ${PASSPHRASE}`,
  'All of it is made anew at the next start. Stop it with Ctrl+C.',
];
