import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Usage } from './probe.ts';

/** What Node is told so that a process can be measured. */
export const MEASURED = ['--import', new URL('./probe.ts', import.meta.url).href];

/** What a process that was started with `MEASURED` has used so far. */
export const usageOf = async (child: ChildProcess): Promise<Usage> => {
  child.send('usage');
  const [usage] = (await once(child, 'message')) as [Usage];
  return usage;
};
