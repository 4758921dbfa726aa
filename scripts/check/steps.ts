import { execFile } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../install.mjs';

const run = promisify(execFile);

export interface Step {
  readonly name: string;
  readonly run: () => Promise<void>;
}

const TYPE_CHECKS_AT_ONCE = 2;

/** Runs an installed tool; what it printed becomes the error's message when it fails. */
async function tool(name: string, ...args: readonly string[]): Promise<void> {
  try {
    await run(join(ROOT, 'node_modules/.bin', name), args, { cwd: ROOT, maxBuffer: Infinity });
  } catch (error) {
    if (!(error instanceof Error && 'stdout' in error && 'stderr' in error)) throw error;
    throw new Error(`${String(error.stdout)}${String(error.stderr)}`.trim(), { cause: error });
  }
}

async function checkTypes(): Promise<void> {
  const packages = globSync(['packages/*', 'apps/*'], { cwd: ROOT });
  const projects = ['.', ...packages].filter((path) => existsSync(join(ROOT, path, 'tsconfig.json')));
  const failures: unknown[] = [];
  const lane = async (): Promise<void> => {
    for (let path = projects.pop(); path !== undefined; path = projects.pop())
      await tool('tsc', '-p', path).catch((error: unknown) => failures.push(error));
  };
  await Promise.all(Array.from({ length: TYPE_CHECKS_AT_ONCE }, lane));
  if (failures.length > 0)
    throw new Error(failures.map((error) => (error instanceof Error ? error.message : error)).join('\n'));
}

/** The checks that need no test runner, the quick ones first. */
export const STEPS: readonly Step[] = [
  { name: 'format', run: () => tool('oxfmt', '--check') },
  { name: 'types', run: checkTypes },
  { name: 'lint', run: () => tool('oxlint', '--type-aware', '--deny-warnings') },
  { name: 'unused', run: () => tool('knip') },
  { name: 'web', run: () => tool('node', 'scripts/build.mjs') },
];
