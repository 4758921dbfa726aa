import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { howToInstall, missingParts } from '@byline/testkit/machine.ts';
import { ROOT } from '../install.mjs';
import { runSteps } from './run.ts';

/** Runs the tests with this terminal; gives the runner's exit code. */
async function runTests(args: readonly string[]): Promise<number> {
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
  const runner = spawn(process.execPath, [vitest, 'run', ...args], { cwd: ROOT, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => runner.kill(signal));
  const [code] = await once(runner, 'exit');
  return typeof code === 'number' ? code : 1;
}

/** With a pattern: those tests alone. Without: what the machine lacks, every check, every test. */
async function main(args: readonly string[]): Promise<number> {
  if (args.length > 0) return runTests(args);
  const missing = missingParts();
  if (missing.length > 0) console.error(`${howToInstall(missing)}\n`);
  if (missing.length > 0 && process.env['CI'] === 'true') return 1;
  if (!(await runSteps())) return 1;
  const code = await runTests([]);
  return missing.length > 0 ? Math.max(code, 1) : code;
}

process.exitCode = await main(process.argv.slice(2));
